import { type SubmitEvent, useRef, useState } from 'react';
import { call, isEngineError } from '../../lib/client.ts';
import { useEngineState } from '../../lib/engine-state.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { withSecretBytes } from '../../lib/secret-bytes.ts';
import { toasts } from '../../lib/toasts.ts';
import { Button, Notice, PassphraseField, TextField } from '../../ui/index.ts';
import { waitWords } from './lock-words.ts';
import css from './vault.module.css';

/** Props of UnlockForm. While `waitMs` is above 0 no try may be made. */
export interface UnlockFormProps {
  readonly means: 'passphrase' | 'recovery-code';
  readonly waitMs: number;
}

interface Fault {
  readonly text: string;
  /** True when what was typed is wrong; else something is in the way of trying. */
  readonly isTyped: boolean;
}

/** Unlocks by passphrase or recovery code. A wrong one stays in its field, selected, and says so beneath. */
export function UnlockForm({ means, waitMs }: UnlockFormProps) {
  const [typed, setTyped] = useState('');
  const [isTrying, setTrying] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isConnected = useEngineState((state) => state.connected);
  const canTry = isConnected && !isTrying && waitMs === 0;
  const isPassphrase = means === 'passphrase';

  const unlock = async (): Promise<void> => {
    setTrying(true);
    setFault(null);
    try {
      const status = await withSecretBytes(typed, (secret) => call('vault.unlock', { with: means, secret }));
      setTyped('');
      queryClient.setQueryData(keyOf('vault.status', {}), status);
      void queryClient.invalidateQueries();
      if (!isPassphrase) {
        toasts.show({ text: 'Unlocked with the recovery code', action: { text: 'Set a new passphrase', run: () => useNavigation.getState().goTo('settings') } });
      }
    } catch (error) {
      const isTyped = isEngineError(error, 'vault.wrong-passphrase', 'vault.wrong-recovery-code');
      setFault({ text: error instanceof Error ? error.message : String(error), isTyped });
      void queryClient.invalidateQueries({ queryKey: ['vault.status'] });
      setTrying(false);
      field.current?.focus();
      field.current?.select();
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (typed !== '' && canTry) void unlock();
  };
  const shared = { value: typed, onChange: setTyped, inputRef: field, autoFocus: true, isReadOnly: isTrying, error: fault?.isTyped === true ? fault.text : null };
  return (
    <form onSubmit={submit}>
      {isPassphrase
        ? <PassphraseField label="Passphrase" {...shared} />
        : <TextField label="Recovery code" size="lg" isMono autoComplete="off" spellCheck="false" hint="Eight groups of four. Spaces, dashes and case do not matter." {...shared} />}
      <div className={css.unlock}>
        <Button type="submit" variant="primary" size="xl" isWide keys={['Enter']} isDisabled={!canTry}>
          {waitMs > 0 ? `Wait ${waitWords(waitMs)}` : 'Unlock'}
        </Button>
      </div>
      <p className={css.trying} role="status">{isTrying ? 'Deriving the key, then opening the database. This takes a second or two.' : !isConnected && 'The engine is starting.'}</p>
      {fault !== null && !fault.isTyped && <Notice kind="danger" live="alert">{fault.text}</Notice>}
    </form>
  );
}
