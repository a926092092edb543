/** What a question about everything looks at: documents of a scope by how their reading ended. Copies count once, as the first of their bytes. */
import * as z from 'zod';
import { documentState } from '../../../preload/contract/domains/basics.ts';
import type { ReadDb } from '../sqlite.ts';

const packed = z.object({ numbers: z.string() });

/** Numbers of the first documents of the bytes of these, in order, each once. */
export function firstsOf(db: ReadDb, documents: readonly number[]): number[] {
  const found = packed.parse(db.get('SELECT json_group_array(first) AS numbers FROM (SELECT DISTINCT coalesce(d.duplicate_of, d.document) AS first FROM json_each(?) wanted JOIN documents d ON d.document = wanted.value ORDER BY first)', JSON.stringify(documents)));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- json_group_array over an INTEGER PRIMARY KEY
  return JSON.parse(found.numbers) as number[];
}

const countRow = z.object({ state: documentState, code: z.string().nullable(), sentence: z.string().nullable(), documents: z.number().int(), copies: z.number().int(), undated: z.number().int() });

/** Documents that ended alike: with this state and, where there is one, this reason. With text, a reason says that a part could not be read. */
export type ScopeCount = z.infer<typeof countRow>;

/** First documents by state and reason, with further copies of the same bytes and those without a date; `documents` null takes the whole case. */
export function countScope(db: ReadDb, documents: readonly number[] | null): ScopeCount[] {
  const where = documents === null ? 'duplicate_of IS NULL' : 'duplicate_of IS NULL AND document IN (SELECT value FROM json_each(?))';
  const sql = `SELECT state, reason_code AS code, min(reason_sentence) AS sentence, count(*) AS documents, sum(duplicates) AS copies, count(*) FILTER (WHERE date IS NULL) AS undated FROM documents WHERE ${where} GROUP BY state, reason_code ORDER BY documents DESC, state, code`;
  return z.array(countRow).parse(documents === null ? db.all(sql) : db.all(sql, JSON.stringify(documents)));
}
