/** Ordered sets of documents and the rows that show them. Only the first document of each content is a member. */
import * as z from 'zod';
import { documentState, documentType, verdict, type DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { SetOrder } from '../../../preload/contract/domains/sets.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb } from '../sqlite.ts';
import { conditionOf, type DocumentFilter } from './document-filter.ts';

const orders: Record<Exclude<SetOrder, 'best'>, string> = {
  ingested: 'd.document',
  newest: 'd.date DESC NULLS LAST, d.document',
  oldest: 'd.date ASC NULLS LAST, d.document',
  path: 'd.path, d.document',
};

const packedNumbers = z.object({ numbers: z.string() });

function numbersOf(packed: string): number[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- json_group_array over an INTEGER PRIMARY KEY
  return JSON.parse(packed) as number[];
}

/** Numbers of the documents that pass, in order. Packed by SQLite into one value: a row for each costs ten times as much. */
export function listMatching(db: ReadDb, filter: DocumentFilter, order: Exclude<SetOrder, 'best'>): Int32Array {
  const { sql, values } = conditionOf(filter);
  const found = packedNumbers.parse(db.get(`SELECT json_group_array(document) AS numbers FROM (SELECT d.document FROM documents d WHERE d.duplicate_of IS NULL AND ${sql} ORDER BY ${orders[order]})`, ...values));
  return Int32Array.from(numbersOf(found.numbers));
}

const packedContents = z.object({ numbers: z.string(), contents: z.string() });

/** As listMatching in the order of numbers, with each document's content (0 for none). */
export function listMatchingContents(db: ReadDb, filter: DocumentFilter): { readonly documents: number[]; readonly contents: number[] } {
  const { sql, values } = conditionOf(filter);
  const found = packedContents.parse(db.get(`SELECT json_group_array(document) AS numbers, json_group_array(content) AS contents FROM (SELECT d.document, coalesce(d.content, 0) AS content FROM documents d WHERE d.duplicate_of IS NULL AND ${sql} ORDER BY d.document)`, ...values));
  return { documents: numbersOf(found.numbers), contents: numbersOf(found.contents) };
}

/** The statement of listFirsts; exported for the test of its plan. */
export const listFirstsSql = 'SELECT json_group_array(document) AS numbers, json_group_array(content) AS contents FROM (SELECT document, content FROM documents WHERE content > ? AND duplicate_of IS NULL ORDER BY content)';

/** Contents after one, by number, each with its first document. */
export function listFirsts(db: ReadDb, after: number): { readonly contents: number[]; readonly documents: number[] } {
  const found = packedContents.parse(db.get(listFirstsSql, after));
  return { documents: numbersOf(found.numbers), contents: numbersOf(found.contents) };
}

const countRow = z.object({ count: z.number().int() });

/** Documents that pass. */
export function countMatching(db: ReadDb, filter: DocumentFilter): number {
  const { sql, values } = conditionOf(filter);
  return countRow.parse(db.get(`SELECT count(*) AS count FROM documents d WHERE d.duplicate_of IS NULL AND ${sql}`, ...values)).count;
}

/** Documents that can be members of a set. */
export function countFirsts(db: ReadDb): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM documents WHERE duplicate_of IS NULL')).count;
}

const facetRow = z.object({ type: documentType, verdict: verdict.nullable(), count: z.number().int() });

/** How many of the documents that pass have each type together with each verdict; null is uncoded. */
export function countByTypeAndVerdict(db: ReadDb, filter: DocumentFilter): z.infer<typeof facetRow>[] {
  const { sql, values } = conditionOf(filter);
  return z.array(facetRow).parse(db.all(
    `SELECT d.type, s.verdict, count(*) AS count FROM documents d LEFT JOIN document_state s ON s.document = d.document WHERE d.duplicate_of IS NULL AND ${sql} GROUP BY d.type, s.verdict`,
    ...values,
  ));
}

const languageRow = z.object({ value: z.string(), count: z.number().int() });

/** Documents that pass, by the language of their text; those of which it cannot be told are left out. */
export function countByLanguage(db: ReadDb, filter: DocumentFilter): z.infer<typeof languageRow>[] {
  const { sql, values } = conditionOf(filter);
  return z.array(languageRow).parse(db.all(
    `SELECT c.language AS value, count(*) AS count FROM documents d JOIN contents c ON c.content = d.content WHERE d.duplicate_of IS NULL AND c.language IS NOT NULL AND ${sql} GROUP BY c.language`,
    ...values,
  ));
}

const rowShape = z.object({
  document: z.instanceof(Uint8Array).transform((bytes) => idOf<DocumentId>(bytes)),
  number: z.number().int(),
  content: z.number().int().nullable(),
  parent: z.number().int().nullable(),
  title: z.string(),
  by: z.string(),
  date: z.number().int().nullable(),
  type: documentType,
  state: documentState,
  path: z.string(),
  attachments: z.number().int(),
  duplicates: z.number().int(),
  verdict: verdict.nullable(),
  marking: z.string().nullable(),
  annotations: z.number().int(),
  chars: z.number().int(),
  nearOthers: z.number().int().nullable(),
  nearLeast: z.number().nullable(),
  messages: z.number().int().nullable(),
  addsNothing: z.number().nullable(),
});

/** What a list shows of a document. `marking` is the document's own as JSON, null when it has none; `chars` is the length of its text. */
export type MemberRow = z.infer<typeof rowShape>;

const memberSql = `SELECT d.id AS document, d.document AS number, d.content, d.parent, d.title, d.by, d.date, d.type, d.state, d.path, d.attachments, d.duplicates, s.verdict, s.marking,
  (SELECT count(*) FROM annotations a WHERE a.document = d.document) AS annotations, coalesce(c.chars, 0) AS chars,
  (SELECT count(*) FROM near_texts m WHERE m.pivot = n.pivot AND m.pivot <> m.content) AS nearOthers, (SELECT min(similarity) FROM near_texts m WHERE m.pivot = n.pivot AND m.pivot <> m.content) AS nearLeast,
  (SELECT count(*) FROM messages m WHERE m.thread = t.thread) AS messages, t.within IS NOT NULL AS addsNothing
  FROM json_each(?) wanted JOIN documents d ON d.document = wanted.value LEFT JOIN document_state s ON s.document = d.document LEFT JOIN contents c ON c.content = d.content
  LEFT JOIN near_texts n ON n.content = d.content LEFT JOIN messages t ON t.content = d.content ORDER BY wanted.key`;

/** Rows of the documents, in the order given. */
export function readMembers(db: ReadDb, documents: readonly number[]): MemberRow[] {
  return z.array(rowShape).parse(db.all(memberSql, JSON.stringify(documents)));
}

const numberRow = z.object({ number: z.number().int() });

/** The number of the document under which a set lists the one with this id: its own, or that of the first with the same bytes. Null when there is none. */
export function findMember(db: ReadDb, document: DocumentId): number | null {
  const found = db.get('SELECT coalesce(duplicate_of, document) AS number FROM documents WHERE id = ?', idBytes(document));
  return found === undefined ? null : numberRow.parse(found).number;
}

const keyRow = z.object({ key: z.number().int() });

/** Position of the first of the documents that has no verdict, or null. */
export function firstUncoded(db: ReadDb, documents: readonly number[]): number | null {
  const found = db.get('SELECT wanted.key AS key FROM json_each(?) wanted LEFT JOIN document_state s ON s.document = wanted.value WHERE s.verdict IS NULL ORDER BY wanted.key LIMIT 1', JSON.stringify(documents));
  return found === undefined ? null : keyRow.parse(found).key;
}
