/**
 * Key slots, as LUKS has them: each wraps the same random master key under its own secret, so that a passphrase can change
 * without touching data. The slot file is public: losing it loses the vault, reading it tells nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { fromBase32 } from '../base/bytes.ts';
import { AppError } from '../base/errors.ts';
import { canonicalJson } from '../base/json.ts';
import type { CryptoProvider } from './crypto.ts';
import { replaceFile } from './durable-file.ts';
import { marking } from '../../preload/contract/domains/basics.ts';

/** Iterations of PBKDF2-HMAC-SHA-512 for a new passphrase slot (OWASP's figure is 210,000; DESIGN.md asks for more). */
export const defaultIterations = 600_000;

/** The newest slot file that this program reads. */
export const slotFileVersion = 1;

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const wrapped = z.strictObject({ nonce: hex, ciphertext: hex, tag: hex });
const slot = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('passphrase'), salt: hex, iterations: z.number().int().min(1000).max(100_000_000), wrapped }),
  z.strictObject({ type: z.literal('recovery'), salt: hex, wrapped }),
]);
export type Slot = z.infer<typeof slot>;

const slotFile = z.strictObject({
  format: z.literal('redoubt-vault'),
  version: z.number().int(),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  systemHigh: marking,
  createdAt: z.number().int(),
  slots: z.array(slot).min(1),
  /** SHA-384 over everything above, to tell damage from a wrong passphrase. It protects against accidents only. */
  checksum: hex,
});
export type SlotFile = z.infer<typeof slotFile>;

/** What opens a slot. `secret` is UTF-8. */
export interface Unlocking {
  readonly with: 'passphrase' | 'recovery-code';
  readonly secret: Uint8Array;
}

function checksumOf(crypto: CryptoProvider, file: object): string {
  return crypto.sha384(canonicalJson(file)).toString('hex');
}

const damaged = (why: string): AppError => new AppError('vault.slots-damaged', 'The vault file is damaged, so the vault cannot be opened. Nothing was changed. Restore vault.json from a copy.', { data: { why } });

/** Reads the slot file; null when there is none. Throws vault.newer or vault.slots-damaged and changes nothing. */
export function readSlotFile(crypto: CryptoProvider, file: string): SlotFile | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('vault.slots-damaged', damaged('not-json').message, { data: { why: 'not-json' }, cause });
  }
  const version = z.object({ format: z.literal('redoubt-vault'), version: z.number() }).safeParse(json);
  if (version.success && version.data.version > slotFileVersion) throw new AppError('vault.newer', 'This vault was made by a newer Redoubt. Open it with that version.', { data: { version: version.data.version, known: slotFileVersion } });
  const parsed = slotFile.safeParse(json);
  if (!parsed.success) throw damaged('shape');
  // Over the file as it was written: parsing brings older forms of a marking up to date.
  const { checksum, ...written } = z.looseObject({ checksum: hex }).parse(json);
  if (checksumOf(crypto, written) !== checksum) throw damaged('checksum');
  return parsed.data;
}

/** Writes the slot file as a whole, with its checksum. */
export function writeSlotFile(crypto: CryptoProvider, file: string, content: Omit<SlotFile, 'checksum'>): SlotFile {
  const whole = { ...content, checksum: checksumOf(crypto, content) };
  replaceFile(file, `${JSON.stringify(whole, null, 2)}\n`);
  return whole;
}

/** What a slot's sealing is bound to: a slot cannot be moved to another vault or pass for another kind. */
function associatedData(vault: string, entry: Omit<Slot, 'wrapped'>): Uint8Array {
  return Buffer.from(canonicalJson({ vault, ...entry }));
}

async function slotKey(crypto: CryptoProvider, vault: string, entry: Omit<Slot, 'wrapped'>, secret: Uint8Array): Promise<Buffer> {
  const salt = Buffer.from(entry.salt, 'hex');
  const factor = entry.type === 'passphrase'
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type was compared on the same line
    ? await crypto.stretch(secret, salt, (entry as Extract<Slot, { type: 'passphrase' }>).iterations)
    : Buffer.from(secret); // 160 random bits need no stretching
  const key = crypto.deriveKey(factor, Buffer.concat([Buffer.from(vault, 'hex'), salt]), `redoubt/slot/v1/${entry.type}`);
  factor.fill(0);
  return key;
}

/** The 20 bytes of a recovery code as people type it; null when it is not one. */
export function recoverySecret(code: string): Uint8Array | null {
  const bytes = fromBase32(code);
  return bytes?.length === 20 ? bytes : null;
}

/** The slot's secret bytes: a passphrase as it is (NFC, so that every keyboard gives the same), a recovery code decoded; null for a code that is none. */
function secretBytes(unlocking: Unlocking): Uint8Array | null {
  const text = Buffer.from(unlocking.secret).toString('utf8');
  return unlocking.with === 'passphrase' ? Buffer.from(text.normalize('NFC')) : recoverySecret(text);
}

/** A new slot that wraps the master key under the secret. Throws vault.empty-passphrase or vault.wrong-recovery-code. */
export async function sealSlot(crypto: CryptoProvider, vault: string, masterKey: Uint8Array, unlocking: Unlocking, iterations: number): Promise<Slot> {
  const secret = secretBytes(unlocking);
  if (secret === null) throw new AppError('vault.wrong-recovery-code', 'This is not a recovery code: eight groups of four letters and digits.');
  if (secret.length === 0) throw new AppError('vault.empty-passphrase', 'The passphrase is empty.');
  const salt = crypto.randomBytes(32).toString('hex');
  const entry = unlocking.with === 'passphrase' ? { type: 'passphrase' as const, salt, iterations } : { type: 'recovery' as const, salt };
  const key = await slotKey(crypto, vault, entry, secret);
  const sealed = crypto.seal(key, masterKey, associatedData(vault, entry));
  key.fill(0);
  const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return { ...entry, wrapped: { nonce: hexOf(sealed.nonce), ciphertext: hexOf(sealed.ciphertext), tag: hexOf(sealed.tag) } };
}

/** The master key, or null when the secret opens no slot of its kind. */
export async function openSlots(crypto: CryptoProvider, file: SlotFile, unlocking: Unlocking): Promise<Buffer | null> {
  const secret = secretBytes(unlocking);
  if (secret === null || secret.length === 0) return null;
  const type = unlocking.with === 'passphrase' ? 'passphrase' : 'recovery';
  for (const candidate of file.slots) {
    if (candidate.type !== type) continue;
    const { wrapped: box, ...entry } = candidate;
    const key = await slotKey(crypto, file.id, entry, secret);
    const opened = crypto.open(key, { nonce: Buffer.from(box.nonce, 'hex'), ciphertext: Buffer.from(box.ciphertext, 'hex'), tag: Buffer.from(box.tag, 'hex') }, associatedData(file.id, entry));
    key.fill(0);
    if (opened !== null) return opened;
  }
  return null;
}
