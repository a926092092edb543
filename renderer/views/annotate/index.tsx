/**
 * Annotate: documents, the page with its labels, the annotations. The view owns selecting, labelling and noting; where a quote
 * stands and stood, and that it is kept, is the engine's. Nothing is shown as saved before the engine has said so.
 */
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import type { Annotation } from '../../../preload/contract/domains/annotations.ts';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { useOpenCase } from '../../lib/case-info.ts';
import { useFocusOnRequest } from '../../lib/focus-request.ts';
import { count } from '../../lib/format.ts';
import { stepped } from '../../lib/mark-cursor.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useOnScreen, useRowsOnScreen } from '../../lib/on-screen.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { useRoute } from '../../lib/queries.ts';
import type { ReaderSelection } from '../../lib/reader/index.tsx';
import { IconButton, Pane, PaneHead, Panes, Spacer, TabBar, TabPanel, Tabs, VisuallyHidden } from '../../ui/index.ts';
import { useAnnotateCommands } from './annotate-commands.ts';
import { keepDraft, useAnnotateState } from './annotate-state.ts';
import { AnnotationDetail } from './annotation-detail.tsx';
import { CaseAnnotations, DocumentAnnotations } from './annotation-list.tsx';
import { labelOfDigit, placed } from './annotation-marks.ts';
import { DocumentListPane, useDocumentList } from './document-list.tsx';
import { LabelledDocument } from './labelled-document.tsx';
import { SelectionPopover } from './selection-popover.tsx';
import { useAnnotating } from './use-annotating.ts';
import { useDocumentAnnotations } from './use-annotations.ts';

/** Selected text that waits for a label. `isHeld`: the page's own selection is gone, the span stays. */
interface Pending {
  readonly document: DocumentId;
  readonly selection: ReaderSelection;
  readonly isHeld: boolean;
}

/** The annotate view of the open case. */
export function AnnotateView(): ReactElement | null {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <CaseAnnotate key={caseId} caseId={caseId} />;
}

