/** Ingest jobs and the files they found. A file is pending until its transaction says how it ended: that is all a restart needs. */
import * as z from 'zod';
import type { JobId, StateReason } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

const jobState = z.enum(['running', 'paused', 'done', 'cancelled', 'failed']);
const jobRow = z.object({
  job: z.number().int(),
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<JobId>(bytes)),
  label: z.string(),
  roots: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  state: jobState,
  finding: z.number().transform((value) => value === 1),
  workers: z.number().int(),
  started_at: z.number().int(),
  ended_at: z.number().nullable(),
  worked_ms: z.number(),
  fault: z.string().nullable(),
  ocr: z.number().transform((value) => value === 1),
  ocr_languages: z.string().nullable().transform((text) => text?.split('+') ?? null),
});
export type JobState = z.infer<typeof jobState>;
export type JobRow = z.infer<typeof jobRow>;

/** How a file of a job stands. */
export const itemState = z.enum(['pending', 'added', 'unchanged', 'duplicate', 'no-text', 'quarantined']);
export type ItemState = z.infer<typeof itemState>;

const itemRow = z.object({
  item: z.number().int(),
  root: z.number().int(),
  path: z.string(),
  location: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  size_bytes: z.number().nullable(),
  state: itemState,
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  document: z.number().nullable(),
  at: z.number().int(),
  tries: z.number().int(),
});
export type ItemRow = z.infer<typeof itemRow>;

/** Adds a job; its number is the answer. */
export function insertJob(db: WriteDb, job: { readonly id: JobId; readonly label: string; readonly roots: readonly string[]; readonly workers: number; readonly startedAt: number; readonly ocr: boolean; readonly ocrLanguages: readonly string[] | null }): number {
  return db.run(`INSERT INTO jobs(id, label, roots, state, finding, workers, started_at, ocr, ocr_languages) VALUES (?,?,?,'running',1,?,?,?,?)`, idBytes(job.id), job.label, JSON.stringify(job.roots), job.workers, job.startedAt, job.ocr ? 1 : 0, job.ocrLanguages?.join('+') ?? null).rowid;
}

/** Changes a job's state and the time it has worked. `fault` says why a failed one stopped. */
export function updateJob(db: WriteDb, job: number, change: { readonly state: JobState; readonly finding: boolean; readonly endedAt: number | null; readonly workedMs: number; readonly fault?: string }): void {
  db.run('UPDATE jobs SET state = ?, finding = ?, ended_at = ?, worked_ms = ?, fault = ? WHERE job = ?', change.state, change.finding ? 1 : 0, change.endedAt, Math.round(change.workedMs), change.fault ?? null, job);
}

/** All jobs, newest first. */
export function listJobs(db: ReadDb): JobRow[] {
  return db.all('SELECT * FROM jobs ORDER BY job DESC').map((found) => jobRow.parse(found));
}

/** The job with the id, or null. */
export function findJob(db: ReadDb, id: JobId): JobRow | null {
  const found = db.get('SELECT * FROM jobs WHERE id = ?', idBytes(id));
  return found === undefined ? null : jobRow.parse(found);
}

/** Notes a found file, or a thing that will not be read, with its reason; false when the job knows it already, which is left as it is. `location` is the path's bytes, which may be no Unicode. */
export function insertItem(db: WriteDb, job: number, item: { readonly root: number; readonly path: string; readonly location: Uint8Array; readonly sizeBytes: number | null; readonly at: number; readonly skipped: StateReason | null }): boolean {
  const { changes } = db.run(
    'INSERT OR IGNORE INTO job_items(job, root, path, location, size_bytes, state, reason_code, reason_sentence, at) VALUES (?,?,?,?,?,?,?,?,?)',
    job, item.root, item.path, item.location, item.sizeBytes, item.skipped === null ? 'pending' : 'quarantined', item.skipped?.code ?? null, item.skipped?.sentence ?? null, item.at,
  );
  return changes > 0;
}

/** Says which document stands for a path that will not be read. */
export function documentItem(db: WriteDb, job: number, root: number, path: string, document: number): void {
  db.run('UPDATE job_items SET document = ? WHERE job = ? AND root = ? AND path = ?', document, job, root, path);
}

/** How a file ended. */
export function endItem(db: WriteDb, item: number, end: { readonly state: ItemState; readonly reason: StateReason | null; readonly document: number | null; readonly children: number; readonly at: number }): void {
  db.run('UPDATE job_items SET state = ?, reason_code = ?, reason_sentence = ?, document = ?, children = children + ?, at = ?, tries = tries + 1 WHERE item = ?', end.state, end.reason?.code ?? null, end.reason?.sentence ?? null, end.document, end.children, end.at, item);
}

const waitingRow = z.object({ item: z.number().int(), job: z.number().int() });

