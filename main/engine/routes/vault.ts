import { basename } from 'node:path';
import type { VaultStatus } from '../../../preload/contract/domains/vault.ts';
import { audited } from '../../audit/index.ts';
import { toBase32 } from '../../base/bytes.ts';
import { dominates, offeredMarkings, toMarking, viewMarking } from '../../policy/index.ts';
import { createVault, forgetAttempts, lookAtVault, unlockVault, type Vault } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';
import { verifyVault } from './verify.ts';

/** Handlers of creating, opening and checking the vault. */
export function vaultHandlers(context: EngineContext): Pick<Handlers, 'vault.status' | 'vault.markings' | 'vault.draft-recovery-code' | 'vault.create' | 'vault.unlock' | 'vault.change-passphrase' | 'vault.verify'> {
  const { tools, vaultFolder } = context;

  const status = (): VaultStatus => {
    const face = lookAtVault(tools, vaultFolder);
    const open = context.isOpen() ? context.vault() : null;
    return {
      state: open !== null ? 'open' : face.present ? 'locked' : 'absent',
      folderName: basename(vaultFolder),
      name: face.name,
      systemHigh: face.systemHigh === null ? null : viewMarking(face.systemHigh),
      cases: face.cases,
      failedTries: face.failed.length,
      lastFailedAt: face.failed.at(-1) ?? null,
      waitUntil: face.waitUntil,
      person: open?.actor.person.name ?? null,
      device: open?.actor.device.name ?? null,
    };
  };

  /** Puts what happened while locked into the trail, then the unlock itself. */
  const recordUnlock = (vault: Vault, how: string): void => {
    const marking = vault.systemHigh;
    for (const at of vault.failedBefore) {
      audited(vault, () => undefined, () => ({ action: 'vault.unlock', objects: [vault.chain], marking, outcome: 'refused', detail: { at } }));
    }
    audited(vault, () => undefined, () => ({ action: 'vault.unlock', objects: [vault.chain], marking, detail: { with: how, failedBefore: vault.failedBefore.length } }));
  };

  return {
    'vault.status': status,
    'vault.markings': ({ within }) => ({ markings: offeredMarkings().filter((view) => within === null || dominates(within, view.marking)) }),
    'vault.draft-recovery-code': () => {
      const code = toBase32(tools.crypto.randomBytes(20));
      return { groups: Array.from({ length: 8 }, (_, group) => code.slice(group * 4, group * 4 + 4)) };
    },
    'vault.create': async ({ name, passphrase, recoveryCode, systemHigh: highest, person, device }) => {
      const systemHigh = toMarking(highest);
      const vault = await createVault(tools, vaultFolder, { name, passphrase, recoveryCode, systemHigh, person, device }, (fresh) => {
        audited(fresh, () => undefined, () => ({ action: 'vault.created', objects: [fresh.chain], marking: systemHigh }));
      });
      passphrase.fill(0);
      context.setVault(vault);
      return status();
    },
    'vault.unlock': async ({ with: how, secret }) => {
      if (context.isOpen()) return status();
      const vault = await unlockVault(tools, vaultFolder, { with: how, secret });
      secret.fill(0);
      recordUnlock(vault, how);
      forgetAttempts(vaultFolder);
      context.setVault(vault);
      return status();
    },
    'vault.change-passphrase': async ({ with: how, secret, next }) => {
      const vault = context.vault();
      await vault.changePassphrase({ with: how, secret }, next);
      secret.fill(0);
      next.fill(0);
      audited(vault, () => undefined, () => ({ action: 'vault.passphrase-changed', objects: [vault.chain], marking: vault.systemHigh, detail: { with: how } }));
      return {};
    },
    'vault.verify': (_input, { progress, signal }) => verifyVault(context, progress, signal),
  };
}
