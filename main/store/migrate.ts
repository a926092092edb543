/** Brings a database to the newest schema: each step and its version bump share one transaction, a verified copy comes first. */
import { existsSync, rmSync } from 'node:fs';
import { AppError, bug } from '../base/errors.ts';
import { openDatabase, type OpenDatabase, type OpenOptions, type ReadDb } from './connection.ts';
import type { Migration } from './migrations/tools.ts';
import * as z from 'zod';

const versionRow = z.object({ user_version: z.number().int() });

/** The schema's version; 0 for an empty database. */
export function schemaVersion(db: ReadDb): number {
  return versionRow.parse(db.get('PRAGMA user_version')).user_version;
}

/** Refuses a database of a newer program. Throws vault.newer. */
export function refuseNewer(db: ReadDb, migrations: readonly Migration[], what: string): void {
  const version = schemaVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) throw new AppError('vault.newer', `The database of ${what} was written by a newer Redoubt. Open it with that version.`, { data: { version, known: newest } });
}

/** Copies the database beside itself and opens the copy to check it. Throws vault.database-damaged when the copy is not whole. */
function backUp(db: OpenDatabase, options: OpenOptions, version: number, what: string): void {
  const copy = `${options.file}.before-${version}`;
  if (existsSync(copy)) rmSync(copy); // an earlier try that did not end; the original is untouched
  db.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
  const check = openDatabase({ ...options, file: copy, readOnly: true }, `the copy of ${what}`);
  try {
    const [row] = check.read.all('PRAGMA integrity_check(1)');
    if (z.object({ integrity_check: z.string() }).parse(row).integrity_check !== 'ok') throw new AppError('vault.database-damaged', `The copy of ${what} that is made before an upgrade is damaged. Nothing was changed.`, { data: { what } });
  } finally {
    check.close();
  }
}

/** Runs the missing steps. Throws vault.newer for a newer database; a failing step rolls back and leaves the version as it was. */
export function migrate(db: OpenDatabase, options: OpenOptions, migrations: readonly Migration[], what: string): void {
  refuseNewer(db.read, migrations, what);
  const from = schemaVersion(db.read);
  const missing = migrations.filter((step) => step.version > from);
  if (missing.length > 0 && from > 0) backUp(db, options, from, what);
  for (const step of missing) {
    db.write((write) => {
      step.up({ exec: (sql) => db.exec(sql), all: (sql) => write.all(sql) });
      db.exec(`PRAGMA user_version=${step.version}`);
    });
  }
  if (schemaVersion(db.read) !== (migrations.at(-1)?.version ?? 0)) bug(`migrations of ${what} ended at ${schemaVersion(db.read)}`);
}
