import { type ReactElement, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Annotation, Label } from '../../../preload/contract/domains/annotations.ts';
import type { CaseId, DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import { type Place, useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { DocumentHead, Reader, type ReaderMark, type ReaderSelection, type Rendering, renderingsOf } from '../../lib/reader/index.tsx';
import { Button, EmptyPane, Notice, Pane, PaneHead } from '../../ui/index.ts';
import { useAnnotateState } from './annotate-state.ts';
import { marksOf } from './annotation-marks.ts';
import css from './labelled-document.module.css';
import { LabelBar } from './label-bar.tsx';
import type { AnnotatingFault } from './use-annotating.ts';

/** Props of LabelledDocument. `waiting` is a span that the page no longer shows as selected and that still is. */
export interface LabelledDocumentProps {
  case: CaseId;
  place: Place | null;
  annotations: readonly Annotation[];
  labels: readonly Label[];
  selected: Annotation | null;
  pen: string;
  waiting: Span | null;
  onLabel: (label: string) => void;
  onSelect: (selection: ReaderSelection | null) => void;
  /** A failure that neither the popover nor the detail is there to tell. */
  fault: AnnotatingFault | null;
  onCloseFault: () => void;
  children: ReactNode;
}

/** The open document with its labels and marks. */
export function LabelledDocument(props: LabelledDocumentProps): ReactElement {
  if (props.place !== null) return <OpenDocument {...props} place={props.place} />;
  return (
    <Pane label="Document" tone="document" as="article">
      <PaneHead />
      <div className={css.empty}><EmptyPane>Choose a document to mark up.</EmptyPane></div>
      {props.children}
    </Pane>
  );
}

function OpenDocument({ case: caseId, place, annotations, labels, selected, pen, waiting, onLabel, onSelect, fault, onCloseFault, children }: LabelledDocumentProps & { place: Place }): ReactElement {
  const { document, span } = place;
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const [chosen, setChosen] = useState<{ document: DocumentId; rendering: Rendering } | null>(null);
  const rendering = chosen?.document === document ? chosen.rendering : detail === undefined ? 'text' : renderingsOf(detail)[0] ?? 'text';
  const setRendering = useCallback((next: Rendering) => setChosen({ document, rendering: next }), [document]);
  const openDocument = useCallback((next: DocumentId) => useNavigation.getState().openDocument({ document: next, span: null }), []);

  const marks = useMemo((): readonly ReaderMark[] => [
    ...(span === null ? [] : [{ id: 'place', start: span.start, end: span.end, kind: 'quote', label: 'The passage asked for' } satisfies ReaderMark]),
    ...marksOf(annotations, labels),
    ...(waiting === null ? [] : [{ id: 'waiting', start: waiting.start, end: waiting.end, kind: 'quote', label: 'The selected text' } satisfies ReaderMark]),
  ], [span, annotations, labels, waiting]);
  // Asking for the same span again scrolls to it again: every place is a new request.
  const asked = useRef(0);
  const target = useMemo(() => (place.span === null ? null : { ...place.span, nonce: ++asked.current }), [place]);
  const onMark = useCallback((id: string) => {
    const annotation = annotations.find((candidate) => candidate.annotation === id);
    if (annotation !== undefined) useAnnotateState.setState({ selected: annotation.annotation });
  }, [annotations]);
  return (
    <Pane label="Document" tone="document" as="article">
      <DocumentHead case={caseId} document={document} rendering={rendering} onRendering={setRendering} hasTitle />
      <LabelBar labels={labels} current={selected?.label ?? pen} onLabel={onLabel} />
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault.why} action={<Button size="sm" onPress={onCloseFault}>Close</Button>}>{fault.said}</Notice>}
      <Reader case={caseId} document={document} rendering={rendering} marks={marks} currentMark={selected === null || selected.anchor === 'lost' ? null : selected.annotation} goTo={target}
        onSelect={onSelect} onMark={onMark} onOpenDocument={openDocument} />
      {children}
    </Pane>
  );
}
