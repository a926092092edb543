/** Everything of a case that gave no text or is held, members of containers and what was never taken in among it. */
import * as z from 'zod';
import { documentState, type DocumentId, type StateReason } from '../../../preload/contract/domains/basics.ts';
import { idOf } from '../../base/ids.ts';
import type { ReadDb } from '../connection.ts';

const row = z.object({
  position: z.number().int(),
  document: z.instanceof(Uint8Array).transform((bytes) => idOf<DocumentId>(bytes)).nullable(),
  path: z.string(),
  state: documentState,
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  size_bytes: z.number().nullable(),
  /** How often it was read; null for a member, which is read with its container. */
  tries: z.number().int().nullable(),
  at: z.number().int(),
  /** Of the last job that came to it; null for a member. */
  job: z.string().nullable(),
});

/** A document without text, or a file that never became one. `position` is where the next page goes on. */
export type FailureRow = z.infer<typeof row>;

/** Documents without text or held, by number, after the given one. */
export function listFailedDocuments(db: ReadDb, after: number, limit: number): FailureRow[] {
  return z.array(row).parse(db.all(
    `SELECT d.document AS position, d.id AS document, d.path, d.state, d.reason_code, d.reason_sentence, d.size_bytes,
      (SELECT sum(tries) FROM job_items WHERE document = d.document) AS tries, coalesce((SELECT max(at) FROM job_items WHERE document = d.document), d.ingested_at) AS at,
      (SELECT label FROM job_items i JOIN jobs j ON j.job = i.job WHERE i.document = d.document ORDER BY i.item DESC LIMIT 1) AS job
    FROM documents d WHERE d.state <> 'text' AND d.document > ? ORDER BY d.document LIMIT ?`,
    after, limit,
  ));
}

/**
 * Paths that never became a document, once each, as the newest job found them, by the number of their item, after the given one. A path that
 * has a document since is listed with the documents, or was read.
 */
export function listFailedItems(db: ReadDb, after: number, limit: number): FailureRow[] {
  return z.array(row).parse(db.all(
    `SELECT i.item AS position, NULL AS document, i.path, i.state, i.reason_code, i.reason_sentence, i.size_bytes, i.tries, i.at, j.label AS job
    FROM (SELECT max(item) AS item FROM job_items WHERE document IS NULL AND state IN ('no-text', 'quarantined') GROUP BY path) newest
    JOIN job_items i ON i.item = newest.item JOIN jobs j ON j.job = i.job
    WHERE i.item > ? AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.path = i.path AND d.parent IS NULL AND d.ingested_at >= i.at) ORDER BY i.item LIMIT ?`,
    after, limit,
  ));
}

/** Held members of containers with the file that each came in with: documents by number. `held` are those of one job, wherever they lie in its files. */
const heldMembers = `WITH RECURSIVE up(member, at) AS (
    SELECT document, parent FROM documents WHERE parent IS NOT NULL AND state = 'quarantined'
    UNION ALL SELECT up.member, d.parent FROM up JOIN documents d ON d.document = up.at WHERE d.parent IS NOT NULL
  ), held AS (SELECT DISTINCT up.member FROM up JOIN job_items i ON i.document = up.at WHERE i.job = ? AND i.state <> 'unchanged')`;

const heldReason = z.object({ reason_code: z.string().nullable(), reason_sentence: z.string().nullable(), members: z.number().int(), path: z.string() });

/** Held members of a job's containers by reason, most first. */
export function listHeldReasons(db: ReadDb, job: number): { readonly reason: StateReason; readonly members: number; readonly firstPath: string }[] {
  return db.all(
    `${heldMembers} SELECT d.reason_code, d.reason_sentence, count(*) AS members, min(d.path) AS path FROM held JOIN documents d ON d.document = held.member
    GROUP BY d.reason_code, d.reason_sentence ORDER BY members DESC, d.reason_code, d.reason_sentence`,
    job,
  ).map((found) => {
    const { reason_code, reason_sentence, members, path } = heldReason.parse(found);
    return { reason: { code: reason_code ?? 'unknown', sentence: reason_sentence ?? '' }, members, firstPath: path };
  });
}

const heldMember = z.object({
  document: z.instanceof(Uint8Array).transform((bytes) => idOf<DocumentId>(bytes)),
  path: z.string(),
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  size_bytes: z.number().int().nullable(),
  ingested_at: z.number().int(),
});

/** A held member of a container. */
export type HeldMemberRow = z.infer<typeof heldMember>;

/** A page of the held members of a job's containers, by path, and how many there are. */
export function listHeldMembers(db: ReadDb, job: number, offset: number, limit: number): { readonly total: number; readonly members: HeldMemberRow[] } {
  const { total } = z.object({ total: z.number().int() }).parse(db.get(`${heldMembers} SELECT count(*) AS total FROM held`, job));
  const members = z.array(heldMember).parse(db.all(
    `${heldMembers} SELECT d.id AS document, d.path, d.reason_code, d.reason_sentence, d.size_bytes, d.ingested_at FROM held JOIN documents d ON d.document = held.member
    ORDER BY d.path, d.document LIMIT ? OFFSET ?`,
    job, limit, offset,
  ));
  return { total, members };
}

const ancestor = z.object({ content: z.number().int() });

/** Contents of everything that holds, at any depth, a member that is held for one of these reasons: what has to be read again to reach it. */
export function listContentsAbove(db: ReadDb, job: number, codes: readonly string[]): number[] {
  return db.all(
    `${heldMembers}, above(at) AS (
      SELECT d.parent FROM held JOIN documents d ON d.document = held.member WHERE d.reason_code IN (SELECT value FROM json_each(?))
      UNION SELECT d.parent FROM above JOIN documents d ON d.document = above.at WHERE d.parent IS NOT NULL)
    SELECT DISTINCT d.content FROM above JOIN documents d ON d.document = above.at WHERE d.content IS NOT NULL`,
    job, JSON.stringify(codes),
  ).map((found) => ancestor.parse(found).content);
}
