import type { SnippetPart } from '../../preload/contract/domains/sets.ts';
import { readMarked, readMarkedExcerpt, readMembers, type MemberRow, type ReadDb } from '../store/reader.ts';
import type { DocumentSet } from './open-set.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';
import { markMatch } from './query/to-match.ts';
import { snippetsOf } from './snippets.ts';

/** A row of a set before policy speaks: `marking` is the document's own as JSON, or null. */
export interface MemberWithSnippets extends MemberRow {
  /** Position in the set. */
  readonly index: number;
  readonly snippets: readonly SnippetPart[][];
}

/** Texts longer than this are cut by the index itself before they are brought over. */
const wholeChars = 200_000;

/** The rows of a window of a set, with snippets where the set comes from a query. */
export function readRows(db: ReadDb, set: DocumentSet, offset: number, limit: number): MemberWithSnippets[] {
  const documents = set.documents.subarray(offset, offset + limit);
  const node = set.query === null ? null : parseQuery(set.query);
  const match = node === null ? null : markMatch(node);
  const terms = node === null ? [] : readParts(node).terms;
  return readMembers(db, Array.from(documents)).map((member, at) => {
    const marked = match === null || member.content === null ? null : (member.chars > wholeChars ? readMarkedExcerpt : readMarked)(db, member.content, match);
    return { ...member, index: offset + at, snippets: marked === null ? [] : snippetsOf(marked, terms) };
  });
}
