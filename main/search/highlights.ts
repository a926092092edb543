import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import { AppError } from '../base/errors.ts';
import { findMember, readColumns, readMarked, readMembers, textBytes, type ReadDb } from '../store/reader.ts';
import { firstHits, planHits } from './find-hits.ts';
import { groupHits, readMarks, type Hit } from './marks.ts';
import type { QueryNode } from './query/ast.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';
import { markMatch } from './query/to-match.ts';
import { markedBytes } from './rows.ts';
import type { MarkedColumn } from './snippets.ts';

/** Hits answered for one document; the contract says so. */
export const maxHighlights = 20_000;
/** No text is longer, in characters. */
const wholeText = 0x7FFF_FFFF;

/** Where the query's words stand in a document's canonical text: the first 20,000 hits, in order. Throws search.bad-query or case.unknown-document. */
export function highlightsIn(db: ReadDb, document: DocumentId, query: string): Hit[] {
  const number = findMember(db, document);
  if (number === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document } });
  const node = parseQuery(query);
  const match = markMatch(node);
  const content = readMembers(db, [number])[0]?.content ?? null;
  const marked = match === null || content === null ? null : markedBody(db, content, node, match);
  return marked === null ? [] : groupHits(marked.text, marked.spans, readParts(node).terms).slice(0, maxHighlights);
}

function markedBody(db: ReadDb, content: number, node: QueryNode, match: string): MarkedColumn | null {
  if (textBytes(db, content) <= markedBytes) {
    const marked = readMarked(db, content, match);
    return marked === null ? null : readMarks(marked.body);
  }
  const text = readColumns(db, content, wholeText)?.body ?? null;
  return text === null ? null : { text, spans: firstHits(text, planHits(node, 'body'), maxHighlights) };
}
