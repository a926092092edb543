import { useId, useState } from 'react';
import { call } from '../../lib/client.ts';
import { openCaseInWindow } from '../../lib/case-info.ts';
import { NewCaseFields, useNewCase } from '../../lib/new-case.tsx';
import { queryClient } from '../../lib/queries.ts';
import { Button, Dialog, Notice } from '../../ui/index.ts';
import css from './cases.module.css';

/** Asks for name and marking of a new case, creates it and opens it. */
export function CreateCaseDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const formId = useId();
  const [isCreating, setCreating] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="New case"
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={isCreating}>Create case</Button>
        </>
      )}
    >
      <CreateForm id={formId} isCreating={isCreating} setCreating={setCreating} onDone={onClose} />
    </Dialog>
  );
}

interface CreateFormProps {
  readonly id: string;
  readonly isCreating: boolean;
  readonly setCreating: (isCreating: boolean) => void;
  readonly onDone: () => void;
}

function CreateForm({ id, isCreating, setCreating, onDone }: CreateFormProps) {
  const draft = useNewCase();
  const [fault, setFault] = useState<string | null>(null);
  const create = async (): Promise<void> => {
    if (!draft.isReady) {
      setFault(draft.name.trim() === '' ? 'The case needs a name.' : 'The case needs a marking that can be read.');
      return;
    }
    setCreating(true);
    setFault(null);
    try {
      const created = await call('cases.create', { name: draft.name, marking: draft.marking });
      await queryClient.invalidateQueries({ queryKey: ['cases.list'] });
      onDone();
      await openCaseInWindow(created.case);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setCreating(false);
    }
  };
  return (
    <form id={id} className={css.fields} onSubmit={(event) => { event.preventDefault(); if (!isCreating) void create(); }}>
      <NewCaseFields draft={draft} isReadOnly={isCreating} />
      {fault !== null && <Notice kind="danger" live="alert">{fault}</Notice>}
    </form>
  );
}
