import { type ClipboardEvent, type ReactElement, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { Button, classNames, Notice, PaneBody, type RulerMark, ScrollRuler, Skeleton } from '../../ui/index.ts';
import { size } from '../format.ts';
import { visibleLine } from '../visible-text.ts';
import { DocumentHeader } from './document-header.tsx';
import { DocumentOrigin } from './document-origin.tsx';
import { HeadersRendering } from './headers-rendering.tsx';
import { createNearWatch, NearContext, type NearWatch } from './near.ts';
import { rectOf } from './offset-map.ts';
import { originalOf, type ReaderMark, type ReaderProps, type ReaderTarget } from './reader-contract.ts';
import css from './reader.module.css';
import { StateNotice } from './state-notice.tsx';
import { TableBody } from './table-body.tsx';
import { TextBody } from './text-body.tsx';
import type { Caret } from './use-caret.ts';
import { readSelection } from './use-selection.ts';
import { showRect, useTopOnChange } from './use-target.ts';
import type { LoadedText } from './use-text.ts';

const rulerSteps = 250;

/** Where marks stand in the whole text, at most one tick of a kind per step. Pure. */
export function rulerMarks(marks: readonly ReaderMark[], now: string | null, chars: number): readonly RulerMark[] {
  const ticks = new Map<string, RulerMark>();
  for (const mark of marks) {
    const at = Math.round((mark.start / Math.max(1, chars)) * rulerSteps) * (100 / rulerSteps);
    const kind = mark.id === now ? 'current' : mark.kind === 'quote' ? 'quote' : mark.kind === 'hit-2' ? 'hit2' : mark.kind === 'hit-3' ? 'hit3' : 'hit1';
    const key = `${kind} ${at}`;
    if (!ticks.has(key)) ticks.set(key, { id: key, at, kind });
  }
  return [...ticks.values()];
}

/** Props of TextReader. */
export interface TextReaderProps {
  readonly detail: DocumentDetail;
  readonly rendering: 'text' | 'headers';
  /** The original was asked for and there are no pages to show. */
  readonly isInsteadOfOriginal: boolean;
  readonly loaded: LoadedText;
  readonly marks: readonly ReaderMark[];
  readonly now: string | null;
  readonly target: ReaderTarget | null;
  readonly caret: Caret | null;
  readonly scrollerRef: RefObject<HTMLDivElement | null>;
  readonly overlay: ReactNode;
  readonly onMark: ReaderProps['onMark'];
  readonly onOpenDocument: ReaderProps['onOpenDocument'];
}

/** A document in one scrolled column: title and properties, text or table or headers, where it comes from. */
export function TextReader(props: TextReaderProps): ReactElement {
  const { detail, rendering, isInsteadOfOriginal, loaded, marks, now, target, caret, scrollerRef, overlay, onMark, onOpenDocument } = props;
  const [near, setNear] = useState<NearWatch | null>(null);
  const bodyRef = useRef<HTMLDivElement>(null);
  useTopOnChange(scrollerRef, `${detail.document} ${rendering}`);
  useEffect(() => {
    if (scrollerRef.current === null) return;
    const watch = createNearWatch(scrollerRef.current);
    setNear(watch);
    return watch.stop;
  }, [scrollerRef]);

  const drawn = useDrawnTarget({ target, loaded, scrollerRef, bodyRef, key: detail.document });
  const tailRef = useTail(near, loaded);
  const copy = (event: ClipboardEvent): void => {
    const selected = bodyRef.current === null ? null : readSelection(bodyRef.current);
    const range = document.getSelection()?.getRangeAt(0);
    // What is far away is not drawn and quotation prefixes are left out, so the copy is taken from the text itself.
    if (selected === null || range === undefined || bodyRef.current?.contains(range.commonAncestorContainer) !== true) return;
    event.clipboardData.setData('text/plain', loaded.text.slice(selected.start, selected.end));
    event.preventDefault();
  };
  const hasText = detail.state === 'text';
  const shared = { marks, now, isPressable: onMark !== undefined, drawn };
  return (
    <PaneBody label="Document" scrollerRef={scrollerRef} overlay={<>{rendering === 'text' && <ScrollRuler marks={rulerMarks(marks, now, loaded.chars ?? detail.chars)} />}{overlay}</>}>
      <NearContext value={near}>
        <div className={css['reader']}>
          <div className={classNames(css['column'], rendering === 'text' && loaded.rowChunks !== null && css['wide'])}>
            <DocumentHeader detail={detail} isTitleOnly={rendering === 'headers'} onOpenDocument={onOpenDocument} />
            {isInsteadOfOriginal && <div className={css['notice']}><Notice kind="info">The original is shown for PDF and pictures only. This is its text.</Notice></div>}
            {!hasText && <div className={css['notice']}><StateNotice detail={detail} hasPages={originalOf(detail) !== null} /></div>}
            {rendering === 'headers' && <div className={css['notice']}><HeadersRendering detail={detail} /></div>}
            {rendering === 'text' && hasText && (
              <div ref={bodyRef} onCopy={copy} key={detail.document}>
                {loaded.rowChunks !== null ? <TableBody chunks={loaded.rowChunks} {...shared} /> : <TextBody chunks={loaded.chunks} {...shared} />}
                {loaded.isLoading && loaded.loaded === 0 && <div className={css['notice']}><Skeleton label={openingLabel(detail)} /></div>}
                {loaded.error !== null && (
                  <div className={css['notice']}>
                    <Notice kind="danger" live="alert" meaning={loaded.error.message} action={<Button size="sm" onPress={loaded.retry}>Try again</Button>}>
                      <b>{loaded.loaded === 0 ? 'The text could not be read.' : 'The rest of the text could not be read.'}</b>
                    </Notice>
                  </div>
                )}
              </div>
            )}
            <div ref={tailRef} />
            <DocumentOrigin detail={detail} />
          </div>
          {caret !== null && <span className={css['caret']} style={{ left: caret.left, top: caret.top, height: caret.height }} />}
        </div>
      </NearContext>
    </PaneBody>
  );
}

/** "Opening NAME, 212 KB". */
export function openingLabel(detail: DocumentDetail): string {
  return `Opening ${visibleLine(detail.title)}${detail.sizeBytes === null ? '' : `, ${size(detail.sizeBytes)}`}`;
}

/** Fetches the next window when the end of what is there comes near. */
function useTail(near: NearWatch | null, loaded: LoadedText): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const { loadTo, loaded: at } = loaded;
  const latest = useRef(at);
  latest.current = at;
  const isNear = useRef(false);
  useEffect(() => {
    if (near === null || ref.current === null) return;
    return near.watch(ref.current, (now) => {
      isNear.current = now;
      if (now) loadTo(latest.current + 1);
    });
  }, [near, loadTo]);
  useEffect(() => { if (isNear.current) loadTo(at + 1); }, [at, loadTo]);
  return ref;
}

