/** An open case: its database, its originals, and whoever acts on it. */
import { join } from 'node:path';
import type { CaseId, Marking } from '../../preload/contract/domains/basics.ts';
import { createHlc, type Clock, type Hlc } from '../base/clock.ts';
import { bug } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import { openBlobs, type BlobStore } from './blobs.ts';
import { createCheckpointer } from './checkpointer.ts';
import { openDatabase, type OpenDatabase, type OpenOptions, type ReadDb, type WriteDb } from './connection.ts';
import { nodeCrypto, type CryptoProvider } from './crypto.ts';
import { migrate } from './migrate.ts';
import { caseMigrations } from './migrations/index.ts';
import { lastHlc } from './ops.ts';
import { createPackWriter } from './pack-writer.ts';
import { readHeads } from './projections.ts';
import { readAuditHead } from './tables/audit.ts';

/** Who acts, and from where: ids for ops, names for the audit trail. */
export interface Actor {
  readonly person: { readonly id: string; readonly name: string };
  readonly device: { readonly id: string; readonly name: string };
}

/** A database whose every action leaves an audit record, with what its chain is made of. The vault and each case are one. */
export interface AuditedStore {
  /** Names the chain: the vault's or the case's id. */
  readonly chain: string;
  readonly macKey: Uint8Array;
  readonly crypto: CryptoProvider;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly read: ReadDb;
  /** One transaction that must append exactly one audit record; anything else rolls back. Domain code comes here through audit/. */
  readonly act: <T>(work: (db: WriteDb) => T) => T;
  /** One transaction of bookkeeping that is no action of a person or the program on content: progress of a job, files found. */
  readonly bookkeep: <T>(work: (db: WriteDb) => T) => T;
}

export interface CaseStore extends AuditedStore {
  /** One transaction of what is computed from the evidence and can be computed again. It does not wait for the disk: when the power fails, the last of it may be gone, and then is computed anew. */
  readonly keepComputed: <T>(work: (db: WriteDb) => T) => T;
  readonly id: CaseId;
  /** The case's system-high marking, as it stands: what everything in it counts as until a person marks it otherwise. */
  readonly marking: Marking;
  /** Takes the marking from the ops again, after one changed it. */
  readonly readMarking: () => void;
  readonly blobs: BlobStore;
  readonly nextHlc: () => Hlc;
  /** How a reader in another thread of this process opens the same database (reader.ts). */
  readonly readerOptions: OpenOptions;
  readonly checkpoint: () => void;
  readonly close: () => void;
}

export interface OpenCaseOptions {
  readonly id: CaseId;
  /** What the vault's register says: the case's own ops have the last word. */
  readonly marking: Marking;
  readonly folder: string;
  /** 32 random bytes, from which the case's other keys are derived. */
  readonly caseKey: Uint8Array;
  readonly macKey: Uint8Array;
  readonly crypto: CryptoProvider;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Only for benchmarks that measure what encryption costs: neither database nor originals are encrypted. */
  readonly plaintextForBenchmark?: boolean;
}

/** The two kinds of write over a database, with the rule about audit records enforced at the commit. */
export function writesOf(db: OpenDatabase): Pick<AuditedStore, 'act' | 'bookkeep'> {
  return {
    act: (work) => db.write((write) => {
      const before = readAuditHead(write)?.n ?? 0;
      const result = work(write);
      const after = readAuditHead(write)?.n ?? 0;
      if (after !== before + 1) bug(`an action left ${after - before} audit records`);
      return result;
    }),
    bookkeep: (work) => db.write(work),
  };
}

/** Opens a case, creating or upgrading its database. Throws vault.database-damaged, vault.newer, vault.disk-full or vault.not-writable. */
export function openCaseStore(options: OpenCaseOptions): CaseStore {
  const { id, folder, caseKey, macKey, crypto, actor, clock, ids } = options;
  const salt = Buffer.from(id, 'hex');
  const plain = options.plaintextForBenchmark === true;
  const openOptions: OpenOptions = { file: join(folder, 'case.db'), key: plain ? null : crypto.deriveKey(caseKey, salt, 'redoubt/case/db/v1') };
  const db = openDatabase(openOptions, 'this case');
  try {
    migrate(db, openOptions, caseMigrations, 'this case');
    const checkpointer = createCheckpointer(db, openOptions);
    const folding = (write: OpenDatabase['write']): OpenDatabase['write'] => (work) => {
      const result = write(work);
      checkpointer.committed();
      return result;
    };
    const blobCrypto = plain ? withoutEncryption(crypto) : crypto;
    const blobsFolder = join(folder, 'blobs');
    const blobsKey = crypto.deriveKey(caseKey, salt, 'redoubt/case/blobs/v1');
    // The thread has no other cryptography than this.
    const packs = blobCrypto === nodeCrypto ? createPackWriter(blobsFolder, blobsKey, ids) : null;
    const blobs = { ...openBlobs(blobsFolder, blobsKey, blobCrypto, ids), ...(packs === null ? {} : { writePack: packs.writePack }) };
    const standingMarking = (): Marking => readHeads(db.read, 'case', 'case.marked')[0]?.value.marking ?? options.marking;
    let marking = standingMarking();
    return {
      get marking() {
        return marking;
      },
      readMarking: () => {
        marking = standingMarking();
      },
      id, blobs, chain: id, macKey, crypto, actor, clock, ids,
      read: db.read,
      ...writesOf({ ...db, write: folding(db.write) }),
      keepComputed: folding(db.writeLazily),
      nextHlc: createHlc(clock, lastHlc(db.read)),
      readerOptions: { ...openOptions, readOnly: true },
      checkpoint: () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
      close: () => {
        packs?.close();
        checkpointer.close();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function withoutEncryption(crypto: CryptoProvider): CryptoProvider {
  return { ...crypto, sealWithNonce: (_key, _nonce, plaintext) => Buffer.concat([plaintext, Buffer.alloc(16)]), openWithNonce: (_key, _nonce, sealed) => Buffer.from(sealed.subarray(0, -16)) };
}
