import type { SnippetPart } from '../../preload/contract/domains/sets.ts';
import { readColumns, readMarked, readMembers, textBytes, type MemberRow, type ReadDb } from '../store/reader.ts';
import { planHits, someHits } from './find-hits.ts';
import { readMarks } from './marks.ts';
import type { DocumentSet } from './open-set.ts';
import type { QueryNode } from './query/ast.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';
import { markMatch } from './query/to-match.ts';
import { snippetsOf, type MarkedColumn } from './snippets.ts';

/** A row of a set before policy speaks: `marking` is the document's own as JSON, or null. */
export interface MemberWithSnippets extends MemberRow {
  /** Position in the set. */
  readonly index: number;
  readonly snippets: readonly SnippetPart[][];
}

/** Texts above this are read here instead of marked by the index, whose work grows with hits times length. */
export const markedBytes = 50_000;

/** Characters of a column that are read for two lines; a hit only behind them gives none. */
const readChars = 8_000_000;
/** Hits of one word or phrase that are looked at. */
const hitsEach = 60;

/** The rows of a window of a set, with snippets where the set comes from a query; at least one, and no more once `isEnough` says so. */
export function readRows(db: ReadDb, set: DocumentSet, offset: number, limit: number, isEnough = (): boolean => false): MemberWithSnippets[] {
  const documents = set.documents.subarray(offset, offset + limit);
  const node = set.query === null ? null : parseQuery(set.query);
  const match = node === null ? null : markMatch(node);
  const terms = node === null ? [] : readParts(node).terms;
  // For the beginning of a word the index puts all its words together again for every text that it marks.
  const longest = terms.some(({ term }) => term.prefix === true) ? 0 : markedBytes;
  const rows: MemberWithSnippets[] = [];
  for (const [at, member] of readMembers(db, Array.from(documents)).entries()) {
    const columns = node === null || match === null || member.content === null ? [] : textBytes(db, member.content) > longest ? foundColumns(db, member.content, node) : markedColumns(db, member.content, match);
    rows.push({ ...member, index: offset + at, snippets: snippetsOf(columns, terms) });
    if (isEnough()) break;
  }
  return rows;
}

/** The body, the people, then the subject, each with its hits. */
function markedColumns(db: ReadDb, content: number, match: string): MarkedColumn[] {
  const marked = readMarked(db, content, match);
  return marked === null ? [] : [marked.body, marked.people, marked.subject].map(readMarks);
}

function* foundColumns(db: ReadDb, content: number, node: QueryNode): Generator<MarkedColumn> {
  const columns = readColumns(db, content, readChars);
  if (columns === null) return;
  for (const column of ['body', 'people', 'subject'] as const) yield { text: columns[column], spans: someHits(columns[column], planHits(node, column), hitsEach) };
}
