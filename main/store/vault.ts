/**
 * The vault: all that one unlock opens. vault.json (key slots), vault.db, cases/<id>/. Keys live in this process only and
 * die with it. Unlocking is the only way to keys; a failed try is written down before it is made.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId, Marking } from '../../preload/contract/domains/basics.ts';
import type { Clock } from '../base/clock.ts';
import { AppError, bug, isAppError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import { readAttempts, waitUntil, writeAttempts } from './attempts.ts';
import { openCaseStore, writesOf, type Actor, type AuditedStore, type CaseStore } from './case-store.ts';
import { openDatabase, type OpenDatabase, type OpenOptions, type WriteDb } from './connection.ts';
import type { CryptoProvider } from './crypto.ts';
import { replaceFile, syncFolder } from './durable-file.ts';
import { migrate } from './migrate.ts';
import { vaultMigrations } from './migrations/index.ts';
import { defaultIterations, openSlots, readSlotFile, sealSlot, writeSlotFile, type SlotFile, type Unlocking } from './slots.ts';
import { insertCase, readCase, type CaseRow } from './tables/cases.ts';
import { readMeta, writeMeta } from './tables/meta.ts';
import { takeVaultLock, type VaultLock } from './vault-lock.ts';

/** What the store needs from outside: injected, so that tests can repeat a run. */
export interface VaultTools {
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly ids: Ids;
  /** PBKDF2 iterations of new slots; tests take fewer. */
  readonly iterations?: number;
  readonly plaintextForBenchmark?: boolean;
}

export interface NewVault {
  readonly name: string;
  readonly passphrase: Uint8Array;
  readonly recoveryCode: string;
  readonly systemHigh: Marking;
  readonly person: string;
  readonly device: string;
}

/** What can be known without a key. */
export interface VaultFace {
  readonly present: boolean;
  readonly name: string | null;
  readonly systemHigh: Marking | null;
  readonly cases: number | null;
  readonly failed: readonly number[];
  readonly waitUntil: number | null;
}

export interface Vault extends AuditedStore {
  readonly name: string;
  readonly systemHigh: Marking;
  /** Failed tries since the unlock before this one, to be put into the trail by who unlocks. */
  readonly failedBefore: readonly number[];
  /** Seals a fresh case key and makes the case's folder; `register` runs in the caller's transaction. */
  readonly newCase: (name: string, marking: Marking) => { readonly row: CaseRow; readonly register: (db: WriteDb) => void };
  /** The open case, opened on first use. Throws case.unknown or what opening throws. */
  readonly case: (id: CaseId) => CaseStore;
  readonly openCases: () => readonly CaseStore[];
  /** Replaces the passphrase slot. Throws as unlockVault does for a wrong secret. */
  readonly changePassphrase: (proof: Unlocking, next: Uint8Array) => Promise<void>;
  readonly close: () => void;
}

const files = (folder: string): { slots: string; db: string; lock: string; attempts: string; creating: string; cases: string } => ({
  slots: join(folder, 'vault.json'),
  db: join(folder, 'vault.db'),
  lock: join(folder, 'vault.lock'),
  attempts: join(folder, 'attempts.json'),
  creating: join(folder, 'vault.creating'),
  cases: join(folder, 'cases'),
});

/** Looks at a vault folder without a key. Throws vault.newer or vault.slots-damaged. */
export function lookAtVault(tools: VaultTools, folder: string): VaultFace {
  const place = files(folder);
  const slots = readSlotFile(tools.crypto, place.slots);
  if (slots === null && existsSync(place.db) && !existsSync(place.creating)) throw new AppError('vault.slots-damaged', 'vault.json is missing beside vault.db, so the vault cannot be opened. Nothing was changed. Restore vault.json from a copy.', { data: { why: 'missing' } });
  const failed = readAttempts(place.attempts);
  return {
    present: slots !== null,
    name: slots?.name ?? null,
    systemHigh: slots?.systemHigh ?? null,
    cases: slots === null || !existsSync(place.cases) ? null : readdirSync(place.cases).length,
    failed,
    waitUntil: waitUntil(failed, tools.clock.nowMs()),
  };
}

