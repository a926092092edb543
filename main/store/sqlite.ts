/**
 * What every connection shares: the cipher and the settings, set here and read back, and the reading half of a connection. The
 * writing half is connection.ts, which reading threads cannot reach. Settings and their reasons: DESIGN.md "Store".
 */
import Database from 'better-sqlite3';
import { AppError, bug, isAppError } from '../base/errors.ts';

declare const readBrand: unique symbol;

export type SqlValue = string | number | bigint | Uint8Array | null;

/** A connection that can only be read through. Rows come back unparsed: tables/ parses them. */
export interface ReadDb {
  readonly [readBrand]: true;
  readonly get: (sql: string, ...values: SqlValue[]) => unknown;
  readonly all: (sql: string, ...values: SqlValue[]) => unknown[];
  readonly iterate: (sql: string, ...values: SqlValue[]) => IterableIterator<unknown>;
}

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes; null opens without encryption, which only benchmarks and the vault's lock file do. */
  readonly key: Uint8Array | null;
  readonly readOnly?: boolean;
  /** Page cache in MiB. */
  readonly cacheMb?: number;
}

const pageBytes = 16_384;

function expectPragma(db: Database.Database, name: string, expected: string | number): void {
  const value: unknown = db.pragma(name, { simple: true });
  if (value !== expected) bug(`pragma ${name} is ${String(value)}, not ${String(expected)}`);
}

/** Whether commits of a writing connection are on disk when they return (synchronous=FULL), or when the next durable one is (NORMAL): the log stays whole either way. Not within a transaction. */
export function setDurability(db: Database.Database, commits: 'durable' | 'lazy'): void {
  db.pragma(`synchronous=${commits === 'durable' ? 'FULL' : 'NORMAL'}`);
  expectPragma(db, 'synchronous', commits === 'durable' ? 2 : 1);
}

function setUp(db: Database.Database, options: OpenOptions): void {
  if (options.key !== null) {
    db.pragma("cipher='sqlcipher'");
    db.pragma('legacy=4');
    db.pragma(`legacy_page_size=${pageBytes}`);
    const raw = Buffer.from(`raw:${Buffer.from(options.key).toString('hex')}`);
    db.key(raw); // a Buffer, so that the key is in no SQL text
    raw.fill(0);
  } else if (options.readOnly !== true) {
    db.pragma(`page_size=${pageBytes}`);
  }
  db.pragma('temp_store=MEMORY'); // the build's default spills plaintext to temporary files
  db.pragma('trusted_schema=OFF');
  db.pragma('cell_size_check=ON');
  db.pragma('mmap_size=0');
  db.pragma('foreign_keys=ON');
  db.pragma('busy_timeout=5000');
  db.pragma(`cache_size=${-1024 * (options.cacheMb ?? 64)}`);
  if (options.readOnly === true) db.pragma('query_only=ON');
  else {
    db.pragma('journal_mode=WAL');
    setDurability(db, 'durable');
    db.pragma('checkpoint_fullfsync=ON');
    db.pragma('secure_delete=ON');
    expectPragma(db, 'journal_mode', 'wal');
    expectPragma(db, 'secure_delete', 1);
  }
  expectPragma(db, 'temp_store', 2);
  expectPragma(db, 'trusted_schema', 0);
  expectPragma(db, 'cell_size_check', 1);
  expectPragma(db, 'foreign_keys', 1);
  if (options.readOnly === true) expectPragma(db, 'query_only', 1);
}

/** The SQLite result code of an error from the driver (SQLITE_NOTADB, SQLITE_FULL ...), or null. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null;
}

/**
 * True for a failure that is of what was to be written, so that something else can still be written: anything but a failure with a code of
 * ours, of a system call, or of the database as a whole (a full or damaged disk, a lock, want of memory).
 */
export function isDataFault(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code !== null) return /^SQLITE_(?:CONSTRAINT|TOOBIG|MISMATCH|RANGE|ERROR)/.test(code);
  return error instanceof Error && !isAppError(error) && !('syscall' in error);
}

/** Turns a driver failure into one with a code of ours; rethrows what is already ours. `what` names the database without its path. */
export function storeFailure(error: unknown, what: string): never {
  const code = sqliteCode(error);
  if (code === null) throw error;
  if (code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_WRITE') throw new AppError('vault.disk-full', 'The disk is full. Nothing acknowledged is lost; what was being saved is not saved.', { data: { what, sqlite: code } });
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) throw new AppError('vault.database-damaged', `The database of ${what} is damaged. Nothing was changed.`, { data: { what, sqlite: code } });
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) throw new AppError('vault.not-writable', `The database of ${what} cannot be written.`, { data: { what, sqlite: code } });
  throw error;
}

/** The driver's handle, set up, its key checked. Throws vault.database-damaged, vault.not-writable or vault.disk-full. */
export function openSqlite(options: OpenOptions, what: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(options.file, { readonly: options.readOnly ?? false, fileMustExist: options.readOnly ?? false });
    setUp(db, options);
    db.prepare('SELECT count(*) FROM sqlite_master').get(); // a wrong key shows only when a page is read
    return db;
  } catch (error) {
    db?.close();
    return storeFailure(error, what);
  }
}

/** The statements of a handle, each prepared once, with failures that carry a code of ours. */
export interface Statements {
  readonly read: ReadDb;
  readonly statement: (sql: string) => Database.Statement;
  readonly guarded: <T>(work: () => T) => T;
  readonly clear: () => void;
}

/** Wraps a handle for reading. */
export function prepareStatements(db: Database.Database, what: string): Statements {
  const statements = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    let known = statements.get(sql);
    if (known === undefined) {
      known = db.prepare(sql);
      statements.set(sql, known);
    }
    return known;
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      return storeFailure(error, what);
    }
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is for the compiler only
  const read = {
    get: (sql: string, ...values: SqlValue[]): unknown => guarded(() => statement(sql).get(...values)),
    all: (sql: string, ...values: SqlValue[]): unknown[] => guarded(() => statement(sql).all(...values)),
    iterate: (sql: string, ...values: SqlValue[]): IterableIterator<unknown> => guarded(() => db.prepare(sql).iterate(...values)),
  } as unknown as ReadDb; // the brand is for the compiler only
  return { read, statement, guarded, clear: () => statements.clear() };
}
