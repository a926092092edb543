import { type ReactElement, type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { Button, Notice, PaneBody, Skeleton } from '../../ui/index.ts';
import { call } from '../client.ts';
import { indexMarks } from './mark-layers.ts';
import { rectOf } from './offset-map.ts';
import { MarkAreas, useAreas, usePressedMark } from './page-areas.tsx';
import { Pager } from './pdf/pager.tsx';
import css from './pdf/pdf-reader.module.css';
import { useReadWords } from './read-words.ts';
import wordsCss from './read-words.module.css';
import type { ReaderMark, ReaderProps, ReaderTarget } from './reader-contract.ts';
import { openingLabel } from './text-reader.tsx';
import { showRect } from './use-target.ts';

/** Props of PictureReader. */
export interface PictureReaderProps {
  readonly case: CaseId;
  readonly detail: DocumentDetail;
  /** The window cannot draw the original: each of its pages is made a picture of by the engine. */
  readonly isMade: boolean;
  readonly marks: readonly ReaderMark[];
  readonly now: string | null;
  readonly target: ReaderTarget | null;
  readonly scrollerRef: RefObject<HTMLDivElement | null>;
  readonly overlay: ReactNode;
  readonly onMark: ReaderProps['onMark'];
}

const rangeBytes = 4 * 1024 * 1024;
/** CSS pixels per picture pixel at 100%, as the pager counts: it is made for points. */
const fullScale = 96 / 72;

type Opening = { readonly kind: 'opening' } | { readonly kind: 'open'; readonly url: string } | { readonly kind: 'failed'; readonly fault: string };

/** A picture on a desk, with what OCR read of it under its words; of several pages one at a time. One instance shows one document. */
export function PictureReader({ case: caseId, detail, isMade, marks, now, target, scrollerRef, overlay, onMark }: PictureReaderProps): ReactElement {
  const [attempt, setAttempt] = useState(0);
  const pages = isMade ? Math.max(1, detail.pages ?? 1) : 1;
  const [page, setPage] = usePageOf(caseId, detail, pages, target);
  const opening = usePicture(caseId, detail, isMade ? page : null, attempt);
  const [natural, setNatural] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const [isFaulty, setFaulty] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const [deskPx, setDeskPx] = useState(() => scrollerRef.current?.clientWidth ?? 0);
  const pageRef = useRef<HTMLDivElement>(null);
  const layerRef = useRef<HTMLDivElement>(null);
  const fieldRef = useRef<HTMLInputElement>(null);
  const index = useMemo(() => indexMarks(marks), [marks]);
  useEffect(() => {
    const scroller = scrollerRef.current;
    if (scroller === null) return;
    setDeskPx(scroller.clientWidth);
    const resized = new ResizeObserver(() => setDeskPx(scroller.clientWidth));
    resized.observe(scroller);
    return () => resized.disconnect();
  }, [scrollerRef, opening.kind]);
  const version = useReadWords({ case: caseId, document: detail.document, page, isWanted: natural !== null && (detail.ocr?.read ?? 0) > 0, layerRef });
  const areas = useAreas(layerRef, version, index);
  usePressedMark(pageRef, layerRef, index, onMark);
  useLayoutEffect(() => {
    if (target === null || version === 0 || layerRef.current === null || scrollerRef.current === null) return;
    const rect = rectOf(layerRef.current, target.start, target.end);
    if (rect !== null) showRect(scrollerRef.current, rect);
  }, [target, version, scrollerRef]);

  const scale = chosen ?? (natural === null ? fullScale : Math.min(fullScale, Math.max(0.1, ((deskPx - 48) / natural.width) * fullScale)));
  const shown = natural === null ? undefined : { width: (natural.width * scale) / fullScale, height: (natural.height * scale) / fullScale };
  const pager = <Pager scale={scale} isFit={chosen === null} onScale={setChosen} page={page} pages={pages} onPage={setPage} onDone={() => scrollerRef.current?.focus({ preventScroll: true })} fieldRef={fieldRef} />;
  if (opening.kind === 'failed' || isFaulty) {
    return (
      <PaneBody label="Document" scrollerRef={scrollerRef} overlay={overlay}>
        <Notice kind="danger" live="alert" meaning="The original is kept as it is." action={<Button size="sm" onPress={() => { setFaulty(false); setAttempt((before) => before + 1); }}>Try again</Button>}>
          <b>{opening.kind === 'failed' ? opening.fault : 'This picture cannot be shown: it is damaged.'}</b>
        </Notice>
      </PaneBody>
    );
  }
  return (
    <PaneBody label="Document" scrollerRef={scrollerRef} overlay={<>{opening.kind === 'open' && pager}{overlay}</>}>
      {opening.kind === 'opening'
        ? <div className={css['waiting']}><Skeleton label={openingLabel(detail)} /></div>
        : (
            <div className={css['desk']}>
              <div ref={pageRef} className={css['page']} style={shown} role="group" aria-label={pages === 1 ? 'Picture' : `Page ${page}`}>
                <img src={opening.url} alt={`Original of ${detail.title}`} className={css['picture']} draggable={false}
                  onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })} onError={() => setFaulty(true)} />
                <MarkAreas areas={areas} now={now} />
                <div ref={layerRef} className={wordsCss['layer']} />
              </div>
            </div>
          )}
    </PaneBody>
  );
}

