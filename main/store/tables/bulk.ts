/** Bulk runs with their kept results (projections of ops) and the queue of their items (bookkeeping: a restart needs nothing else). */
import * as z from 'zod';
import { stateReason, verdict, type BatchId, type BulkRunId, type DocumentId, type OpId, type StateReason, type Verdict } from '../../../preload/contract/domains/basics.ts';
import { batchFormat, bulkAnswer, bulkBudget, bulkItemState, bulkRunState, type BulkAnswer, type BulkBatch, type BulkItemState } from '../../../preload/contract/domains/bulk.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';
import { bulkSpec } from '../bulk-ops.ts';
import { lastSendingOf } from './bulk-sendings.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const json = <T extends z.ZodType>(schema: T) => z.string().transform((text): z.output<T> => schema.parse(JSON.parse(text)));

const runRow = z.object({
  id: bytes.transform((value) => idOf<BulkRunId>(value)),
  spec: json(bulkSpec),
  state: bulkRunState,
  reason: json(stateReason).nullable(),
  budget: json(bulkBudget),
  started_at: z.number().int(),
  changed_at: z.number().int(),
});
export type BulkRunRow = z.infer<typeof runRow>;

/** All runs, newest first. */
export function listBulkRuns(db: ReadDb): BulkRunRow[] {
  return db.all('SELECT * FROM bulk_runs ORDER BY started_at DESC, id DESC').map((found) => runRow.parse(found));
}

/** The run with the id, or null. */
export function readBulkRun(db: ReadDb, id: BulkRunId): BulkRunRow | null {
  const found = db.get('SELECT * FROM bulk_runs WHERE id = ?', idBytes(id));
  return found === undefined ? null : runRow.parse(found);
}

const queueRow = z.object({ is_listed: z.number().transform((value) => value === 1), requests: z.number().int(), prompt_tokens: z.number().int(), completion_tokens: z.number().int() });
export type BulkQueueRow = z.infer<typeof queueRow>;

/** How far a run's scope is listed and what it spent; of a run that came by its ops alone, nothing. */
export function readBulkQueue(db: ReadDb, run: BulkRunId): BulkQueueRow {
  const found = db.get('SELECT is_listed, requests, prompt_tokens, completion_tokens FROM bulk_queues WHERE run = ?', idBytes(run));
  return found === undefined ? { is_listed: false, requests: 0, prompt_tokens: 0, completion_tokens: 0 } : queueRow.parse(found);
}

/** Notes that every document of the scope has its items. */
export function setBulkListed(db: WriteDb, run: BulkRunId): void {
  db.run('INSERT INTO bulk_queues(run, is_listed) VALUES (?, 1) ON CONFLICT(run) DO UPDATE SET is_listed = 1', idBytes(run));
}

/** Adds to what a run spent. */
export function addBulkSpent(db: WriteDb, run: BulkRunId, more: { readonly requests: number; readonly promptTokens: number; readonly completionTokens: number }): void {
  db.run(
    'INSERT INTO bulk_queues(run, requests, prompt_tokens, completion_tokens) VALUES (?,?,?,?) ON CONFLICT(run) DO UPDATE SET requests = requests + excluded.requests, prompt_tokens = prompt_tokens + excluded.prompt_tokens, completion_tokens = completion_tokens + excluded.completion_tokens',
    idBytes(run), more.requests, more.promptTokens, more.completionTokens,
  );
}

const itemRow = z.object({
  item: z.number().int(),
  run: bytes.transform((value) => idOf<BulkRunId>(value)),
  key: bytes,
  document: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  state: bulkItemState,
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  attempts: z.number().int(),
  lease_until: z.number().nullable(),
  batch: bytes.nullable().transform((value) => (value === null ? null : idOf<BatchId>(value))),
  request: bytes.nullable(),
});
export type BulkItemRow = z.infer<typeof itemRow>;

/** Adds an item; false when the run has it already, which is left as it is. */
export function insertBulkItem(db: WriteDb, run: BulkRunId, item: { readonly key: Uint8Array; readonly document: number; readonly start: number; readonly end: number; readonly state: BulkItemState; readonly reason: StateReason | null; readonly at: number }): boolean {
  const { changes } = db.run(
    'INSERT OR IGNORE INTO bulk_items(run, key, document, start, end, state, reason_code, reason_sentence, at) VALUES (?,?,?,?,?,?,?,?,?)',
    idBytes(run), item.key, item.document, item.start, item.end, item.state, item.reason?.code ?? null, item.reason?.sentence ?? null, item.at,
  );
  return changes > 0;
}

/** An item by its number. */
export function readBulkItem(db: ReadDb, item: number): BulkItemRow {
  return itemRow.parse(db.get('SELECT * FROM bulk_items WHERE item = ?', item));
}

