import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { Button, Notice } from '../../ui/index.ts';
import css from './answer-editor.module.css';
import { type Editing, useChatState } from './chat-state.ts';
import { endEdit, saveEdit } from './review-answer.ts';

/** The text of an answer, to be changed by a person. Ctrl Enter keeps it, Escape leaves it as it was. */
export function AnswerEditor({ case: caseId, editing }: { case: CaseId; editing: Editing }): ReactElement {
  const hint = useId();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // The menu or the palette that led here gives the focus back first.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => fieldRef.current?.focus()));
    return () => cancelAnimationFrame(frame);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void saveEdit(caseId);
    else if (event.key === 'Escape') endEdit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.editor}>
      {editing.fault !== null && <Notice kind="danger" live="alert" meaning="What you wrote is still here.">Not kept: {editing.fault}</Notice>}
      <div className={css.box}>
        <textarea ref={fieldRef} className={css.field} aria-label="Text of the answer" aria-describedby={hint} value={editing.text} maxLength={200_000}
          onChange={(event) => useChatState.setState({ editing: { ...editing, text: event.target.value } })} onKeyDown={onKeyDown} />
        <div className={css.tools}>
          <span id={hint} className={css.hint}>What you change is checked again. The original stays.</span>
          <Button size="sm" variant="ghost" keys={['Esc']} onPress={endEdit}>Cancel</Button>
          <Button size="sm" variant="primary" keys={['Ctrl', 'Enter']} isDisabled={editing.isSaving || editing.text.trim() === ''} onPress={() => void saveEdit(caseId)}>{editing.isSaving ? 'Checking' : 'Keep'}</Button>
        </div>
      </div>
    </div>
  );
}
