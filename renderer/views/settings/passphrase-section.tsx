import { type SubmitEvent, useRef, useState } from 'react';
import { call, isEngineError } from '../../lib/client.ts';
import { isGoodPassphrase, NewPassphraseFields, noPassphrase } from '../../lib/new-passphrase.tsx';
import { usePassphraseStrength } from '../../lib/passphrase-strength.ts';
import { withSecretBytes } from '../../lib/secret-bytes.ts';
import { Button, Notice, PassphraseField, Segmented, TextField } from '../../ui/index.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

type Means = 'passphrase' | 'recovery-code';
const meansChoices = [{ id: 'passphrase', text: 'Present passphrase' }, { id: 'recovery-code', text: 'Recovery code' }] as const;

/** Replaces the passphrase. The form is opened first, so that no secret field stands about. */
export function PassphraseSection() {
  const [isOpen, setOpen] = useState(false);
  const [isChanged, setChanged] = useState(false);
  return (
    <Section title="Passphrase" lead="The recovery code stays as it is.">
      {isChanged && !isOpen && <Notice kind="ok" live="status">The passphrase was changed. The one before opens nothing any more.</Notice>}
      {isOpen
        ? <ChangeForm onDone={() => { setChanged(true); setOpen(false); }} onCancel={() => setOpen(false)} />
        : <div><Button onPress={() => { setChanged(false); setOpen(true); }}>Change the passphrase</Button></div>}
    </Section>
  );
}

function ChangeForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const [means, setMeans] = useState<Means>('passphrase');
  const [proof, setProof] = useState('');
  const [next, setNext] = useState(noPassphrase);
  const [isTrying, setTrying] = useState(false);
  const [fault, setFault] = useState<{ text: string; isProof: boolean } | null>(null);
  const proofField = useRef<HTMLInputElement>(null);
  const { strength, fault: strengthFault } = usePassphraseStrength(next.first);
  const isReady = proof !== '' && isGoodPassphrase(next, strength) && !isTrying;
  const change = async (): Promise<void> => {
    setTrying(true);
    setFault(null);
    try {
      await withSecretBytes(proof, (secret) => withSecretBytes(next.first, (bytes) => call('vault.change-passphrase', { with: means, secret, next: bytes })));
      onDone();
    } catch (error) {
      const isProof = isEngineError(error, 'vault.wrong-passphrase', 'vault.wrong-recovery-code');
      setFault({ text: error instanceof Error ? error.message : String(error), isProof });
      setTrying(false);
      if (isProof) {
        proofField.current?.focus();
        proofField.current?.select();
      }
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady) void change();
  };
  const proofError = fault?.isProof === true ? fault.text : null;
  return (
    <form className={css.form} onSubmit={submit}>
      <div className={css.line}>
        <span>Prove it by</span>
        <Segmented label="Prove it by" segments={meansChoices} value={means} onChange={(chosen) => { setMeans(chosen); setProof(''); setFault(null); }} />
      </div>
      {means === 'passphrase'
        ? <PassphraseField label="Present passphrase" value={proof} onChange={setProof} error={proofError} inputRef={proofField} autoFocus isReadOnly={isTrying} />
        : <TextField label="Recovery code" size="lg" isMono autoComplete="off" spellCheck="false" value={proof} onChange={setProof} error={proofError} inputRef={proofField} isReadOnly={isTrying} />}
      <NewPassphraseFields label="New passphrase" value={next} onChange={setNext} strength={strength} fault={strengthFault} />
      {fault !== null && !fault.isProof && <Notice kind="danger" live="alert" meaning={fault.text}>The passphrase was not changed.</Notice>}
      <p className={css.quiet} role="status">{isTrying && 'Deriving the keys. This takes a second or two.'}</p>
      <div className={css.actions}>
        <Button type="submit" variant="primary" isDisabled={!isReady}>Change the passphrase</Button>
        <Button variant="ghost" onPress={onCancel} isDisabled={isTrying}>Cancel</Button>
      </div>
    </form>
  );
}
