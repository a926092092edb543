import type { ChatScope } from '../../preload/contract/domains/chat.ts';
import { AppError } from '../base/errors.ts';
import type { Searcher } from '../search/index.ts';
import { findDocument, type CaseStore } from '../store/index.ts';
import { wholeCase, type ReadingScope } from './reader/index.ts';

/** What of the case a question reads. Throws search.bad-query, case.unknown-document, or the signal's reason. */
export async function readScope({ store, searcher }: { readonly store: CaseStore; readonly searcher: Searcher }, scope: ChatScope, signal: AbortSignal): Promise<ReadingScope> {
  const numberOf = (id: Parameters<typeof findDocument>[1]): number => {
    const document = findDocument(store.read, id);
    if (document === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document: id } });
    return document.document;
  };
  switch (scope.kind) {
    case 'case': return wholeCase;
    case 'search': {
      const { documents } = await searcher.openSet({ kind: 'search', query: scope.query, coding: 'any', types: [], order: 'ingested' }, { signal });
      return { documents: [...documents], span: null };
    }
    case 'documents': return { documents: scope.documents.map(numberOf), span: null };
    case 'span': return { documents: [numberOf(scope.document)], span: { start: scope.start, end: scope.end } };
  }
}
