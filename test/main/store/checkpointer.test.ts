import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCheckpointer } from '../../../main/store/checkpointer.ts';
import { openDatabase, type OpenOptions } from '../../../main/store/connection.ts';
import { tempFolder } from '../../support/vaults.ts';

const rows = 4000;
const rowBytes = 12_000;
/** Of the four thousand and more that are written. */
const mostUnfolded = 1100;

interface Log {
  readonly log: number;
  readonly checkpointed: number;
}

/** Writes some fifty megabytes in small commits, each told to the checkpointer, then waits until the log is folded; answers what was left of it. */
async function writeMuch(options: OpenOptions, threadOptions = options): Promise<{ readonly unfoldedPages: number; readonly sum: unknown }> {
  const db = openDatabase(options, 'a test');
  db.exec('CREATE TABLE filled(n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
  const checkpointer = createCheckpointer(db, threadOptions);
  const commit = (from: number, to: number): void => {
    db.write((write) => { for (let at = from; at < to; at += 1) write.run('INSERT INTO filled VALUES (?, ?)', at, randomBytes(rowBytes)); });
    checkpointer.committed();
  };
  const unfolded = (): number => {
    const { log, checkpointed } = db.read.get('PRAGMA wal_checkpoint(NOOP)') as Log;
    return log - checkpointed;
  };
  for (let n = 0; n < rows - 1; n += 20) {
    commit(n, Math.min(rows - 1, n + 20));
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  for (let tries = 0; unfolded() > mostUnfolded && tries < 500; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 10); });
  commit(rows - 1, rows);
  const unfoldedPages = unfolded();
  const sum = db.read.get('SELECT count(*) AS rows, sum(length(bytes)) AS bytes FROM filled');
  checkpointer.close();
  db.close();
  return { unfoldedPages, sum };
}

const optionsIn = (folder: string): OpenOptions => ({ file: join(folder, 'case.db'), key: randomBytes(32) });
const whole = { rows, bytes: rows * rowBytes };

test('the log is folded beside the writer, stays short, and is gone when the database is closed', async () => {
  const options = optionsIn(tempFolder());
  const { unfoldedPages, sum } = await writeMuch(options);
  expect(sum).toEqual(whole);
  expect(unfoldedPages).toBeLessThan(mostUnfolded);
  expect(existsSync(`${options.file}-wal`)).toBe(false);
  const again = openDatabase(options, 'a test');
  expect(again.read.get('SELECT count(*) AS rows, sum(length(bytes)) AS bytes FROM filled')).toEqual(whole);
  expect(again.read.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  again.close();
});

test('without the thread SQLite folds the log itself, and nothing is lost', async () => {
  const options = optionsIn(tempFolder());
  const { unfoldedPages, sum } = await writeMuch(options, { ...options, key: randomBytes(32) }); // the thread cannot open the database
  expect(sum).toEqual(whole);
  expect(unfoldedPages).toBeLessThan(mostUnfolded);
});
