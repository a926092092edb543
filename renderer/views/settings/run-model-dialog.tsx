import { useId, useState } from 'react';
import type { ModelInfo } from '../../../preload/contract/domains/models.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, Dialog, Notice, TextField } from '../../ui/index.ts';
import css from './settings.module.css';

/** Asks for the name and the ceiling of an endpoint that runs a model of the vault, and adds it. */
export function RunModelDialog({ info, isOpen, onClose }: { info: ModelInfo; isOpen: boolean; onClose: () => void }) {
  const formId = useId();
  const [isAdding, setAdding] = useState(false);
  const systemHigh = useRoute('vault.status', {}).data?.systemHigh?.banner ?? '';
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Use as endpoint"
      aside={info.name}
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={isAdding}>Add endpoint</Button>
        </>
      )}
    >
      <RunForm id={formId} info={info} suggested={systemHigh} isAdding={isAdding} setAdding={setAdding} onDone={onClose} />
    </Dialog>
  );
}

interface RunFormProps {
  readonly id: string;
  readonly info: ModelInfo;
  /** The vault's system high: what is in the vault may be read on this laptop, and the model is on it. */
  readonly suggested: string;
  readonly isAdding: boolean;
  readonly setAdding: (isAdding: boolean) => void;
  readonly onDone: () => void;
}

type Wrong = 'name' | 'ceiling' | 'whole';

function RunForm({ id, info, suggested, isAdding, setAdding, onDone }: RunFormProps) {
  const [name, setName] = useState(info.name);
  const [ceiling, setCeiling] = useState(suggested);
  const [fault, setFault] = useState<{ where: Wrong; text: string } | null>(null);
  const wrong = (where: Wrong): string | null => (fault?.where === where ? fault.text : null);
  const add = async (): Promise<void> => {
    if (name.trim() === '') return setFault({ where: 'name', text: 'It needs a name.' });
    if (ceiling.trim() === '') return setFault({ where: 'ceiling', text: 'Say the highest marking that it may be given.' });
    setAdding(true);
    setFault(null);
    try {
      await call('endpoints.add', { name, dialect: 'embedded', baseUrl: '', model: info.name, ceiling, promptLogging: 'no' });
      await Promise.all(['endpoints.list', 'models.list', 'network.status'].map((route) => queryClient.invalidateQueries({ queryKey: [route] })));
      onDone();
    } catch (error) {
      const where = isEngineError(error, 'endpoint.name-taken') ? 'name' : isEngineError(error, 'policy.bad-marking') ? 'ceiling' : 'whole';
      setFault({ where, text: error instanceof Error ? error.message : String(error) });
    } finally {
      setAdding(false);
    }
  };
  return (
    <form id={id} className={css.form} onSubmit={(event) => { event.preventDefault(); if (!isAdding) void add(); }}>
      <TextField label="Name" size="lg" autoFocus maxLength={120} value={name} onChange={setName} error={wrong('name')} />
      <MarkingField
        label="Ceiling"
        value={ceiling}
        onChange={setCeiling}
        error={wrong('ceiling')}
        hint="The highest marking that the model may be given. The vault’s own is suggested, since nothing leaves this laptop."
      />
      {wrong('whole') !== null && <Notice kind="danger" live="alert" meaning={wrong('whole')}>The endpoint was not added.</Notice>}
    </form>
  );
}
