import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { listBulkResults } from '../../../main/store/tables/bulk.ts';
import { findBatchSending, listBulkSendings } from '../../../main/store/tables/bulk-sendings.ts';
import type { BatchId, BulkRunId, OpId } from '../../../preload/contract/domains/basics.ts';
import { tempFolder } from '../../support/vaults.ts';

const id = (digit: number): Buffer => Buffer.alloc(16, digit);
const hex = <T extends string>(digit: number): T => id(digit).toString('hex') as T;

test('items of before the step have no sending; what is sent afterwards is found by its key, the last first, and a line of a file that never got its name is not', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 110), 'the test');
  const key = Buffer.alloc(48, 7);
  db.write((write) => write.run("INSERT INTO bulk_items(run, key, document, start, end, state, at) VALUES (?, ?, 1, 0, 10, 'failed', 1)", id(1), key));
  migrate(db, options, caseMigrations, 'the test');
  const run = hex<BulkRunId>(1);
  expect(listBulkResults(db.read, run, null, 0, 10)).toMatchObject([{ sending: null }]);
  db.write((write) => {
    for (const [op, batch, at] of [[2, null, 10], [3, null, 20], [4, id(9), 30]] as const) write.run('INSERT INTO bulk_sendings(op, key, batch, at) VALUES (?, ?, ?, ?)', id(op), key, batch, at);
    write.run("INSERT INTO bulk_batches(id, run, format, name, requests, sha256, model, exported_at) VALUES (?, ?, 'openai', 'a.jsonl', 1, ?, 'm', 0)", id(9), id(1), randomBytes(32));
  });
  expect(listBulkSendings(db.read, key)).toEqual([hex<OpId>(3), hex<OpId>(2)]);
  expect(findBatchSending(db.read, key, hex<BatchId>(9))).toBe(hex<OpId>(4));
  db.write((write) => write.run('UPDATE bulk_batches SET exported_at = 40'));
  expect(listBulkSendings(db.read, key)).toEqual([hex<OpId>(4), hex<OpId>(3), hex<OpId>(2)]);
  expect(listBulkResults(db.read, run, null, 0, 10)).toMatchObject([{ sending: hex<OpId>(4) }]);
  expect(db.read.all('EXPLAIN QUERY PLAN SELECT op FROM bulk_sendings WHERE key = ? ORDER BY at DESC, op DESC', key).map((row) => JSON.stringify(row)).join(' ')).toContain('bulk_sendings_by_key');
  db.close();
});
