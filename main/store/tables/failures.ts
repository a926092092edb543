/** Everything of a case that gave no text or is held, members of containers and what was never taken in among it. */
import * as z from 'zod';
import { documentState, type DocumentId } from '../../../preload/contract/domains/basics.ts';
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
