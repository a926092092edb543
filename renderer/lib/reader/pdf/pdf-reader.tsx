import { type ReactElement, type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CaseId } from '../../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../../preload/contract/domains/documents.ts';
import { Button, Notice, PaneBody, Skeleton } from '../../../ui/index.ts';
import { call } from '../../client.ts';
import { type Command, listCommands, useCommands } from '../../commands.ts';
import { indexMarks } from '../mark-layers.ts';
import { createNearWatch, NearContext, type NearWatch } from '../near.ts';
import type { ReaderMark, ReaderProps, ReaderTarget } from '../reader-contract.ts';
import { openingLabel } from '../text-reader.tsx';
import { openPdf, type OpenPdf, pdfFault } from './open-pdf.ts';
import { PageView } from './page-view.tsx';
import { Pager } from './pager.tsx';
import { fitScale, pageAt, type PageSize } from './pdf-layout.ts';
import css from './pdf-reader.module.css';

/** Props of PdfReader. */
export interface PdfReaderProps {
  readonly case: CaseId;
  readonly detail: DocumentDetail;
  readonly marks: readonly ReaderMark[];
  readonly now: string | null;
  readonly target: ReaderTarget | null;
  readonly scrollerRef: RefObject<HTMLDivElement | null>;
  readonly overlay: ReactNode;
  readonly onMark: ReaderProps['onMark'];
}

type Opening = { readonly kind: 'opening' } | { readonly kind: 'open'; readonly pdf: OpenPdf; readonly first: PageSize } | { readonly kind: 'failed'; readonly fault: string };

/** How a document is shown belongs to its owner; the head's command asks for it. */
function showText(): void {
  listCommands().find((command) => command.id === 'reader.rendering')?.run();
}

/** The pages of a PDF on a desk, those near the visible part drawn. One instance shows one document. */
export function PdfReader(props: PdfReaderProps): ReactElement {
  const { case: caseId, detail, scrollerRef, overlay } = props;
  const [attempt, setAttempt] = useState(0);
  const [opening, setOpening] = useState<Opening>({ kind: 'opening' });
  const { document: documentId, sizeBytes } = detail;
  useEffect(() => {
    const controller = new AbortController();
    let pdf: OpenPdf | null = null;
    const open = async (): Promise<void> => {
      if (sizeBytes === null || sizeBytes === 0) throw new Error('There are no bytes.');
      pdf = await openPdf(caseId, documentId, sizeBytes, controller.signal);
      const { width, height } = (await pdf.document.getPage(1)).getViewport({ scale: 1 });
      if (!controller.signal.aborted) setOpening({ kind: 'open', pdf, first: { width, height } });
    };
    setOpening({ kind: 'opening' });
    open().catch((error: unknown) => { if (!controller.signal.aborted) setOpening({ kind: 'failed', fault: pdfFault(error) }); });
    return () => {
      controller.abort();
      pdf?.close();
    };
  }, [caseId, documentId, sizeBytes, attempt]);

  if (opening.kind === 'open') return <PdfPages {...props} pdf={opening.pdf} first={opening.first} />;
  return (
    <PaneBody label="Document" scrollerRef={scrollerRef} overlay={overlay}>
      {opening.kind === 'failed'
        ? (
            <Notice kind="danger" live="alert"
              action={detail.state === 'text'
                ? <Button size="sm" keys={['O']} onPress={showText}>Show the text</Button>
                : <Button size="sm" onPress={() => setAttempt((before) => before + 1)}>Try again</Button>}
              meaning={detail.state === 'text' ? 'Its text was read and can be shown instead.' : 'The original is kept as it is.'}>
              <b>{opening.fault}</b>
            </Notice>
          )
        : <div className={css['waiting']}><Skeleton label={openingLabel(detail)} /></div>}
    </PaneBody>
  );
}

