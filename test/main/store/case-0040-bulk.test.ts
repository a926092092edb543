import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { countBulkItems, insertBulkItem, leaseBulkItem, listBulkRuns, listQueuedItems, readBulkQueue, releaseBulkLeases } from '../../../main/store/tables/bulk.ts';
import { listTurns } from '../../../main/store/tables/conversations.ts';
import type { BulkRunId } from '../../../preload/contract/domains/basics.ts';
import { tempFolder } from '../../support/vaults.ts';

const run = '07'.repeat(16) as BulkRunId;

test('a case of before gains an empty queue, and keeps what it had', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 40), 'the test');
  db.write((write) => {
    write.run("INSERT INTO conversations VALUES (?, 'Harbour', 1, 1)", Buffer.alloc(16, 2));
    write.run("INSERT INTO turns(id, conversation, question, asked_at) VALUES (?, ?, 'When?', 1)", Buffer.alloc(16, 3), Buffer.alloc(16, 2));
  });
  migrate(db, options, caseMigrations, 'the test');
  expect(listTurns(db.read, '02'.repeat(16) as Parameters<typeof listTurns>[1])).toMatchObject([{ question: 'When?' }]);
  expect(listBulkRuns(db.read)).toEqual([]);
  expect(readBulkQueue(db.read, run)).toEqual({ is_listed: false, requests: 0, prompt_tokens: 0, completion_tokens: 0 });
  db.write((write) => {
    for (const start of [0, 10, 10]) insertBulkItem(write, run, { key: Buffer.alloc(48, start), document: 1, start, end: start + 10, state: 'queued', reason: null, at: 1 });
  });
  expect(countBulkItems(db.read, run)).toMatchObject({ byState: { queued: 2 }, documents: 1 });
  const [first] = listQueuedItems(db.read, run, 0, 9);
  db.write((write) => leaseBulkItem(write, first?.item ?? 0, 50, null));
  expect(listQueuedItems(db.read, run, 0, 9)).toHaveLength(1);
  db.write((write) => releaseBulkLeases(write, run, 10));
  expect(listQueuedItems(db.read, run, 0, 9)).toMatchObject([{ attempts: 1 }, { attempts: 0 }]);
  const plan = db.read.all("EXPLAIN QUERY PLAN SELECT * FROM bulk_items WHERE run = ? AND state = 'queued' AND item > ? ORDER BY item LIMIT ?", Buffer.alloc(16), 0, 9);
  expect(JSON.stringify(plan)).toContain('bulk_items_by_state');
  expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
  db.close();
});