/** Creates a vault and opens it. Throws vault.exists, vault.empty-passphrase, vault.wrong-recovery-code, vault.not-writable or vault.in-use. */
export async function createVault(tools: VaultTools, folder: string, fresh: NewVault, record: (vault: Vault) => void): Promise<Vault> {
  const place = files(folder);
  if (lookAtVault(tools, folder).present) throw new AppError('vault.exists', 'There is a vault in this folder already.');
  makeFolder(folder);
  const lock = takeVaultLock(place.lock);
  try {
    if (existsSync(place.creating)) for (const rest of ['', '-wal', '-shm']) rmSync(place.db + rest, { force: true }); // what an earlier creation left when it was cut short
    replaceFile(place.creating, '');
    const id = tools.ids();
    const masterKey = tools.crypto.randomBytes(32);
    const iterations = tools.iterations ?? defaultIterations;
    const slots = [
      await sealSlot(tools.crypto, id, masterKey, { with: 'passphrase', secret: fresh.passphrase }, iterations),
      await sealSlot(tools.crypto, id, masterKey, { with: 'recovery-code', secret: Buffer.from(fresh.recoveryCode) }, iterations),
    ];
    const description = { format: 'redoubt-vault' as const, version: 1, id, name: fresh.name, systemHigh: fresh.systemHigh, createdAt: tools.clock.nowMs(), slots };
    const db = openVaultDatabase(tools, folder, id, masterKey);
    db.write((write) => {
      writeMeta(write, 'person', JSON.stringify({ id: tools.ids(), name: fresh.person }));
      writeMeta(write, 'device', JSON.stringify({ id: tools.ids(), name: fresh.device }));
    });
    const vault = vaultOver(tools, folder, { ...description, checksum: '' }, masterKey, db, lock, []);
    masterKey.fill(0);
    record(vault);
    mkdirSync(place.cases, { recursive: true, mode: 0o700 });
    writeSlotFile(tools.crypto, place.slots, description);
    rmSync(place.creating);
    syncFolder(folder);
    return vault;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Opens a vault. Throws vault.absent, vault.wait-before-retry (data.until), vault.wrong-passphrase or vault.wrong-recovery-code
 * (data.failed, data.until), vault.in-use, vault.newer, vault.slots-damaged, vault.database-damaged.
 */
export async function unlockVault(tools: VaultTools, folder: string, unlocking: Unlocking): Promise<Vault> {
  const place = files(folder);
  const slots = readSlotFile(tools.crypto, place.slots);
  if (slots === null) {
    lookAtVault(tools, folder);
    throw new AppError('vault.absent', 'There is no vault in this folder.');
  }
  const lock = takeVaultLock(place.lock);
  try {
    const failedBefore = readAttempts(place.attempts);
    const masterKey = await tryUnlock(tools, folder, slots, unlocking);
    const db = openVaultDatabase(tools, folder, slots.id, masterKey);
    const vault = vaultOver(tools, folder, slots, masterKey, db, lock, failedBefore);
    masterKey.fill(0);
    return vault;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Forgets the failed tries: called once they are in the trail. */
export function forgetAttempts(folder: string): void {
  const file = files(folder).attempts;
  if (existsSync(file)) writeAttempts(file, []);
}

/** The master key. A try is counted before it is made, and uncounted when it succeeds by the caller's forgetAttempts. */
async function tryUnlock(tools: VaultTools, folder: string, slots: SlotFile, unlocking: Unlocking): Promise<Buffer> {
  const file = files(folder).attempts;
  const failed = readAttempts(file);
  const now = tools.clock.nowMs();
  const until = waitUntil(failed, now);
  if (until !== null) throw new AppError('vault.wait-before-retry', `Too many failed tries. The next is possible in ${Math.ceil((until - now) / 1000)} s.`, { data: { until, failed: failed.length } });
  const counted = [...failed, now];
  writeAttempts(file, counted);
  const masterKey = await openSlots(tools.crypto, slots, unlocking);
  if (masterKey !== null) {
    writeAttempts(file, failed);
    return masterKey;
  }
  const data = { failed: counted.length, until: waitUntil(counted, now) };
  throw unlocking.with === 'passphrase'
    ? new AppError('vault.wrong-passphrase', 'This passphrase does not open the vault.', { data })
    : new AppError('vault.wrong-recovery-code', 'This recovery code does not open the vault.', { data });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError('vault.not-writable', 'The vault folder cannot be made here.', { cause });
  }
}

function openVaultDatabase(tools: VaultTools, folder: string, id: string, masterKey: Uint8Array): OpenDatabase {
  const options: OpenOptions = { file: files(folder).db, key: tools.crypto.deriveKey(masterKey, Buffer.from(id, 'hex'), 'redoubt/vault/db/v1'), cacheMb: 8 };
  const db = openDatabase(options, 'the vault');
  try {
    migrate(db, options, vaultMigrations, 'the vault');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readActor(db: OpenDatabase): Actor {
  const parse = (key: string): { id: string; name: string } => {
    const text = readMeta(db.read, key);
    if (text === null) throw new AppError('vault.database-damaged', 'The database of the vault is incomplete. Nothing was changed.', { data: { what: key } });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by createVault alone
    const value = JSON.parse(text) as { id: string; name: string };
    return { id: value.id, name: value.name };
  };
  return { person: parse('person'), device: parse('device') };
}

function vaultOver(tools: VaultTools, folder: string, slots: SlotFile, masterKey: Uint8Array, db: OpenDatabase, lock: VaultLock, failedBefore: readonly number[]): Vault {
  const { crypto, clock, ids } = tools;
  const salt = Buffer.from(slots.id, 'hex');
  const keybagKey = crypto.deriveKey(masterKey, salt, 'redoubt/vault/keybag/v1');
  const auditKey = crypto.deriveKey(masterKey, salt, 'redoubt/vault/audit/v1');
  const actor = readActor(db);
  const open = new Map<CaseId, CaseStore>();
  const caseFolder = (id: CaseId): string => join(files(folder).cases, id);
  const boundTo = (id: CaseId): Uint8Array => Buffer.from(`redoubt/case-key/v1/${slots.id}/${id}`);

  const storeOf = (id: CaseId, marking: Marking, caseKey: Uint8Array): CaseStore => openCaseStore({
    id, marking, folder: caseFolder(id), caseKey, macKey: crypto.deriveKey(auditKey, Buffer.from(id, 'hex'), 'redoubt/audit/v1'),
    crypto, actor, clock, ids, plaintextForBenchmark: tools.plaintextForBenchmark ?? false,
  });

  const openCase = (id: CaseId): CaseStore => {
    const known = open.get(id);
    if (known !== undefined) return known;
    const row = readCase(db.read, id);
    if (row === null) throw new AppError('case.unknown', 'There is no such case.', { data: { case: id } });
    const caseKey = crypto.open(keybagKey, row.key, boundTo(id));
    if (caseKey === null) throw new AppError('vault.database-damaged', 'The key of this case is damaged. Nothing was changed.', { data: { case: id } });
    if (!existsSync(join(caseFolder(id), 'case.db'))) throw new AppError('vault.database-damaged', 'The database of this case is missing. Nothing was changed.', { data: { case: id } });
    const store = storeOf(id, row.marking, caseKey);
    caseKey.fill(0);
    open.set(id, store);
    return store;
  };

  return {
    name: slots.name,
    systemHigh: slots.systemHigh,
    chain: slots.id,
    macKey: crypto.deriveKey(auditKey, salt, 'redoubt/audit/v1'),
    crypto, actor, clock, ids, failedBefore,
    read: db.read,
    ...writesOf(db),
    newCase: (name, marking) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a fresh id under its brand
      const id = ids() as CaseId;
      const caseKey = crypto.randomBytes(32);
      const row: CaseRow = { id, name, marking, archived: false, createdAt: clock.nowMs(), key: crypto.seal(keybagKey, caseKey, boundTo(id)) };
      mkdirSync(caseFolder(id), { recursive: true, mode: 0o700 });
      const store = storeOf(id, marking, caseKey);
      caseKey.fill(0);
      syncFolder(files(folder).cases);
      return { row, register: (write) => { insertCase(write, row); open.set(id, store); } };
    },
    case: openCase,
    openCases: () => [...open.values()],
    changePassphrase: async (proof, next) => {
      const present = readSlotFile(crypto, files(folder).slots);
      if (present === null) return bug('vault.json vanished under an open vault');
      const key = await tryUnlock(tools, folder, present, proof);
      try {
        const slot = await sealSlot(crypto, present.id, key, { with: 'passphrase', secret: next }, tools.iterations ?? defaultIterations);
        const check = await openSlots(crypto, { ...present, slots: [slot] }, { with: 'passphrase', secret: next });
        if (check === null || !crypto.equal(check, key)) bug('a fresh slot does not open');
        const { checksum: _old, ...rest } = present;
        writeSlotFile(crypto, files(folder).slots, { ...rest, slots: [slot, ...present.slots.filter((entry) => entry.type !== 'passphrase')] });
      } finally {
        key.fill(0);
      }
    },
    close: () => {
      for (const store of open.values()) store.close();
      open.clear();
      db.close();
      keybagKey.fill(0);
      auditKey.fill(0);
      lock.release();
    },
  };
}

/** Every case of the vault that can be opened, and the failures of those that cannot. */
export function openEveryCase(vault: Vault, ids: readonly CaseId[]): { readonly stores: readonly CaseStore[]; readonly failures: readonly { readonly case: CaseId; readonly error: AppError }[] } {
  const stores: CaseStore[] = [];
  const failures: { case: CaseId; error: AppError }[] = [];
  for (const id of ids) {
    try {
      stores.push(vault.case(id));
    } catch (error) {
      if (!isAppError(error)) throw error;
      failures.push({ case: id, error });
    }
  }
  return { stores, failures };
}
