import { type PDFDocumentProxy, type PDFPageProxy, RenderingCancelledException } from 'pdfjs-dist';
import { type ReactElement, type Ref, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CaseId, DocumentId } from '../../../../preload/contract/domains/basics.ts';
import type { MarkIndex } from '../mark-layers.ts';
import { useNear } from '../near.ts';
import { rectOf } from '../offset-map.ts';
import { MarkAreas, useAreas, usePressedMark } from '../page-areas.tsx';
import type { ReaderTarget } from '../reader-contract.ts';
import { useReadWords } from '../read-words.ts';
import wordsCss from '../read-words.module.css';
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
  /** OCR read pages of this document: its words lie over them. */
  readonly hasReadWords: boolean;
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
  const textRef = useRef<HTMLDivElement>(null);
  const wordsRef = useRef<HTMLDivElement>(null);
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
  const textVersion = usePageText({ case: props.case, document: props.document, page, layerRef: textRef });
  const version = textVersion + useReadWords({ case: props.case, document: props.document, page: number, isWanted: page !== null && props.hasReadWords, layerRef: wordsRef });
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
      <MarkAreas areas={areas} now={now} />
      <div ref={layerRef} className={wordsCss['layer']}>
        <div ref={textRef} className={css['text']} />
        <div ref={wordsRef} className={wordsCss['layer']} />
      </div>
      {isFaulty && <p className={css['faulty']}>Page {number} is damaged and cannot be drawn. What text it has is under Text.</p>}
    </div>
  );
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
