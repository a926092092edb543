/** Shows a decision that the engine acknowledged at once, ahead of the answers that its event makes stale. */
import type { CaseId, DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';

/** Writes a verdict and the counts into what is cached. */
export function showVerdict(caseId: CaseId, document: DocumentId, verdict: Verdict | null, counts: CodingCounts): void {
  queryClient.setQueryData<CodingCounts>(keyOf('coding.counts', { case: caseId }), counts);
  queryClient.setQueryData<Output<'documents.get'>>(keyOf('documents.get', { case: caseId, document }), (before) => before && { ...before, verdict });
  queryClient.setQueriesData<Output<'sets.rows'>>({ queryKey: ['sets.rows'] }, (before) => {
    if (before === undefined || !before.rows.some((row) => row.document === document)) return before;
    return { rows: before.rows.map((row) => (row.document === document ? { ...row, verdict } : row)) };
  });
}
