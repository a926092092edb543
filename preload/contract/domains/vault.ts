/** Creating, opening, checking and closing the vault. */
import * as z from 'zod';
import { route } from '../define.ts';
import { policyErrors, vaultErrors } from '../errors.ts';
import { marking, markingText, markingView, nothing, timeMs } from './basics.ts';

/** A passphrase or a recovery code as UTF-8 bytes: it never becomes a string outside the field that it is typed into. */
const secret = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const vaultStatus = z.object({
  state: z.enum(['absent', 'locked', 'open']),
  /** The vault folder's own name, for the lock screen; never the whole path. */
  folderName: z.string(),
  name: z.string().nullable(),
  systemHigh: markingView.nullable(),
  cases: z.number().int().nullable(),
  failedTries: z.number().int(),
  lastFailedAt: timeMs.nullable(),
  /** The next try is refused until then; null when a try may be made at once. */
  waitUntil: timeMs.nullable(),
  person: z.string().nullable(),
  device: z.string().nullable(),
});
export type VaultStatus = z.infer<typeof vaultStatus>;

export const vaultProblem = z.object({ code: z.string(), where: z.string() });
export type VaultProblem = z.infer<typeof vaultProblem>;

export const vaultRoutes = {
  'vault.status': route({ input: nothing, output: vaultStatus, errors: [vaultErrors.slotsDamaged, vaultErrors.newer], whileLocked: true }),
  /** Markings offered for choosing, lowest first, or those of them that `within` may hold; others may be written (`markings.read`). */
  'vault.markings': route({ input: z.strictObject({ within: marking.nullable().default(null) }), output: z.object({ markings: z.array(markingView) }), errors: [], whileLocked: true }),
  /** A fresh recovery code: eight groups of four characters of Crockford's base 32 (160 bits). Nothing keeps it until `vault.create`. */
  'vault.draft-recovery-code': route({ input: nothing, output: z.object({ groups: z.array(z.string()).length(8) }), errors: [], whileLocked: true }),
  'vault.create': route({
    input: z.strictObject({
      name: z.string().trim().min(1).max(120),
      passphrase: secret,
      recoveryCode: z.string(),
      systemHigh: markingText,
      person: z.string().trim().min(1).max(120),
      device: z.string().trim().min(1).max(120),
    }),
    output: vaultStatus,
    errors: [vaultErrors.exists, vaultErrors.emptyPassphrase, vaultErrors.notWritable, vaultErrors.wrongRecoveryCode, policyErrors.badMarking],
    whileLocked: true,
  }),
  'vault.unlock': route({
    input: z.strictObject({ with: z.enum(['passphrase', 'recovery-code']), secret }),
    output: vaultStatus,
    errors: Object.values(vaultErrors),
    whileLocked: true,
  }),
  /** Replaces the passphrase slot; `secret` proves the right to, by the present passphrase or by the recovery code. */
  'vault.change-passphrase': route({
    input: z.strictObject({ with: z.enum(['passphrase', 'recovery-code']), secret, next: secret }),
    output: nothing,
    errors: [vaultErrors.wrongPassphrase, vaultErrors.wrongRecoveryCode, vaultErrors.emptyPassphrase, vaultErrors.waitBeforeRetry, vaultErrors.notWritable],
  }),
  /** Checks slots, databases, blobs, projections and audit chains of the vault and of every case. */
  'vault.verify': route({
    input: nothing,
    progress: z.object({ phase: z.string(), done: z.number(), total: z.number().nullable(), unit: z.string() }),
    output: z.object({ ok: z.boolean(), problems: z.array(vaultProblem) }),
    errors: [],
  }),
};