function PdfPages({ case: caseId, detail, marks, now, target, scrollerRef, overlay, onMark, pdf, first }: PdfReaderProps & { pdf: OpenPdf; first: PageSize }): ReactElement {
  const pages = pdf.document.numPages;
  const [near, setNear] = useState<NearWatch | null>(null);
  const [deskPx, setDeskPx] = useState(() => scrollerRef.current?.clientWidth ?? 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const [page, setPage] = useState(1);
  const elements = useRef(new Map<number, HTMLDivElement>());
  const fieldRef = useRef<HTMLInputElement>(null);
  const anchor = useRef<{ readonly page: number; readonly part: number } | null>(null);
  const index = useMemo(() => indexMarks(marks), [marks]);
  // Fitting is by page, so that a wide page among narrow ones fits too; the pager shows the first page's.
  const scaleOf = (size: PageSize): number => chosen ?? fitScale(deskPx, size.width);

  useEffect(() => {
    const scroller = scrollerRef.current;
    if (scroller === null) return;
    const watch = createNearWatch(scroller);
    setNear(watch);
    const resized = new ResizeObserver(() => setDeskPx(scroller.clientWidth));
    resized.observe(scroller);
    const scrolled = (): void => {
      const tops = Array.from({ length: pages }, (_, at) => elements.current.get(at + 1)?.offsetTop ?? Infinity);
      const shown = pageAt(tops, scroller.scrollTop + scroller.clientHeight / 3);
      const element = elements.current.get(shown);
      if (element !== undefined) anchor.current = { page: shown, part: (scroller.scrollTop - element.offsetTop) / element.offsetHeight };
      setPage(shown);
    };
    scroller.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      watch.stop();
      resized.disconnect();
      scroller.removeEventListener('scroll', scrolled);
    };
  }, [scrollerRef, pages]);

  // Another scale shows the same part of the same page.
  useLayoutEffect(() => {
    const element = anchor.current === null ? undefined : elements.current.get(anchor.current.page);
    if (element === undefined || anchor.current === null || scrollerRef.current === null) return;
    scrollerRef.current.scrollTop = element.offsetTop + anchor.current.part * element.offsetHeight;
  }, [chosen, deskPx, scrollerRef]);

  const onSize = useCallback((number: number, size: PageSize) => {
    setSizes((before) => {
      const known = before.get(number) ?? first;
      return known.width === size.width && known.height === size.height ? before : new Map(before).set(number, size);
    });
  }, [first]);
  const onElement = useCallback((number: number, element: HTMLDivElement | null) => {
    if (element === null) elements.current.delete(number);
    else elements.current.set(number, element);
  }, []);
  const show = useCallback((number: number) => {
    const element = elements.current.get(number);
    if (element !== undefined && scrollerRef.current !== null) scrollerRef.current.scrollTop = element.offsetTop - 20;
  }, [scrollerRef]);
  const placed = usePlacedTarget(caseId, detail, target, show);
  useCommands(useMemo((): readonly Command[] => [
    { id: 'reader.go-to-page', name: 'Go to page', group: 'Document', keys: ['Ctrl+G'], run: () => fieldRef.current?.focus() },
  ], []));

  const pager = (
    <Pager scale={scaleOf(first)} isFit={chosen === null} onScale={setChosen} page={page} pages={pages} onPage={show} onDone={() => scrollerRef.current?.focus({ preventScroll: true })} fieldRef={fieldRef} />
  );
  return (
    <PaneBody label="Document" scrollerRef={scrollerRef} overlay={<>{pager}{overlay}</>}>
      <NearContext value={near}>
        <div className={css['desk']}>
          {Array.from({ length: pages }, (_, at) => at + 1).map((number) => (
            <PageView key={number} case={caseId} document={detail.document} pdf={pdf.document} number={number} size={sizes.get(number) ?? first} scale={scaleOf(sizes.get(number) ?? first)}
              hasReadWords={(detail.ocr?.read ?? 0) > 0} index={index} now={now} target={placed?.page === number ? placed.target : null} onMark={onMark} onSize={onSize}
              onElement={onElement} />
          ))}
        </div>
      </NearContext>
    </PaneBody>
  );
}

/** Finds the page of a target, shows it, and hands the target on to it. */
function usePlacedTarget(caseId: CaseId, detail: DocumentDetail, target: ReaderTarget | null, show: (page: number) => void): { readonly page: number; readonly target: ReaderTarget } | null {
  const [placed, setPlaced] = useState<{ readonly page: number; readonly target: ReaderTarget } | null>(null);
  const { document: documentId, state } = detail;
  useEffect(() => {
    if (target === null || state !== 'text') return;
    const controller = new AbortController();
    call('documents.text', { case: caseId, document: documentId, from: target.start, limit: 1 }, { signal: controller.signal }).then(
      ({ pages }) => {
        const page = pages.findLast((one) => one.start <= target.start);
        if (page === undefined) return;
        show(page.page);
        setPlaced({ page: page.page, target });
      },
      (error: unknown) => { if (!controller.signal.aborted) console.error('The page of a passage was not found.', error instanceof Error ? error.name : typeof error); },
    );
    return () => controller.abort();
  }, [caseId, documentId, state, target, show]);
  return placed;
}
