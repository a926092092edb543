/** Texts that are nearly alike: each under the first of its group. Computed from the texts; may be computed again. */
import * as z from 'zod';
import type { ReadDb } from '../sqlite.ts';

const waiting = z.object({ content: z.number().int(), version: z.number().int(), pivot: z.number().int().nullable(), isPlain: z.number() });

/** A text that was not compared yet, or was read anew since. `pivot` is where it stands so far; `isPlain` 1 when it was too short to compare. */
export type UngroupedText = z.infer<typeof waiting>;

/** Exported for the test of its plan. */
const listUngroupedSql = `SELECT c.content, c.text_version AS version, n.pivot, coalesce(n.bands IS NULL AND n.pivot = n.content, 0) AS isPlain
  FROM contents c INDEXED BY contents_with_text LEFT JOIN near_texts n ON n.content = c.content
  WHERE c.state = 'text' AND c.content > ? AND (n.content IS NULL OR n.text_version <> c.text_version) ORDER BY c.content LIMIT ?`;

/** Texts to compare, by number, after the given one. */
export function listUngrouped(db: ReadDb, after: number, limit: number): UngroupedText[] {
  return z.array(waiting).parse(db.all(listUngroupedSql, after, limit));
}

const countRow = z.object({ count: z.number().int() });

/** Texts of the case, and how many of them were compared. */
export function countGrouped(db: ReadDb): { readonly texts: number; readonly compared: number } {
  const count = (sql: string): number => countRow.parse(db.get(sql)).count;
  return { texts: count("SELECT count(*) AS count FROM contents WHERE state = 'text'"), compared: count('SELECT count(*) AS count FROM near_texts') };
}

const pivotRow = z.object({ content: z.number().int(), bands: z.instanceof(Uint8Array) });

/** The first of every group, with its bands. */
export function* iteratePivots(db: ReadDb): Generator<{ readonly content: number; readonly bands: Uint32Array }> {
  for (const found of db.iterate('SELECT content, bands FROM near_texts WHERE bands IS NOT NULL ORDER BY content')) {
    const { content, bands } = pivotRow.parse(found);
    const copy = bands.slice(); // SQLite's bytes need not lie on a multiple of four
    yield { content, bands: new Uint32Array(copy.buffer, 0, copy.byteLength / 4) };
  }
}

const memberRow = z.object({ document: z.number().int(), similarity: z.number() });

/** The group of a content: the first documents of what is in it, most alike first, with the similarity to the group's first; empty when it stands alone. */
export function listNear(db: ReadDb, content: number): z.infer<typeof memberRow>[] {
  return z.array(memberRow).parse(db.all(
    `WITH one(pivot) AS (SELECT pivot FROM near_texts WHERE content = ?),
      member(content, similarity) AS (SELECT pivot, 1.0 FROM one WHERE EXISTS (SELECT 1 FROM near_texts WHERE pivot = one.pivot AND pivot <> content)
        UNION ALL SELECT n.content, n.similarity FROM one JOIN near_texts n ON n.pivot = one.pivot AND n.pivot <> n.content)
    SELECT d.document, member.similarity FROM member JOIN documents d ON d.content = member.content AND d.duplicate_of IS NULL ORDER BY member.similarity DESC, d.document`,
    content,
  ));
}

const pivots = z.object({ pivots: z.string() });

/** The first content of every group of more than one, by number. */
export function listNearGroups(db: ReadDb): number[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- json_group_array over an INTEGER column
  return JSON.parse(pivots.parse(db.get('SELECT json_group_array(pivot) AS pivots FROM (SELECT DISTINCT pivot FROM near_texts WHERE pivot <> content ORDER BY pivot)')).pivots) as number[];
}
