import { useId, useState } from 'react';
import { call, isEngineError } from '../../lib/client.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { queryClient } from '../../lib/queries.ts';
import { Button, Dialog, Notice, PassphraseField, TextField } from '../../ui/index.ts';
import css from './settings.module.css';

/** Asks for an endpoint of the openai-chat dialect and adds it. Nothing is sent to it before a test or a question. */
export function AddEndpointDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const formId = useId();
  const [isAdding, setAdding] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Add an endpoint"
      aside="OpenAI chat completions, or a server that speaks them"
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={isAdding}>Add endpoint</Button>
        </>
      )}
    >
      <EndpointForm id={formId} isAdding={isAdding} setAdding={setAdding} onDone={onClose} />
    </Dialog>
  );
}

interface EndpointFormProps {
  readonly id: string;
  readonly isAdding: boolean;
  readonly setAdding: (isAdding: boolean) => void;
  readonly onDone: () => void;
}

type Wrong = 'name' | 'address' | 'model' | 'ceiling' | 'whole';

function EndpointForm({ id, isAdding, setAdding, onDone }: EndpointFormProps) {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [model, setModel] = useState('');
  const [key, setKey] = useState('');
  const [ceiling, setCeiling] = useState('');
  const [fault, setFault] = useState<{ where: Wrong; text: string } | null>(null);
  const wrong = (where: Wrong): string | null => (fault?.where === where ? fault.text : null);

  const add = async (): Promise<void> => {
    if (name.trim() === '') return setFault({ where: 'name', text: 'It needs a name.' });
    if (address.trim() === '') return setFault({ where: 'address', text: 'It needs an address, such as https://host/v1.' });
    if (model.trim() === '') return setFault({ where: 'model', text: 'Say which model is asked.' });
    if (ceiling.trim() === '') return setFault({ where: 'ceiling', text: 'Say the highest marking that it may be sent.' });
    setAdding(true);
    setFault(null);
    try {
      await call('endpoints.add', {
        name, dialect: 'openai-chat', baseUrl: address.trim(), model, ceiling,
        auth: key === '' ? { kind: 'none' } : { kind: 'bearer', key },
      });
      setKey('');
      await Promise.all(['endpoints.list', 'network.status'].map((route) => queryClient.invalidateQueries({ queryKey: [route] })));
      onDone();
    } catch (error) {
      const where = isEngineError(error, 'endpoint.name-taken') ? 'name' : isEngineError(error, 'endpoint.bad-url') ? 'address' : isEngineError(error, 'policy.bad-marking') ? 'ceiling' : 'whole';
      setFault({ where, text: error instanceof Error ? error.message : String(error) });
    } finally {
      setAdding(false);
    }
  };
  return (
    <form id={id} className={css.form} onSubmit={(event) => { event.preventDefault(); if (!isAdding) void add(); }}>
      <TextField label="Name" size="lg" autoFocus maxLength={120} value={name} onChange={setName} error={wrong('name')} />
      <TextField
        label="Base URL"
        size="lg"
        isMono
        autoComplete="off"
        spellCheck="false"
        value={address}
        onChange={setAddress}
        error={wrong('address')}
        hint="https only, except on this computer itself. Redirects are refused."
      />
      <TextField label="Model" size="lg" isMono autoComplete="off" spellCheck="false" maxLength={300} value={model} onChange={setModel} error={wrong('model')} />
      <PassphraseField label="Key" value={key} onChange={setKey} hint="Kept in the vault and never shown again. Leave it empty where none is needed." />
      <MarkingField
        label="Ceiling"
        value={ceiling}
        onChange={setCeiling}
        error={wrong('ceiling')}
        hint="The highest marking that this service is accredited for. Whatever is above it never leaves this computer for it."
      />
      {wrong('whole') !== null && <Notice kind="danger" live="alert" meaning={wrong('whole')}>The endpoint was not added.</Notice>}
    </form>
  );
}
