import { isEngineError } from '../../lib/client.ts';
import { useEngineState } from '../../lib/engine-state.ts';
import { useVaultFace, useVaultStatus } from '../../lib/vault-status.ts';
import { FirstRun } from './first-run.tsx';
import { LockScreen } from './lock-screen.tsx';
import { Opening } from './opening.tsx';
import { Trouble } from './trouble.tsx';

/** The way into a vault: made on the first run, unlocked later, or told what is in the way. Shown while no vault is open here. */
export function VaultView() {
  const ended = useEngineState((state) => state.ended);
  const connected = useEngineState((state) => state.connected);
  const settingUp = useEngineState((state) => state.settingUp);
  const status = useVaultStatus();
  const face = useVaultFace();
  if (ended?.kind === 'given-up' && !connected) return <Trouble kind="given-up" at={ended.at} />;
  // A port that was replaced fails what was asked over it; the question is asked again by itself.
  if (status.error !== null && !isEngineError(status.error, 'bridge.closed')) return <Trouble kind="fault" error={status.error} />;
  const isAbsent = status.data?.state === 'absent';
  if (settingUp || isAbsent) return <FirstRun folderName={status.data?.folderName ?? ''} />;
  if (status.data === undefined && (face === null || face === undefined) && ended?.kind !== 'crashed') return <Opening />;
  return <LockScreen status={status.data} />;
}