/** Files that ended without text only because OCR had not read them: with text, or with why there is none. The jobs of those that have text now, one entry a file. */
export function endWaitingItems(db: WriteDb, content: number, reason: StateReason | null): number[] {
  const waiting = db.all("SELECT i.item, i.job FROM documents d JOIN job_items i ON i.document = d.document WHERE d.content = ? AND i.state = 'no-text'", content).map((found) => waitingRow.parse(found));
  for (const { item } of waiting) db.run('UPDATE job_items SET state = ?, reason_code = ?, reason_sentence = ? WHERE item = ?', reason === null ? 'added' : 'no-text', reason?.code ?? null, reason?.sentence ?? null, item);
  return reason === null ? waiting.map(({ job }) => job) : [];
}

/** Files that wait, oldest first, after the given item number. */
export function listPending(db: ReadDb, job: number, after: number, limit: number): ItemRow[] {
  return db.all(`SELECT item, root, path, location, size_bytes, state, reason_code, reason_sentence, document, at, tries FROM job_items WHERE job = ? AND state = 'pending' AND item > ? ORDER BY item LIMIT ?`, job, after, limit).map((found) => itemRow.parse(found));
}

const countRow = z.object({ state: itemState, count: z.number().int(), children: z.number().int(), bytes: z.number() });

/** Files of a job by state, the members of containers among them, and the files' bytes as they were found. */
export interface ItemCounts {
  readonly byState: Readonly<Record<ItemState, number>>;
  readonly children: number;
  readonly bytesSeen: number;
  readonly bytesDone: number;
}

/** Counts a job's files. It looks at every one of them: a job at work keeps its own count. */
export function countItems(db: ReadDb, job: number): ItemCounts {
  const byState: Record<ItemState, number> = { pending: 0, added: 0, unchanged: 0, duplicate: 0, 'no-text': 0, quarantined: 0 };
  let children = 0;
  let bytesSeen = 0;
  let bytesDone = 0;
  for (const found of db.all('SELECT state, count(*) AS count, sum(children) AS children, total(size_bytes) AS bytes FROM job_items WHERE job = ? GROUP BY state', job)) {
    const counted = countRow.parse(found);
    byState[counted.state] = counted.count;
    children += counted.children;
    bytesSeen += counted.bytes;
    if (counted.state !== 'pending') bytesDone += counted.bytes;
  }
  return { byState, children, bytesSeen, bytesDone };
}

const failureRow = z.object({ reason_code: z.string().nullable(), reason_sentence: z.string().nullable(), files: z.number().int(), path: z.string(), state: itemState });

/** Files without text or held, by reason, most first. */
export function listFailures(db: ReadDb, job: number): { readonly reason: StateReason; readonly files: number; readonly firstPath: string; readonly quarantined: boolean }[] {
  return db.all(
    `SELECT reason_code, reason_sentence, count(*) AS files, min(path) AS path, state FROM job_items WHERE job = ? AND state IN ('no-text', 'quarantined') GROUP BY state, reason_code, reason_sentence ORDER BY files DESC, reason_code, reason_sentence`,
    job,
  ).map((found) => {
    const raw = failureRow.parse(found);
    return { reason: { code: raw.reason_code ?? 'unknown', sentence: raw.reason_sentence ?? '' }, files: raw.files, firstPath: raw.path, quarantined: raw.state === 'quarantined' };
  });
}

/** A page of the files in one end state, by path. */
export function listItems(db: ReadDb, job: number, state: ItemState, offset: number, limit: number): ItemRow[] {
  return db.all('SELECT item, root, path, location, size_bytes, state, reason_code, reason_sentence, document, at, tries FROM job_items WHERE job = ? AND state = ? ORDER BY path, item LIMIT ? OFFSET ?', job, state, limit, offset).map((found) => itemRow.parse(found));
}

/**
 * Puts a job's quarantined files back in the queue. What could not be looked at when it was found (`unfound`) is forgotten, so that looking
 * for files again finds it anew.
 */
export function requeueQuarantined(db: WriteDb, job: number): { readonly requeued: number; readonly unfound: number } {
  const unfound = db.run(`DELETE FROM job_items WHERE job = ? AND state = 'quarantined' AND length(location) = 0 AND reason_code IN ('path.absent', 'path.unreadable')`, job).changes;
  const requeued = db.run(`UPDATE job_items SET state = 'pending' WHERE job = ? AND state = 'quarantined' AND reason_code NOT IN ('path.link', 'path.special')`, job).changes;
  return { requeued, unfound };
}

/** Puts the files of a job back in the queue whose documents, or whose members at any depth, hold one of these contents. Answers how many. */
export function requeueHolding(db: WriteDb, job: number, contents: readonly number[]): number {
  return db.run("UPDATE job_items SET state = 'pending' WHERE job = ? AND state <> 'unchanged' AND document IN (SELECT document FROM documents WHERE content IN (SELECT value FROM json_each(?)))", job, JSON.stringify(contents)).changes;
}
