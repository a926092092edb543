import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useRef } from 'react';
import Trash from 'lucide-react/icons/trash-2';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { Annotation, Label } from '../../../preload/contract/domains/annotations.ts';
import { dayAndMinute } from '../../lib/format.ts';
import { trackSave, useSaveBeforeLock } from '../../lib/pending-saves.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DetailList, Group, GroupHead, LabelTag, Notice, Text, TextArea } from '../../ui/index.ts';
import { keepDraft, useAnnotateState } from './annotate-state.ts';
import css from './annotation-detail.module.css';
import { AnnotationMarking } from './annotation-marking.tsx';
import { anchorWords, labelLook } from './annotation-marks.ts';
import type { Annotating } from './use-annotating.ts';

const pauseMs = 800;

/** Props of AnnotationDetail. */
export interface AnnotationDetailProps {
  case: CaseId;
  annotation: Annotation;
  labels: readonly Label[];
  annotating: Annotating;
  noteRef: Ref<HTMLTextAreaElement>;
  onSaveNote: () => Promise<void>;
  onRemove: () => void;
}

/** The selected annotation: its quote, its note (saved by a pause in typing and before locking), who made it and when, and whether its quote still stands. */
export function AnnotationDetail({ case: caseId, annotation, labels, annotating, noteRef, onSaveNote, onRemove }: AnnotationDetailProps): ReactElement {
  const { tag, slot, name } = labelLook(labels, annotation.label);
  const draft = useAnnotateState((state) => state.drafts[annotation.annotation]);
  const note = draft ?? annotation.note;
  const isChanged = note !== annotation.note;
  const anchor = anchorWords(annotation);
  const { fault, isBusy } = annotating;
  const save = useRef(onSaveNote);
  save.current = onSaveNote;
  useSaveBeforeLock(onSaveNote);
  const id = annotation.annotation;
  // A failed save waits for a person: what was written is kept in the field.
  const isWaiting = draft !== undefined && isChanged && !isBusy && fault === null;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => { void trackSave(save.current()); }, pauseMs);
    return () => clearTimeout(timer);
  }, [id, draft, isWaiting]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void onSaveNote();
  };
  return (
    <div className={css.detail} role="region" aria-label="The selected annotation">
      <Group>
        <GroupHead aside={<Button size="sm" variant="ghost" icon={Trash} keys={['X']} isDisabled={isBusy} onPress={onRemove}>Take out</Button>}>
          <LabelTag kind={slot} text={tag} /> {name}
        </GroupHead>
        <blockquote className={css.quote}>{visibleLine(annotation.quote)}</blockquote>
        {anchor !== null && <div className={css.strip}><Notice kind="warn" meaning={annotation.anchor === 'lost' ? 'The quote and the note are kept.' : ''}>{anchor}</Notice></div>}
        {fault !== null && <div className={css.strip}><Notice kind="danger" live="alert" meaning="What you wrote is kept here." action={<Button size="sm" onPress={annotating.clearFault}>Close</Button>}>{fault.said} {fault.why}</Notice></div>}
        <div role="presentation" onKeyDown={onKeyDown}>
          <TextArea label="Note" keys={['C']} inputRef={noteRef} value={note} rows={3} maxLength={100_000} placeholder="Nothing noted"
            onChange={(text) => keepDraft(annotation.annotation, text === annotation.note ? null : text)} />
        </div>
        <div className={css.save}>
          <Text size="small" tone={3}>{isBusy ? 'Saving' : isChanged ? 'Not saved yet' : annotation.note === '' ? '' : 'Saved'}</Text>
          {isChanged && <Button size="sm" keys={['Ctrl', 'Enter']} isDisabled={isBusy} onPress={() => { void onSaveNote(); }}>Save the note</Button>}
        </div>
        <DetailList size="small" termWidth="narrow" details={[
          { term: 'Marking', value: <AnnotationMarking case={caseId} annotation={annotation} /> },
          { term: 'By', value: annotation.who },
          { term: 'Made', value: dayAndMinute(annotation.createdAt) },
          // Making one is itself a change, a moment after its time was taken.
          ...(dayAndMinute(annotation.changedAt) === dayAndMinute(annotation.createdAt) ? [] : [{ term: 'Changed', value: dayAndMinute(annotation.changedAt) }]),
          ...(annotation.page === null ? [] : [{ term: 'Page', value: String(annotation.page) }]),
        ]} />
      </Group>
    </div>
  );
}