/** Queued items after the given one, oldest first. */
export function listQueuedItems(db: ReadDb, run: BulkRunId, after: number, limit: number): BulkItemRow[] {
  return db.all("SELECT * FROM bulk_items WHERE run = ? AND state = 'queued' AND item > ? ORDER BY item LIMIT ?", idBytes(run), after, limit).map((found) => itemRow.parse(found));
}

/** Takes a queued item: nobody else does until `until`, or until its batch comes back. `attempts` counts requests. */
export function leaseBulkItem(db: WriteDb, item: number, until: number, batch: { readonly id: BatchId; readonly request: Uint8Array } | null): void {
  db.run("UPDATE bulk_items SET state = 'leased', lease_until = ?, attempts = attempts + 1, batch = ?, request = ?, reason_code = NULL, reason_sentence = NULL WHERE item = ?", until, batch === null ? null : idBytes(batch.id), batch?.request ?? null, item);
}

/** How an item ended, or that it waits again. */
export function endBulkItem(db: WriteDb, item: number, state: Exclude<BulkItemState, 'leased'>, reason: StateReason | null, at: number): void {
  db.run('UPDATE bulk_items SET state = ?, reason_code = ?, reason_sentence = ?, lease_until = NULL, at = ? WHERE item = ?', state, reason?.code ?? null, reason?.sentence ?? null, at, item);
}

/** Puts back an item that was taken and not asked after all. */
export function giveBackBulkItem(db: WriteDb, item: number): void {
  db.run("UPDATE bulk_items SET state = 'queued', lease_until = NULL, batch = NULL, request = NULL, attempts = max(0, attempts - 1) WHERE item = ?", item);
}

/** Puts back what a process that is gone had taken, and what lies in batch files longer than agreed, of which a late reply is still known. Returns how many. */
export function releaseBulkLeases(db: WriteDb, run: BulkRunId, nowMs: number): number {
  return db.run("UPDATE bulk_items SET state = 'queued', lease_until = NULL WHERE run = ? AND state = 'leased' AND (batch IS NULL OR lease_until <= ?)", idBytes(run), nowMs).changes;
}

/** Puts failed and held items back in the queue, but for documents without text. Returns how many. */
export function requeueBulkItems(db: WriteDb, run: BulkRunId): number {
  return db.run("UPDATE bulk_items SET state = 'queued', reason_code = NULL, reason_sentence = NULL WHERE run = ? AND state IN ('failed', 'held') AND reason_code <> 'no-text'", idBytes(run)).changes;
}

const countRow = z.object({ state: bulkItemState, items: z.number().int() });
const documentsRow = z.object({ documents: z.number().int() });

/** Items of a run by state, and the documents that they are of. It looks at every item. */
export function countBulkItems(db: ReadDb, run: BulkRunId): { readonly byState: Record<BulkItemState, number>; readonly documents: number } {
  const byState: Record<BulkItemState, number> = { queued: 0, leased: 0, done: 0, failed: 0, held: 0 };
  for (const found of db.all('SELECT state, count(*) AS items FROM bulk_items WHERE run = ? GROUP BY state', idBytes(run))) {
    const { state, items } = countRow.parse(found);
    byState[state] = items;
  }
  return { byState, documents: documentsRow.parse(db.get('SELECT count(DISTINCT document) AS documents FROM bulk_items WHERE run = ?', idBytes(run))).documents };
}

const reasonRow = z.object({ state: z.enum(['failed', 'held']), reason_code: z.string().nullable(), reason_sentence: z.string().nullable(), items: z.number().int() });

/** Failed and held items by reason, most first. */
export function listBulkReasons(db: ReadDb, run: BulkRunId): { readonly state: 'failed' | 'held'; readonly reason: StateReason; readonly items: number }[] {
  return db.all("SELECT state, reason_code, reason_sentence, count(*) AS items FROM bulk_items WHERE run = ? AND state IN ('failed', 'held') GROUP BY state, reason_code, reason_sentence ORDER BY items DESC, reason_code, reason_sentence", idBytes(run)).map((found) => {
    const raw = reasonRow.parse(found);
    return { state: raw.state, reason: { code: raw.reason_code ?? 'unknown', sentence: raw.reason_sentence ?? '' }, items: raw.items };
  });
}

const resultColumn = json(bulkAnswer).nullable();
const resultRow = itemRow.extend({ answer: resultColumn, answered_at: z.number().int().nullable(), verdict: verdict.nullable(), sending: bytes.nullable().transform((value) => (value === null ? null : idOf<OpId>(value))) });
export type BulkResultRow = Omit<BulkItemRow, 'key' | 'request'> & { readonly answer: BulkAnswer | null; readonly answered_at: number | null; readonly verdict: Verdict | null; /** The last sending of its key; null for one that sent nothing, or before sendings were kept. */ readonly sending: OpId | null };

