/** The full-text index over contents: FTS5, porter over unicode61, columns subject, people, body. Expressions come from search/, which quotes every term. */
import * as z from 'zod';
import { mailHeaders, type MailHeaders } from '../../../preload/contract/domains/documents.ts';
import { bug } from '../../base/errors.ts';
import type { ReadDb } from '../sqlite.ts';
import { conditionOf, type DocumentFilter } from './document-filter.ts';

/** What marks a hit: noncharacters, which canonical texts never hold. */
export const markStart = '\uFDD0';
/** Ends what markStart begins. */
export const markEnd = '\uFDD1';

/** Ranks by BM25; a hit in the subject counts three times one in the body. Through the hidden column, FTS5 ranks only rows that are asked for their rank. */
const ranking = "text_index MATCH ? AND rank MATCH 'bm25(3.0, 1.0, 1.0)'";

/** BM25 as SQLite gives it, in whole units: they are written and read in a third of the time of reals. */
const score = 'CAST(rank * -1e12 AS INTEGER)';
const scoreUnit = 1e-12;

const packed = z.object({ numbers: z.string(), scores: z.string() });

/** Numbers and scores side by side; a higher score is a better match. */
export interface Ranked {
  readonly numbers: number[];
  readonly scores: number[];
}

function unpack(found: unknown): Ranked {
  const { numbers, scores } = packed.parse(found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- json_group_array over integers
  return { numbers: JSON.parse(numbers) as number[], scores: (JSON.parse(scores) as number[]).map((units) => units * scoreUnit) };
}

/** The statement of rankDocuments, with a condition over `d`; exported for the test of its plan. */
export const rankDocumentsSql = (condition: string): string =>
  `SELECT json_group_array(d.document) AS numbers, json_group_array(${score}) AS scores FROM text_index t CROSS JOIN documents d ON d.content = t.rowid WHERE ${ranking} AND d.duplicate_of IS NULL AND ${condition}`;

/** Documents (first of their content) whose text matches and that pass `rest`, with their BM25, unordered. */
export function rankDocuments(db: ReadDb, match: string, rest: DocumentFilter): Ranked {
  const { sql, values } = conditionOf(rest);
  return unpack(db.get(rankDocumentsSql(sql), match, ...values));
}

/** Contents whose text matches, with their BM25, by number. */
export function rankContents(db: ReadDb, match: string): Ranked {
  return unpack(db.get(`SELECT json_group_array(rowid) AS numbers, json_group_array(${score}) AS scores FROM text_index WHERE ${ranking}`, match));
}

/** The contents that match best, best first, with their BM25. */
export function topContents(db: ReadDb, match: string, limit: number): Ranked {
  return unpack(db.get(`SELECT json_group_array(content) AS numbers, json_group_array(${score}) AS scores FROM (SELECT rowid AS content, rank FROM text_index WHERE ${ranking} ORDER BY rank LIMIT ?)`, match, limit));
}

/** As topContents, of the documents with these numbers alone. */
export function topContentsWithin(db: ReadDb, match: string, documents: readonly number[], limit: number): Ranked {
  const within = 'rowid IN (SELECT d.content FROM json_each(?) wanted JOIN documents d ON d.document = wanted.value WHERE d.content IS NOT NULL)';
  return unpack(db.get(`SELECT json_group_array(content) AS numbers, json_group_array(${score}) AS scores FROM (SELECT rowid AS content, rank FROM text_index WHERE ${ranking} AND ${within} ORDER BY rank LIMIT ?)`, match, JSON.stringify(documents), limit));
}

const markedRow = z.object({ subject: z.string(), people: z.string(), body: z.string() });

/** A content's columns with every hit between markStart and markEnd; null when it does not match. */
export type MarkedText = z.infer<typeof markedRow>;

const marks = 'char(64976), char(64977)';
/** The driver binds numbers as reals, and FTS5 passes over a rowid that is not an integer. */
const oneText = 'rowid = CAST(? AS INTEGER)';

// The driver binds numbers as reals, and FTS5 takes no notice of a rowid that is not an integer: hence the casts below.

/** The marked columns, whole. The work grows with hits times length: for short texts only. */
export function readMarked(db: ReadDb, content: number, match: string): MarkedText | null {
  const found = db.get(`SELECT highlight(text_index, 0, ${marks}) AS subject, highlight(text_index, 1, ${marks}) AS people, highlight(text_index, 2, ${marks}) AS body FROM text_index WHERE text_index MATCH ? AND ${oneText}`, match, content);
  return found === undefined ? null : markedRow.parse(found);
}

/** The columns of a text as they are; null when the content has none. At most `limit` characters of each. */
export function readColumns(db: ReadDb, content: number, limit: number): MarkedText | null {
  const found = db.get('SELECT substr(subject, 1, ?) AS subject, substr(people, 1, ?) AS people, substr(body, 1, ?) AS body FROM texts WHERE content = ?', limit, limit, limit, content);
  return found === undefined ? null : markedRow.parse(found);
}

const sizeRow = z.object({ bytes: z.number().int() });

/** How long the columns of a text are together, in bytes; 0 when the content has none. */
export function textBytes(db: ReadDb, content: number): number {
  const found = db.get('SELECT octet_length(subject) + octet_length(people) + octet_length(body) AS bytes FROM texts WHERE content = ?', content);
  return found === undefined ? 0 : sizeRow.parse(found).bytes;
}

const contentRow = z.object({ content: z.number().int() });

/** Any text that matches, or null. */
export function findText(db: ReadDb, match: string): number | null {
  const found = db.get('SELECT rowid AS content FROM text_index WHERE text_index MATCH ? LIMIT 1', match);
  return found === undefined ? null : contentRow.parse(found).content;
}

const mailRow = z.object({ content: z.number().int(), mail: z.string().transform((text) => mailHeaders.parse(JSON.parse(text))) });

/** Messages whose text matches, with their headers. */
export function* iterateMail(db: ReadDb, match: string): Generator<{ readonly content: number; readonly mail: MailHeaders }> {
  for (const found of db.iterate('SELECT c.content, c.mail FROM text_index t CROSS JOIN contents c ON c.content = t.rowid WHERE text_index MATCH ? AND c.mail IS NOT NULL', match)) yield mailRow.parse(found);
}

const termRow = z.object({ term: z.string(), documents: z.number().int() });

/** A stem of the index and in how many texts it stands. */
export type IndexTerm = z.infer<typeof termRow>;

/** Stems from `from` up to but not including `to`, in code point order. */
export function* iterateTerms(db: ReadDb, from: string, to: string): Generator<IndexTerm> {
  for (const found of db.iterate('SELECT term, doc AS documents FROM text_terms WHERE term >= ? AND term < ?', from, to)) yield termRow.parse(found);
}

/** In how many texts a stem stands. */
export function countTextsWith(db: ReadDb, stem: string): number {
  const found = db.get('SELECT term, doc AS documents FROM text_terms WHERE term = ?', stem);
  return found === undefined ? 0 : termRow.parse(found).documents;
}

const sourceRow = z.object({ content: z.number().int(), number: z.number().int(), path: z.string(), type: z.string(), subject: z.string(), body: z.string() });

/** A text with the document that is shown for it. */
export type SourceText = z.infer<typeof sourceRow>;

/** The text of a content, or null when no document shows it. */
export function readSource(db: ReadDb, content: number): SourceText | null {
  const found = db.get('SELECT t.content, d.document AS number, d.path, d.type, t.subject, t.body FROM texts t JOIN documents d ON d.content = t.content AND d.duplicate_of IS NULL WHERE t.content = ? ORDER BY d.document LIMIT 1', content);
  return found === undefined ? null : sourceRow.parse(found);
}

const pathRow = z.object({ content: z.number().int(), number: z.number().int(), path: z.string() });

/** Number and path of the document that is shown for each content. */
export function readPathsOf(db: ReadDb, contents: readonly number[]): Map<number, { readonly number: number; readonly path: string }> {
  const found = z.array(pathRow).parse(db.all('SELECT d.content, d.document AS number, d.path FROM json_each(?) wanted CROSS JOIN documents d ON d.content = wanted.value WHERE d.duplicate_of IS NULL ORDER BY d.document DESC', JSON.stringify(contents)));
  return new Map(found.map(({ content, number, path }) => [content, { number, path }]));
}

const pageRow = z.object({ page: z.number().int() });

/** The page of a content on which an offset stands, or null where it has no pages. */
export function pageOf(db: ReadDb, content: number, offset: number): number | null {
  const read = db.get('SELECT page FROM ocr_pages WHERE content = ? AND start <= ? ORDER BY start DESC LIMIT 1', content, offset);
  // What OCR read stands behind everything else.
  const found = read ?? db.get('SELECT page FROM pages WHERE content = ? AND start <= ? ORDER BY page DESC LIMIT 1', content, offset);
  return found === undefined ? null : pageRow.parse(found).page;
}

const collection = z.object({ texts: z.number().int(), without: z.number().int() });

/** How many documents have a text, and how many have none. Documents are counted once per content. */
export function countTexts(db: ReadDb): { readonly texts: number; readonly without: number } {
  return collection.parse(db.get("SELECT count(*) FILTER (WHERE state = 'text') AS texts, count(*) FILTER (WHERE state <> 'text') AS without FROM documents WHERE duplicate_of IS NULL") ?? bug('an aggregate has one row'));
}

/** As countTexts, of the documents with these numbers alone; copies count once. */
export function countTextsWithin(db: ReadDb, documents: readonly number[]): { readonly texts: number; readonly without: number } {
  const firsts = 'SELECT DISTINCT coalesce(d.duplicate_of, d.document) AS first FROM json_each(?) wanted JOIN documents d ON d.document = wanted.value';
  return collection.parse(db.get(`SELECT count(*) FILTER (WHERE state = 'text') AS texts, count(*) FILTER (WHERE state <> 'text') AS without FROM documents WHERE document IN (${firsts})`, JSON.stringify(documents)) ?? bug('an aggregate has one row'));
}
