import { lazy, type ReactElement, Suspense, useCallback, useMemo, useRef } from 'react';
import { Button, Notice, PaneBody, Skeleton } from '../../ui/index.ts';
import { useOnScreen } from '../on-screen.ts';
import { useRoute } from '../queries.ts';
import { FindBar } from './find-bar.tsx';
import { useOcrCommands } from './ocr-commands.ts';
import { PictureReader } from './picture-reader.tsx';
import { originalOf, type ReaderProps } from './reader-contract.ts';
import { useReaderCommands } from './reader-commands.ts';
import css from './reader.module.css';
import { TextReader } from './text-reader.tsx';
import { useCaret } from './use-caret.ts';
import { useFind } from './use-find.ts';
import { useMarkPress } from './use-mark-press.ts';
import { useSelection } from './use-selection.ts';
import { useTarget } from './use-target.ts';
import { useText } from './use-text.ts';

// pdf.js is large and most documents are not PDF.
const PdfReader = lazy(async () => ({ default: (await import('./pdf/pdf-reader.tsx')).PdfReader }));

/** Shows one document. It fills the rest of its pane and scrolls by itself. */
export function Reader(props: ReaderProps): ReactElement {
  const { case: caseId, document, rendering, marks, currentMark, goTo, onSelect, onMark, onOpenDocument } = props;
  const answer = useRoute('documents.get', { case: caseId, document });
  const detail = answer.data;
  useOnScreen(detail === undefined ? null : [detail.rollUp]);
  const scrollerRef = useRef<HTMLDivElement>(null);
  const frameRef = useRef<HTMLDivElement>(null);

  const original = detail === undefined ? null : originalOf(detail);
  const shown = original !== null && detail !== undefined && (rendering === 'original' || (rendering === 'text' && detail.state !== 'text')) ? 'original' : rendering === 'headers' ? 'headers' : 'text';
  const loaded = useText(caseId, document, detail?.type ?? 'text', detail?.state === 'text');
  const { loadTo } = loaded;
  const loadAll = useCallback(() => loadTo(Infinity), [loadTo]);
  const find = useFind(loaded.text, loaded.chars !== null && loaded.loaded >= loaded.chars, loadAll);
  const allMarks = useMemo(() => (find.marks.length === 0 ? marks : [...marks, ...find.marks]), [marks, find.marks]);
  const now = find.isOpen && find.current !== null ? find.current : currentMark;
  const target = useTarget(document, goTo, allMarks, now);

  useSelection(frameRef, onSelect);
  useMarkPress(frameRef, detail !== undefined && shown === 'text', onMark);
  const { caret, start } = useCaret(scrollerRef, onSelect);
  useReaderCommands({ case: caseId, document, detail, scrollerRef, onOpenDocument, startCaret: shown === 'text' && detail?.state === 'text' ? start : null });

  useOcrCommands(caseId, detail);

  const bar = <FindBar find={find} onClosed={() => scrollerRef.current?.focus()} />;
  if (answer.isError) {
    return (
      <PaneBody>
        <Notice kind="danger" live="alert" meaning={answer.error.message} action={<Button size="sm" onPress={() => { void answer.refetch(); }}>Try again</Button>}>
          <b>The document could not be opened.</b>
        </Notice>
      </PaneBody>
    );
  }
  if (detail === undefined) return <PaneBody><div className={css['reader']}><div className={css['column']}><Skeleton label="Opening the document" hasTitle /></div></div></PaneBody>;
  const shared = { detail, marks: allMarks, now, target, scrollerRef, overlay: bar, onMark };
  return (
    <div ref={frameRef} className={css['frame']} data-document={document}>
      {shown === 'original' && (original === 'picture' || original === 'made-picture') && <PictureReader key={document} case={caseId} isMade={original === 'made-picture'} {...shared} />}
      {shown === 'original' && original === 'pages'
        ? (
            <Suspense fallback={<PaneBody><div className={css['reader']}><Skeleton label="Opening the pages" /></div></PaneBody>}>
              <PdfReader key={document} case={caseId} {...shared} />
            </Suspense>
          )
        : shown !== 'original' && <TextReader {...shared} rendering={shown} isInsteadOfOriginal={rendering === 'original'} loaded={loaded} caret={caret} onOpenDocument={onOpenDocument} />}
    </div>
  );
}
