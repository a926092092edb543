/** Everything that one document's panes read, fetched before they ask. */
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { prefetch } from '../../lib/queries.ts';

/** Fetches a document's properties, text, history, annotations and hits. */
export function prefetchDocument(caseId: CaseId, document: DocumentId, hasText: boolean, query: string): void {
  prefetch('documents.get', { case: caseId, document });
  prefetch('coding.history', { case: caseId, document });
  prefetch('annotations.list', { case: caseId, document });
  if (!hasText) return;
  prefetch('documents.text', { case: caseId, document });
  if (query !== '') prefetch('search.highlights', { case: caseId, document, query });
}
