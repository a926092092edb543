import { type PDFDocumentProxy, type PDFPageProxy, RenderingCancelledException } from 'pdfjs-dist';
import { type ReactElement, type Ref, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CaseId, DocumentId } from '../../../../preload/contract/domains/basics.ts';
import { classNames } from '../../../ui/index.ts';
import { markClass } from '../marked-text.tsx';
import markCss from '../marks.module.css';
import { type MarkIndex, marksOver } from '../mark-layers.ts';
import { useNear } from '../near.ts';
import { offsetOfPoint, rangesOf, rectOf } from '../offset-map.ts';
import type { ReaderMark, ReaderTarget } from '../reader-contract.ts';
import { showRect } from '../use-target.ts';
import css from './pdf-reader.module.css';
import type { PageSize } from './pdf-layout.ts';
import { usePageText } from './use-page-text.ts';

/** Props of PageView. `target` is a span of this page to scroll to once its text is there. */
export interface PageViewProps {
  readonly case: CaseId;
  readonly document: DocumentId;
  readonly pdf: PDFDocumentProxy;
  readonly number: number;
  readonly size: PageSize;
  readonly scale: number;
  readonly index: MarkIndex;
  readonly now: string | null;
  readonly target: ReaderTarget | null;
  readonly onMark: ((id: string) => void) | undefined;
  readonly onSize: (page: number, size: PageSize) => void;
  /** Told which element the page is, and null when it is gone. Pass a stable function. */
  readonly onElement: (page: number, element: HTMLDivElement | null) => void;
}

/** One page: its canvas, the marks on it, and the invisible text over both. It exists as an empty sheet until it comes near. */
export function PageView(props: PageViewProps): ReactElement {
  const { pdf, number, size, scale, index, now, target, onMark, onSize, onElement } = props;
  const ref = useRef<HTMLDivElement>(null);
  const layerRef = useRef<HTMLDivElement>(null);
  const isNear = useNear(ref, number === 1) || target !== null;
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [isFaulty, setFaulty] = useState(false);
  useEffect(() => {
    onElement(number, ref.current);
    return () => onElement(number, null);
  }, [onElement, number]);

  useEffect(() => {
    if (!isNear) {
      setPage(null);
      return;
    }
    let isGone = false;
    pdf.getPage(number).then(
      (loaded) => {
        if (isGone) return;
        const { width, height } = loaded.getViewport({ scale: 1 });
        onSize(number, { width, height });
        setPage(loaded);
      },
      () => { if (!isGone) setFaulty(true); },
    );
    return () => { isGone = true; };
  }, [isNear, pdf, number, onSize]);
  useEffect(() => (page === null ? undefined : () => { page.cleanup(); }), [page]);

  const canvasRef = useCanvas(page, scale, () => setFaulty(true));
  const version = usePageText({ case: props.case, document: props.document, page, layerRef });
  const areas = useAreas(layerRef, version, index);
  useLayoutEffect(() => {
    const scroller = ref.current?.closest('[data-pane-body]');
    if (target === null || version === 0 || layerRef.current === null || !scroller) return;
    const rect = rectOf(layerRef.current, target.start, target.end);
    if (rect !== null) showRect(scroller, rect);
  }, [target, version]);

  usePressedMark(ref, layerRef, index, onMark);
  return (
    <div ref={ref} className={css['page']} style={{ width: size.width * scale, height: size.height * scale, '--total-scale-factor': scale } as object}
      role="group" aria-label={`Page ${number}`}>
      <div ref={canvasRef} className={css['canvas']} />
      <div className={css['areas']} aria-hidden="true">
        {areas.map((area) => (
          <span key={area.key} className={classNames(markCss['area'], markClass(area.mark, area.mark.id === now), area.isFirst && css['first'])}
            {...(area.isFirst && area.mark.tag !== undefined && { 'data-tag': area.mark.tag })}
            style={{ left: `${area.left}%`, top: `${area.top}%`, width: `${area.width}%`, height: `${area.height}%` }} />
        ))}
      </div>
      <div ref={layerRef} className={css['text']} />
      {isFaulty && <p className={css['faulty']}>Page {number} is damaged and cannot be drawn. What text it has is under Text.</p>}
    </div>
  );
}

/** Reports the mark under a click: the invisible text lies over the rectangles, so the place in the text decides. */
function usePressedMark(ref: RefObject<HTMLElement | null>, layerRef: RefObject<HTMLElement | null>, index: MarkIndex, onMark: ((id: string) => void) | undefined): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null || onMark === undefined) return;
    const click = (event: MouseEvent): void => {
      if (layerRef.current === null || document.getSelection()?.isCollapsed === false) return;
      const point = document.caretPositionFromPoint(event.clientX, event.clientY);
      const at = point === null ? null : offsetOfPoint(layerRef.current, point.offsetNode, point.offset);
      const hit = at === null ? undefined : marksOver(index, at, at + 1).at(-1);
      if (hit !== undefined) onMark(hit.id);
    };
    element.addEventListener('click', click);
    return () => element.removeEventListener('click', click);
  }, [ref, layerRef, index, onMark]);
}

/** Draws the page into a fresh canvas and puts it in place when it is whole, so that zooming does not flash. */
function useCanvas(page: PDFPageProxy | null, scale: number, onFault: () => void): Ref<HTMLDivElement> {
  const hostRef = useRef<HTMLDivElement>(null);
  const fault = useRef(onFault);
  fault.current = onFault;
  useEffect(() => {
    const host = hostRef.current;
    if (host === null) return;
    if (page === null) {
      host.replaceChildren();
      return;
    }
    const viewport = page.getViewport({ scale: scale * window.devicePixelRatio });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    const task = page.render({ canvas, viewport });
    task.promise.then(
      () => host.replaceChildren(canvas),
      (error: unknown) => { if (!(error instanceof RenderingCancelledException)) fault.current(); },
    );
    return () => task.cancel();
  }, [page, scale]);
  return hostRef;
}

interface Area {
  readonly key: string;
  readonly mark: ReaderMark;
  readonly isFirst: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangles of the marks of a page, in per cent of it, so that zooming leaves them right. */
function useAreas(layerRef: { readonly current: HTMLDivElement | null }, version: number, index: MarkIndex): readonly Area[] {
  const [areas, setAreas] = useState<readonly Area[]>([]);
  useLayoutEffect(() => {
    const layer = layerRef.current;
    if (version === 0 || layer === null) {
      setAreas((before) => (before.length === 0 ? before : []));
      return;
    }
    const runs = [...layer.querySelectorAll<HTMLElement>('[data-start]')];
    const start = Math.min(...runs.map((run) => Number(run.dataset['start'])));
    const end = Math.max(...runs.map((run) => Number(run.dataset['end'])));
    const box = layer.getBoundingClientRect();
    const found = runs.length === 0 ? [] : marksOver(index, start, end);
    setAreas(found.flatMap((mark) => rangesOf(layer, mark.start, mark.end)
      .flatMap((range) => [...range.getClientRects()])
      .filter((rect) => rect.width > 0 && rect.height > 0)
      .map((rect, at): Area => ({
        key: `${mark.id} ${at}`,
        mark,
        isFirst: at === 0,
        left: (100 * (rect.left - box.left)) / box.width,
        top: (100 * (rect.top - box.top)) / box.height,
        width: (100 * rect.width) / box.width,
        height: (100 * rect.height) / box.height,
      }))));
  }, [layerRef, version, index]);
  return areas;
}