function CaseAnnotate({ caseId }: { caseId: CaseId }): ReactElement {
  const info = useOpenCase();
  const place = useNavigation((state) => state.place);
  const document = place?.document ?? null;
  const { pen, tab, selected } = useAnnotateState();
  const labels = useRoute('annotations.labels', { case: caseId }).data?.labels ?? [];
  const list = useDocumentList(caseId, document, info?.documents ?? 0);
  const known = useDocumentAnnotations(caseId, document);
  const annotating = useAnnotating(caseId);
  const [pending, setPending] = useState<Pending | null>(null);
  const [note, setNote] = useState('');
  const popoverRef = useRef<HTMLDivElement>(null);
  const popoverNoteRef = useRef<HTMLTextAreaElement>(null);
  const detailNoteRef = useRef<HTMLTextAreaElement>(null);
  const [panes, setPanes] = usePanesState('annotate');

  useRowsOnScreen(list.rows.rowAt, list.drawn, list.set.set?.total ?? 0);
  useOnScreen(known.annotations.map(({ marking }) => marking));

  const inText = useMemo(() => placed(known.annotations), [known.annotations]);
  const current = known.annotations.find((annotation) => annotation.annotation === selected) ?? null;
  const penLabel = pen ?? labels[0]?.label ?? '';
  const waiting = pending !== null && pending.document === document ? pending : null;

  const { clearFault } = annotating;
  const giveUp = useCallback(() => {
    setPending(null);
    setNote('');
    clearFault();
    window.getSelection()?.removeAllRanges();
  }, [clearFault]);
  const onSelect = useCallback((selection: ReaderSelection | null) => {
    // White space alone is nothing to mark: a double click between paragraphs selects a line end.
    const hasWords = (window.getSelection()?.toString() ?? '').trim() !== '';
    if (selection !== null && document !== null && hasWords) {
      setPending({ document, selection, isHeld: false });
      return;
    }
    // The note of the popover takes the page's selection with the focus; the person has not given it up.
    if (popoverRef.current?.contains(window.document.activeElement) === true) return;
    setPending((before) => (before?.isHeld === true ? before : null));
  }, [document]);
  useEffect(() => { setNote(''); }, [document]);

  const save = async (label: string): Promise<void> => {
    if (waiting === null || annotating.isBusy || label === '') return;
    const kept = await annotating.add(waiting.document, waiting.selection, label, note);
    if (kept === null) return;
    const hadFocus = popoverRef.current?.contains(window.document.activeElement) === true;
    giveUp();
    useAnnotateState.setState({ selected: kept.annotation, pen: label });
    if (hadFocus) focusText();
  };
  const onLabel = (label: string): void => {
    if (waiting !== null) void save(label);
    else if (current !== null) void annotating.change(current.annotation, { label });
    else useAnnotateState.setState({ pen: label });
  };
  const saveNote = async (annotation: Annotation): Promise<void> => {
    const draft = useAnnotateState.getState().drafts[annotation.annotation];
    if (draft === undefined || annotating.isBusy) return;
    const kept = await annotating.change(annotation.annotation, { note: draft });
    // What was typed while the note was being saved is still to be saved.
    if (kept !== null && useAnnotateState.getState().drafts[annotation.annotation] === draft) keepDraft(annotation.annotation, null);
  };
  const remove = async (annotation: Annotation): Promise<void> => {
    if (annotating.isBusy || !(await annotating.remove(annotation.annotation))) return;
    const at = inText.indexOf(annotation);
    useAnnotateState.setState({ selected: inText[at + 1]?.annotation ?? inText[at - 1]?.annotation ?? null });
  };
  const step = (by: 1 | -1): void => {
    const at = inText.findIndex((annotation) => annotation.annotation === selected);
    const next = stepped(at < 0 ? null : at, by, inText.length);
    if (next !== null) useAnnotateState.setState({ selected: inText[next]?.annotation ?? null });
  };
  const focusNote = (): void => { (waiting === null ? detailNoteRef : popoverNoteRef).current?.focus(); };
  useFocusOnRequest('note', focusNote);
  const documents = list.set.set?.total ?? 0;
  useAnnotateCommands({
    labelCount: labels.length, hasSelection: waiting !== null, hasAnnotation: current !== null, placedCount: inText.length, documentCount: documents,
    onDigit: (digit) => { const label = labelOfDigit(labels, digit); if (label !== undefined) onLabel(label.label); },
    onStep: step,
    onDocument: (by) => list.select(Math.max(0, Math.min(documents - 1, (list.selectedIndex ?? -by) + by))),
    onNote: focusNote,
    onRemove: () => { if (current !== null) void remove(current); },
    onEscape: () => { if (waiting === null) useAnnotateState.setState({ selected: null }); else giveUp(); },
  });

  const tabs = [
    { id: 'document', text: 'Annotations', count: known.total === undefined ? undefined : count(known.total) },
    { id: 'case', text: 'Across the case' },
  ] as const;
  const at = inText.findIndex((annotation) => annotation.annotation === selected);
  return (
    <Panes
      state={panes}
      onChange={setPanes}
      middleMinPx={520}
      list={{ name: 'documents', minPx: 208, maxPx: 280, share: 0.16, content: <DocumentListPane list={list} onOpen={focusText} /> }}
      work={{
        name: 'annotations', minPx: 320, maxPx: 420, share: 0.25,
        content: (
          <Pane label="Annotations">
            <Tabs tabs={tabs} value={tab} onChange={(next) => useAnnotateState.setState({ tab: next })}>
              <PaneHead>
                <TabBar label="Which annotations" tabs={tabs} />
                <Spacer />
                <IconButton size="sm" label="Previous annotation" icon={ChevronUp} keys={['Shift', 'T']} isDisabled={inText.length === 0} onPress={() => step(-1)} />
                <IconButton size="sm" label="Next annotation" icon={ChevronDown} keys={['T']} isDisabled={inText.length === 0} onPress={() => step(1)} />
              </PaneHead>
              <TabPanel id="document"><DocumentAnnotations known={known} labels={labels} hasDocument={document !== null} onGo={focusText} /></TabPanel>
              <TabPanel id="case"><CaseAnnotations case={caseId} labels={labels} onGo={focusText} /></TabPanel>
            </Tabs>
            {current !== null && <AnnotationDetail case={caseId} annotation={current} labels={labels} annotating={annotating} noteRef={detailNoteRef} onSaveNote={() => saveNote(current)} onRemove={() => void remove(current)} />}
            <VisuallyHidden role="status">{annotating.said}</VisuallyHidden>
            <VisuallyHidden role="status">{at < 0 ? '' : `Annotation ${at + 1} of ${inText.length}`}</VisuallyHidden>
          </Pane>
        ),
      }}
    >
      <LabelledDocument case={caseId} place={place} annotations={known.annotations} labels={labels} selected={current} pen={penLabel} waiting={waiting?.isHeld === true ? waiting.selection : null}
        onLabel={onLabel} onSelect={onSelect} fault={waiting === null && current === null ? annotating.fault : null} onCloseFault={clearFault}>
        {waiting !== null && (
          <SelectionPopover rect={waiting.selection.rect} labels={labels} pen={penLabel} note={note} onNote={setNote} onLabel={(label) => void save(label)} onClose={giveUp}
            onHold={() => setPending({ ...waiting, isHeld: true })} isBusy={annotating.isBusy} fault={annotating.fault} boxRef={popoverRef} noteRef={popoverNoteRef} />
        )}
        <VisuallyHidden role="status">{waiting === null ? '' : 'Text selected. 1 to 6 for a label, C for a note.'}</VisuallyHidden>
      </LabelledDocument>
    </Panes>
  );
}

/** Puts the focus on the text of the open document. */
function focusText(): void {
  document.querySelector<HTMLElement>('article[data-pane] [data-pane-body]')?.focus();
}
