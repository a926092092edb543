import { useId, useState } from 'react';
import type { CaseInfo } from '../../../preload/contract/domains/cases.ts';
import { call } from '../../lib/client.ts';
import { queryClient } from '../../lib/queries.ts';
import { Button, Dialog, Notice, TextField } from '../../ui/index.ts';
import css from './cases.module.css';

/** Gives a case another name. */
export function RenameCaseDialog({ info, onClose }: { info: CaseInfo; onClose: () => void }) {
  const formId = useId();
  const [name, setName] = useState(info.name);
  const [fault, setFault] = useState<string | null>(null);
  const isReady = name.trim() !== '';
  const rename = async (): Promise<void> => {
    setFault(null);
    try {
      await call('cases.rename', { case: info.case, name });
      await queryClient.invalidateQueries({ queryKey: ['cases.list'] });
      onClose();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Rename case"
      size="sm"
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={!isReady}>Rename</Button>
        </>
      )}
    >
      <form id={formId} className={css.fields} onSubmit={(event) => { event.preventDefault(); if (isReady) void rename(); }}>
        <TextField label="Name of the case" size="lg" autoFocus maxLength={200} value={name} onChange={setName} />
        {fault !== null && <Notice kind="danger" live="alert">{fault}</Notice>}
      </form>
    </Dialog>
  );
}
