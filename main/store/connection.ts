/** The connection that may write: one per database, its transactions immediate. What all connections share is in sqlite.ts. */
import { openSqlite, prepareStatements, setDurability, type OpenOptions, type ReadDb, type SqlValue } from './sqlite.ts';

export { sqliteCode, storeFailure, type OpenOptions, type ReadDb, type SqlValue } from './sqlite.ts';

declare const writeBrand: unique symbol;

/** The one writing connection, inside a transaction. */
export interface WriteDb extends ReadDb {
  readonly [writeBrand]: true;
  readonly run: (sql: string, ...values: SqlValue[]) => { readonly changes: number; readonly rowid: number };
}

export interface OpenDatabase {
  readonly read: ReadDb;
  /** Runs `work` in one immediate transaction; commits when it returns, rolls back when it throws. */
  readonly write: <T>(work: (db: WriteDb) => T) => T;
  /** As `write`, but the commit does not wait for the disk: an end of the system's power may take it back, whole, and what came after it that is no durable commit. */
  readonly writeLazily: <T>(work: (db: WriteDb) => T) => T;
  /** Statements that are not part of a transaction of ours: migrations' own, VACUUM, checkpoints. */
  readonly exec: (sql: string) => void;
  readonly close: () => void;
}

/** Opens a database and checks that its key fits. Throws vault.database-damaged, vault.not-writable or vault.disk-full. `what` names it for people. */
export function openDatabase(options: OpenOptions, what: string): OpenDatabase {
  const db = openSqlite(options, what);
  const { read, statement, guarded, clear } = prepareStatements(db, what);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is for the compiler only
  const write = {
    ...read,
    run: (sql: string, ...values: SqlValue[]): { changes: number; rowid: number } => guarded(() => {
      const result = statement(sql).run(...values);
      return { changes: result.changes, rowid: Number(result.lastInsertRowid) };
    }),
  } as unknown as WriteDb; // the brand is for the compiler only
  const inTransaction = <T>(work: (db: WriteDb) => T): T => {
    guarded(() => db.exec('BEGIN IMMEDIATE'));
    try {
      const result = work(write);
      guarded(() => db.exec('COMMIT'));
      return result;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    read,
    write: inTransaction,
    writeLazily: (work) => {
      setDurability(db, 'lazy');
      try {
        return inTransaction(work);
      } finally {
        setDurability(db, 'durable');
      }
    },
    exec: (sql) => guarded(() => { db.exec(sql); }),
    close: () => {
      clear();
      db.close();
    },
  };
}