/** The page that is shown: the one with the target when that changes, else the one chosen last, from 1. */
function usePageOf(caseId: CaseId, { document }: DocumentDetail, pages: number, target: ReaderTarget | null): readonly [number, (page: number) => void] {
  const [page, setPage] = useState(1);
  useEffect(() => {
    if (target === null || pages === 1) return;
    const controller = new AbortController();
    const follow = async (): Promise<void> => {
      const { pages: spans } = await call('documents.text', { case: caseId, document, from: target.start, limit: 1 }, { signal: controller.signal });
      const found = spans?.find(({ start, end }) => target.start >= start && target.start < end);
      if (found !== undefined && !controller.signal.aborted) setPage(found.page);
    };
    follow().catch((error: unknown) => { if (!controller.signal.aborted) console.error('The page of a passage could not be told.', error instanceof Error ? error.name : typeof error); });
    return () => controller.abort();
  }, [caseId, document, pages, target]);
  return [page, setPage];
}

/** The original's bytes, or those of a page made of it, as an address of this window alone, given back when the document is left. */
function usePicture(caseId: CaseId, { document, mediaType, sizeBytes }: DocumentDetail, page: number | null, attempt: number): Opening {
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  useEffect(() => {
    const controller = new AbortController();
    let url: string | null = null;
    const open = async (): Promise<void> => {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      if (page !== null) parts.push(Uint8Array.from((await call('documents.page-picture', { case: caseId, document, page }, { signal: controller.signal })).png));
      for (let from = 0; page === null && from < (sizeBytes ?? 0); from += rangeBytes) {
        const { bytes } = await call('documents.bytes', { case: caseId, document, from, length: Math.min(rangeBytes, (sizeBytes ?? 0) - from) }, { signal: controller.signal });
        parts.push(Uint8Array.from(bytes));
      }
      if (controller.signal.aborted) return;
      url = URL.createObjectURL(new Blob(parts, { type: page === null ? mediaType : 'image/png' }));
      setOpening({ kind: 'open', url });
    };
    setOpening({ kind: 'opening' });
    open().catch((error: unknown) => { if (!controller.signal.aborted) setOpening({ kind: 'failed', fault: `This picture cannot be shown: ${error instanceof Error ? error.message : 'it could not be read.'}` }); });
    return () => {
      controller.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [caseId, document, mediaType, sizeBytes, page, attempt]);
  return opening;
}
