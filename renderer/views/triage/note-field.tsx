import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { useFocusOnRequest } from '../../lib/focus-request.ts';
import { trackSave, useSaveBeforeLock } from '../../lib/pending-saves.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { Button, Notice, Text, TextArea } from '../../ui/index.ts';
import css from './triage.module.css';

/** Props of NoteField. One instance belongs to one document: give it the document as its key. */
export interface NoteFieldProps {
  readonly case: CaseId;
  readonly document: DocumentId;
  /** The note as it is saved. */
  readonly note: string;
  /** Gives the focus back when the note is done. */
  readonly onDone: () => void;
}

type Saving = { readonly kind: 'idle' | 'saving' | 'saved' } | { readonly kind: 'failed'; readonly message: string };

const pauseMs = 800;

/** The note on a document: saved by a pause in typing, by Ctrl Enter, by leaving it, by going to another document, and before locking. */
export function NoteField({ case: caseId, document, note, onDone }: NoteFieldProps): ReactElement {
  const [text, setText] = useState(note);
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const field = useRef<HTMLTextAreaElement>(null);
  const state = useRef<{ text: string; saved: string; saving: string | null; isGone: boolean }>({ text: note, saved: note, saving: null, isGone: false });
  useFocusOnRequest('note', () => field.current?.focus());

  // Somebody else's change (an undo) is taken over unless it would overwrite what is being typed.
  useEffect(() => {
    if (state.current.text === state.current.saved) {
      setText(note);
      state.current.text = note;
    }
    state.current.saved = note;
  }, [note]);

  const saveNow = async (): Promise<void> => {
    const wanted = state.current.text;
    // Ctrl Enter saves and leaves the field, which saves as well: one change is one op.
    if (wanted === state.current.saved || wanted === state.current.saving) return;
    state.current.saving = wanted;
    setSaving({ kind: 'saving' });
    try {
      await call('notes.set', { case: caseId, document, text: wanted });
      state.current.saved = wanted;
      queryClient.setQueryData<Output<'documents.get'>>(keyOf('documents.get', { case: caseId, document }), (before) => before && { ...before, note: wanted });
      if (!state.current.isGone) setSaving({ kind: 'saved' });
    } catch (error) {
      if (!state.current.isGone) setSaving({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    } finally {
      if (state.current.saving === wanted) state.current.saving = null;
    }
  };
  const save = (): Promise<void> => trackSave(saveNow());
  const latestSave = useRef(save);
  latestSave.current = save;
  useSaveBeforeLock(save);
  useEffect(() => {
    if (text === state.current.saved) return;
    const timer = setTimeout(() => { void latestSave.current(); }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const own = state.current;
    own.isGone = false;
    return () => {
      own.isGone = true;
      void latestSave.current();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
    else if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <div onKeyDownCapture={onKeyDown} className={css['note']}>
      <TextArea label="Note" keys={['C']} rows={2} value={text} inputRef={field} onBlur={() => { void save(); }}
        onChange={(value) => {
          setText(value);
          state.current.text = value;
          setSaving({ kind: 'idle' });
        }} />
      <div role="status" className={css['saving']}>
        {saving.kind === 'saving' && <Text size="small" tone={3}>Saving</Text>}
        {saving.kind === 'saved' && <Text size="small" tone={3}>Saved</Text>}
        {saving.kind === 'idle' && text !== note && <Text size="small" tone={3}>Not saved yet. Ctrl Enter saves.</Text>}
      </div>
      {saving.kind === 'failed' && (
        <Notice kind="danger" live="alert" meaning={saving.message} action={<Button size="sm" onPress={() => { void save(); }}>Try again</Button>}><b>The note was not saved.</b></Notice>
      )}
    </div>
  );
}