interface DrawnTargetOptions {
  readonly target: ReaderTarget | null;
  readonly loaded: LoadedText;
  readonly scrollerRef: RefObject<HTMLDivElement | null>;
  readonly bodyRef: RefObject<HTMLDivElement | null>;
  readonly key: string;
}

const noStarts: ReadonlySet<number> = new Set();

/** Gets the target's text and its chunk drawn, then scrolls there, once per request. Returns the chunks that must be drawn. */
function useDrawnTarget({ target, loaded, scrollerRef, bodyRef, key }: DrawnTargetOptions): ReadonlySet<number> {
  const [drawn, setDrawn] = useState<{ readonly key: string; readonly starts: ReadonlySet<number> }>({ key, starts: new Set() });
  const done = useRef<ReaderTarget | null>(null);
  const starts = drawn.key === key ? drawn.starts : noStarts;
  const { loadTo, rowChunks, chunks, loaded: loadedTo } = loaded;
  useLayoutEffect(() => {
    if (target === null || done.current === target) return;
    loadTo(target.end + 1);
    const all: readonly { readonly start: number; readonly end: number }[] = rowChunks ?? chunks;
    const chunk = all.findLast((candidate) => candidate.start <= target.start) ?? all[0];
    if (chunk === undefined || (chunk.end < target.start && target.start >= loadedTo)) return;
    if (!starts.has(chunk.start)) {
      setDrawn({ key, starts: new Set([...starts, chunk.start]) });
      return;
    }
    done.current = target;
    const show = (): void => {
      const rect = bodyRef.current === null ? null : rectOf(bodyRef.current, target.start, target.end);
      if (rect !== null && scrollerRef.current !== null) showRect(scrollerRef.current, rect);
    };
    show();
    // Parts around it get their true heights once they are drawn.
    requestAnimationFrame(show);
  }, [target, loadTo, rowChunks, chunks, loadedTo, starts, key, bodyRef, scrollerRef]);
  return starts;
}
