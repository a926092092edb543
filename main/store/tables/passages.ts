/** Passages that a person gave a marking, or whose mark in the text a person said does not hold. A projection of passage.marked. */
import * as z from 'zod';
import { marking, type PassageId } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb } from '../connection.ts';

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<PassageId>(bytes)),
  document: z.number().int(),
  start: z.number().int(),
  end: z.number().int(),
  page: z.number().int().nullable(),
  text_version: z.number().int(),
  marking: z.string().nullable().transform((text) => (text === null ? null : marking.parse(text))),
  reason: z.string(),
  actor: z.instanceof(Uint8Array).transform((bytes) => idOf<string>(bytes)),
  marked_at: z.number().int(),
});
/** A span of the canonical text of `text_version`. `marking` null: what stands there as a mark is none. `page` is set for a whole page. */
export type PassageRow = z.infer<typeof row>;

/** The marked passages of a document, in text order. */
export function listPassages(db: ReadDb, document: number): PassageRow[] {
  return db.all('SELECT * FROM passages WHERE document = ? ORDER BY start, end, id', document).map((found) => row.parse(found));
}

/** The passage with the id, or null. */
export function readPassage(db: ReadDb, id: PassageId): PassageRow | null {
  const found = db.get('SELECT * FROM passages WHERE id = ?', idBytes(id));
  return found === undefined ? null : row.parse(found);
}
