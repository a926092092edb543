import { useEffect, useId, useRef, useState } from 'react';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { Button, ConfirmDialog, Dialog, Notice } from '../../ui/index.ts';
import { KeyPart } from './editor-key.tsx';
import { AllowedPart, LimitsPart } from './editor-limits.tsx';
import { ReachPart } from './editor-reach.tsx';
import css from './endpoint-editor.module.css';
import { changeOf, draftOf, emptyForm, type EndpointForm, faultyField, formOf, missingField } from './endpoint-form.ts';

/** Props of EndpointEditor. `before` is the endpoint to change, null for a new one. */
export interface EndpointEditorProps {
  isOpen: boolean;
  onClose: () => void;
  before: EndpointInfo | null;
}

/** Asks for everything about an endpoint, and adds or changes it. Nothing is sent to it before a test or a question. What was typed is thrown away only when that is confirmed. */
export function EndpointEditor({ isOpen, onClose, before }: EndpointEditorProps) {
  const formId = useId();
  const [isSaving, setSaving] = useState(false);
  const [isTyped, setTyped] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const done = (): void => {
    setTyped(false);
    onClose();
  };
  const close = (): void => (isTyped ? setAsking(true) : done());
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="lg"
      holdsWork
      title={before === null ? 'Add an endpoint' : `Edit ${before.name}`}
      aside="Nothing is sent to it before a test or a question"
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={close}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={isSaving}>{before === null ? 'Add endpoint' : 'Save'}</Button>
        </>
      )}
    >
      <Fields id={formId} before={before} isSaving={isSaving} setSaving={setSaving} onTyped={() => setTyped(true)} onDone={done} />
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title={before === null ? 'Throw away this endpoint?' : 'Throw away these changes?'} confirmText="Throw away" cancelText="Go on editing" isDanger onConfirm={done}>
        {before === null ? 'What you have typed was not added yet.' : 'What you have typed was not saved yet. The endpoint stays as it was.'}
      </ConfirmDialog>
    </Dialog>
  );
}

interface FieldsProps {
  readonly id: string;
  readonly before: EndpointInfo | null;
  readonly isSaving: boolean;
  readonly setSaving: (isSaving: boolean) => void;
  readonly onTyped: () => void;
  readonly onDone: () => void;
}

interface Fault {
  /** Null: it is about the whole. */
  readonly field: string | null;
  readonly text: string;
}

function Fields({ id, before, isSaving, setSaving, onTyped, onDone }: FieldsProps) {
  const [form, setForm] = useState<EndpointForm>(() => (before === null ? emptyForm : formOf(before)));
  const [fault, setFault] = useState<Fault | null>(null);
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (fault?.field !== null && fault !== null) root.current?.querySelector<HTMLElement>(`[data-field="${fault.field}"] :is(input:not([type="hidden"]), button)`)?.focus();
  }, [fault]);
  const save = async (): Promise<void> => {
    const missing = missingField(form);
    if (missing !== null) return setFault(missing);
    setSaving(true);
    setFault(null);
    try {
      if (before === null) await call('endpoints.add', draftOf(form));
      else await call('endpoints.change', { endpoint: before.endpoint, profile: changeOf(form) });
      onDone();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      setFault(isEngineError(error) ? { field: faultyField(error.code, error.data), text: error.code === 'bridge.invalid-input' ? 'This is not of a form that is taken here.' : text } : { field: null, text });
    } finally {
      setSaving(false);
    }
  };
  const part = {
    form,
    change: (more: Partial<EndpointForm>) => {
      onTyped();
      setForm((now) => ({ ...now, ...more }));
    },
    wrong: (field: string) => (fault?.field === field ? fault.text : null),
  };
  return (
    <form id={id} ref={root} className={css.form} onSubmit={(event) => { event.preventDefault(); if (!isSaving) void save(); }}>
      {fault?.field === null && <div className={css.whole}><Notice kind="danger" live="alert" meaning={fault.text}>{before === null ? 'The endpoint was not added.' : 'The endpoint was not changed.'}</Notice></div>}
      <div className={css.side}>
        <ReachPart {...part} kept={before?.auth ?? 'none'} />
        <AllowedPart {...part} />
      </div>
      <div className={css.side}>
        <KeyPart {...part} before={before} />
        <LimitsPart {...part} />
      </div>
    </form>
  );
}
