/** One process at a time has a vault open. The operating system drops the lock with the process, however it ends. */
import Database from 'better-sqlite3';
import { AppError } from '../base/errors.ts';
import { sqliteCode, storeFailure } from './connection.ts';

export interface VaultLock {
  readonly release: () => void;
}

/** Takes the lock. Throws vault.in-use when another process has it. The file is an empty database: SQLite's own file locks work alike on every platform. */
export function takeVaultLock(file: string): VaultLock {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: 0 });
    db.pragma('locking_mode=EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) throw new AppError('vault.in-use', 'This vault is open in another Redoubt. Close it there first.', { cause: error });
    return storeFailure(error, 'the vault lock');
  }
  const held = db;
  return { release: () => { held.close(); } };
}
