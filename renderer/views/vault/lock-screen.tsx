import KeyRound from 'lucide-react/icons/key-round';
import { useEffect, useState } from 'react';
import type { VaultStatus } from '../../../preload/contract/domains/vault.ts';
import { useEngineState } from '../../lib/engine-state.ts';
import { counted } from '../../lib/format.ts';
import { useShellSettings } from '../../lib/shell-settings.ts';
import { useVaultFace } from '../../lib/vault-status.ts';
import { Button, DetailList, Notice } from '../../ui/index.ts';
import { failedTries, lockedBecause, waitWords } from './lock-words.ts';
import { OtherVaultButton } from './other-vault.tsx';
import { UnlockForm } from './unlock-form.tsx';
import css from './vault.module.css';

/** The locked vault: why and when it was locked, the passphrase, and the ways round it. `status` is undefined while the engine starts. */
export function LockScreen({ status }: { status: VaultStatus | undefined }) {
  const face = useVaultFace();
  const ended = useEngineState((state) => state.ended);
  const idleMinutes = useShellSettings((state) => state.settings?.idleMinutes);
  const [means, setMeans] = useState<'passphrase' | 'recovery-code'>('passphrase');
  const [fault, setFault] = useState<string | null>(null);
  const waitUntil = status?.waitUntil ?? null;
  const now = useNow(waitUntil);
  const waitMs = waitUntil === null ? 0 : Math.max(0, waitUntil - now);
  const known = status ?? face;
  const tries = status === undefined ? null : failedTries(status.failedTries, status.lastFailedAt, now);
  const details = [
    { term: 'Vault', value: vaultWords(known ?? undefined) },
    ...(tries === null ? [] : [{ term: 'Failed tries', value: tries }]),
    ...(waitMs === 0 ? [] : [{ term: 'Next try', value: `in ${waitWords(waitMs)}` }]),
  ];
  return (
    <div className={css.stage}>
      <div className={css.lock}>
        <h1 className={css.title}>Vault locked</h1>
        <p className={css.lead}>{lockedBecause(ended, idleMinutes, now)}</p>
        {ended?.kind === 'crashed' && (
          <div className={css.notice}>
            <Notice kind="danger" live="alert" meaning="Nothing acknowledged is lost. It restarts locked.">The engine stopped.</Notice>
          </div>
        )}
        <UnlockForm key={means} means={means} waitMs={waitMs} />
        <hr className={css.rule} />
        <DetailList size="small" details={details} />
        {fault !== null && <div className={css.notice}><Notice kind="danger" live="alert" meaning={fault}>No other vault was opened.</Notice></div>}
        <div className={css.ways}>
          <Button variant="ghost" icon={KeyRound} onPress={() => setMeans(means === 'passphrase' ? 'recovery-code' : 'passphrase')}>
            {means === 'passphrase' ? 'Use the recovery code' : 'Use the passphrase'}
          </Button>
          <OtherVaultButton onFault={setFault} />
        </div>
      </div>
    </div>
  );
}

function vaultWords(known: { readonly name: string | null; readonly folderName: string; readonly cases: number | null } | undefined): string {
  if (known === undefined) return 'not known until the engine runs';
  const name = known.name ?? known.folderName;
  return known.cases === null ? name : `${name}, ${counted(known.cases, 'case')}`;
}

/** The time now, by the second until `until` has passed, else as it was when last drawn. */
function useNow(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (until === null || until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return now;
}
