import * as z from 'zod';
import { marking, type AnnotationId } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb } from '../connection.ts';

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<AnnotationId>(bytes)),
  document: z.number().int(),
  label: z.string(),
  quote: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text_version: z.number().int(),
  note: z.string(),
  actor: z.instanceof(Uint8Array).transform((bytes) => idOf<string>(bytes)),
  created_at: z.number().int(),
  changed_at: z.number().int(),
  /** Null: as the span that it marks. */
  marking: z.string().nullable().transform((text) => (text === null ? null : marking.parse(text))),
});
/** An annotation as it stands. Offsets are into the canonical text of `text_version`; quote, prefix and suffix find it again in another. */
export type AnnotationRow = z.infer<typeof row>;

/** The annotation with the id, or null. */
export function readAnnotation(db: ReadDb, id: AnnotationId): AnnotationRow | null {
  const found = db.get('SELECT * FROM annotations WHERE id = ?', idBytes(id));
  return found === undefined ? null : row.parse(found);
}

/** Annotations of one document (or of all, with null), of one label (or of any, with null), in text order. */
export function listAnnotations(db: ReadDb, document: number | null, label: string | null, offset: number, limit: number): AnnotationRow[] {
  return db.all('SELECT * FROM annotations WHERE (? IS NULL OR document = ?) AND (? IS NULL OR label = ?) ORDER BY document, start, end, id LIMIT ? OFFSET ?', document, document, label, label, limit, offset).map((found) => row.parse(found));
}

const countRow = z.object({ count: z.number().int() });

/** How many there are of the same. */
export function countAnnotations(db: ReadDb, document: number | null, label: string | null): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM annotations WHERE (? IS NULL OR document = ?) AND (? IS NULL OR label = ?)', document, document, label, label)).count;
}
