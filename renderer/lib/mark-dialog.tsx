import { type ReactElement, type ReactNode, useId, useState } from 'react';
import type { Marking } from '../../preload/contract/domains/basics.ts';
import { Button, Dialog, Notice, TextField } from '../ui/index.ts';
import { isEngineError } from './client.ts';
import css from './mark-dialog.module.css';
import { MarkingField } from './marking-field.tsx';
import { useMarkingReading } from './marking-reading.ts';

/** Props of MarkDialog. */
export interface MarkDialogProps {
  readonly title: string;
  readonly aside?: string;
  /** What it is marked now. */
  readonly marking: string;
  /** Offers only what this may hold. */
  readonly within: Marking | null;
  readonly reason?: string;
  /** What marking it means. */
  readonly children?: ReactNode;
  /** Lets its own marking go; absent where there is none to let go. */
  readonly onClear?: { readonly text: string; readonly run: (reason: string) => Promise<void> };
  /** Keeps the marking. Its refusal is shown in the dialog. */
  readonly onMark: (marking: string, reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Marks one thing, with a reason: every change of a marking has one. */
export function MarkDialog({ title, aside, marking, within, reason: given = '', children, onClear, onMark, onClose }: MarkDialogProps): ReactElement {
  const formId = useId();
  const [text, setText] = useState(marking);
  const [reason, setReason] = useState(given);
  const [fault, setFault] = useState<{ readonly where: 'marking' | 'reason' | 'whole'; readonly said: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const reading = useMarkingReading(text);
  const keep = async (work: (reason: string) => Promise<void>): Promise<void> => {
    if (reason.trim() === '') return setFault({ where: 'reason', said: 'Say why: the reason is kept with the marking.' });
    setBusy(true);
    setFault(null);
    try {
      await work(reason.trim());
      onClose();
    } catch (error) {
      setFault({ where: isEngineError(error, 'policy.bad-marking') ? 'marking' : 'whole', said: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  const mark = (): void => {
    if (text.trim() === '') setFault({ where: 'marking', said: 'Write a marking, or choose one.' });
    else void keep((why) => onMark(text.trim(), why));
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      {...(aside !== undefined && { aside })}
      footer={(
        <>
          {onClear !== undefined && <span className={css.clear}><Button size="lg" variant="ghost" isDisabled={isBusy} onPress={() => { void keep(onClear.run); }}>{onClear.text}</Button></span>}
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={isBusy || reading.kind === 'wrong'}>Mark</Button>
        </>
      )}
    >
      <form id={formId} className={css.form} onSubmit={(event) => { event.preventDefault(); mark(); }}>
        {children !== undefined && <p className={css.lead}>{children}</p>}
        <MarkingField label="Marking" autoFocus value={text} onChange={setText} within={within} error={fault?.where === 'marking' ? fault.said : null} hint="A banner line or a portion mark, of any scheme: SECRET//NOFORN, (U//FOUO), CUI//SP-CTI, TLP:AMBER." />
        <TextField label="Reason" size="lg" maxLength={2000} value={reason} onChange={(why) => { setReason(why); setFault(null); }} error={fault?.where === 'reason' ? fault.said : null} hint="Kept with the marking and in the history." />
        {fault?.where === 'whole' && <Notice kind="danger" live="alert" meaning={fault.said}>It is marked as before.</Notice>}
      </form>
    </Dialog>
  );
}