/** A page of a run's items with what was kept of them, in the order of the queue. */
export function listBulkResults(db: ReadDb, run: BulkRunId, state: BulkItemState | null, offset: number, limit: number): BulkResultRow[] {
  const where = state === null ? '' : 'AND i.state = ?';
  return db.all(
    `SELECT i.*, CASE WHEN i.state = 'done' THEN r.answer END AS answer, CASE WHEN i.state = 'done' THEN r.at END AS answered_at, s.verdict, (${lastSendingOf('i.key')}) AS sending FROM bulk_items i LEFT JOIN bulk_results r ON r.key = i.key LEFT JOIN document_state s ON s.document = i.document
     WHERE i.run = ? ${where} ORDER BY i.item LIMIT ? OFFSET ?`,
    idBytes(run), ...(state === null ? [] : [state]), limit, offset,
  ).map((found) => resultRow.parse(found));
}

const answerRow = z.object({ answer: json(bulkAnswer), at: z.number().int() });

/** The kept answer of a key, or null. */
export function readBulkAnswer(db: ReadDb, key: Uint8Array): BulkAnswer | null {
  const found = db.get('SELECT answer, at FROM bulk_results WHERE key = ?', key);
  return found === undefined ? null : answerRow.parse(found).answer;
}

/** Whether a key has a kept answer. */
export function hasBulkAnswer(db: ReadDb, key: Uint8Array): boolean {
  return db.get('SELECT 1 FROM bulk_results WHERE key = ?', key) !== undefined;
}

/** Kept answers of one kind for a document, newest first. */
export function listBulkAnswers(db: ReadDb, document: DocumentId, kind: string): { readonly answer: BulkAnswer; readonly at: number }[] {
  return db.all('SELECT answer, at FROM bulk_results WHERE document = ? AND kind = ? ORDER BY at DESC, key', idBytes(document), kind).map((found) => answerRow.parse(found));
}

const batchRow = z.object({
  id: bytes.transform((value) => idOf<BatchId>(value)), format: batchFormat, name: z.string(), requests: z.number().int(), sha256: bytes, model: z.string(), exported_at: z.number().int(), waiting: z.number().int(),
});

/** Notes a batch file that is whole on disk and has not its name yet. */
export function insertBulkBatch(db: WriteDb, run: BulkRunId, batch: Pick<BulkBatch, 'batch' | 'format' | 'name' | 'requests' | 'model'> & { readonly sha256: Uint8Array }): void {
  db.run('INSERT INTO bulk_batches(id, run, format, name, requests, sha256, model, exported_at) VALUES (?,?,?,?,?,?,?,0)', idBytes(batch.batch), idBytes(run), batch.format, batch.name, batch.requests, batch.sha256, batch.model);
}

/** Notes that a batch file has its name. */
export function nameBulkBatch(db: WriteDb, batch: BatchId, at: number): void {
  db.run('UPDATE bulk_batches SET exported_at = ? WHERE id = ?', at, idBytes(batch));
}

const unnamedRow = z.object({ id: bytes.transform((value) => idOf<BatchId>(value)), run: bytes.transform((value) => idOf<BulkRunId>(value)) });

/** Batch files that never got their name: the process ended before, or the folder was gone. */
export function listUnnamedBatches(db: ReadDb): { readonly batch: BatchId; readonly run: BulkRunId }[] {
  return db.all('SELECT id, run FROM bulk_batches WHERE exported_at = 0 ORDER BY id').map((found) => {
    const { id, run } = unnamedRow.parse(found);
    return { batch: id, run };
  });
}

/** Forgets a batch file, whose requests wait again as if they had not been written. Returns how many. */
export function withdrawBulkBatch(db: WriteDb, batch: BatchId): number {
  const { changes } = db.run("UPDATE bulk_items SET state = 'queued', lease_until = NULL, batch = NULL, request = NULL, attempts = max(0, attempts - 1) WHERE batch = ? AND state = 'leased'", idBytes(batch));
  db.run('DELETE FROM bulk_batches WHERE id = ?', idBytes(batch));
  return changes;
}

/** The batch files of a run that have their name, newest first. */
export function listBulkBatches(db: ReadDb, run: BulkRunId): BulkBatch[] {
  return db.all("SELECT b.*, (SELECT count(*) FROM bulk_items i WHERE i.batch = b.id AND i.state = 'leased') AS waiting FROM bulk_batches b WHERE b.run = ? AND b.exported_at > 0 ORDER BY b.exported_at DESC, b.id", idBytes(run)).map((found) => {
    const raw = batchRow.parse(found);
    return { batch: raw.id, format: raw.format, name: raw.name, requests: raw.requests, sha256: Buffer.from(raw.sha256).toString('hex'), model: raw.model, exportedAt: raw.exported_at, returned: raw.requests - raw.waiting };
  });
}

/** The item that a line of a batch file asks for, or null. */
export function findBatchItem(db: ReadDb, run: BulkRunId, request: Uint8Array): BulkItemRow | null {
  const found = db.get('SELECT i.* FROM bulk_batches b JOIN bulk_items i ON i.batch = b.id AND i.request = ? WHERE b.run = ?', request, idBytes(run));
  return found === undefined ? null : itemRow.parse(found);
}
