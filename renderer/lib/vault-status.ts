/** The state of the vault, and what of it may still be shown while no engine answers. */
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { VaultStatus } from '../../preload/contract/domains/vault.ts';
import { useEngineState } from './engine-state.ts';
import { useRoute } from './queries.ts';

/** The part of the status that the lock screen shows anyway: it outlives the engine that told it. */
export type VaultFace = Pick<VaultStatus, 'name' | 'folderName' | 'systemHigh' | 'cases'>;

/** `undefined` before the first status: not even known whether there is a vault. */
interface FaceState {
  readonly face: VaultFace | null | undefined;
}

const useFace = create<FaceState>(() => ({ face: undefined }));

/** The status as the engine tells it; waits for a port while there is none. */
export function useVaultStatus(): UseQueryResult<VaultStatus, Error> {
  return useRoute('vault.status', {});
}

/** Keeps the vault's face up to date; the window calls it once. A vault that was exchanged for another has no known face. */
export function useKeptVaultFace(status: VaultStatus | undefined): void {
  const ended = useEngineState((state) => state.ended);
  const isExchanged = ended?.kind === 'locked' && ended.reason === 'vault-changed';
  useEffect(() => {
    if (status !== undefined) {
      const { name, folderName, systemHigh, cases } = status;
      useFace.setState({ face: status.state === 'absent' ? null : { name, folderName, systemHigh, cases } });
    } else if (isExchanged) {
      useFace.setState({ face: undefined });
    }
  }, [status, isExchanged]);
}

/** The last known face of the vault; null where there is no vault, undefined before that is known. */
export function useVaultFace(): VaultFace | null | undefined {
  return useFace((state) => state.face);
}
