import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import { AppError } from '../base/errors.ts';
import { findMember, readMarked, readMembers, type ReadDb } from '../store/reader.ts';
import { groupHits, readMarks, type Hit } from './marks.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';
import { markMatch } from './query/to-match.ts';

/** Where the query's words stand in a document's canonical text, in order. Throws search.bad-query or case.unknown-document. */
export function highlightsIn(db: ReadDb, document: DocumentId, query: string): Hit[] {
  const number = findMember(db, document);
  if (number === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document } });
  const node = parseQuery(query);
  const match = markMatch(node);
  const content = readMembers(db, [number])[0]?.content ?? null;
  const marked = match === null || content === null ? null : readMarked(db, content, match);
  if (marked === null) return [];
  const { text, spans } = readMarks(marked.body);
  return groupHits(text, spans, readParts(node).terms);
}
