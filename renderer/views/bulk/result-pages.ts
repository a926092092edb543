/** The results of a run, in pages around what is drawn. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { BulkRunId, CaseId } from '../../../preload/contract/domains/basics.ts';
import type { BulkItemState, BulkResult } from '../../../preload/contract/domains/bulk.ts';
import { call } from '../../lib/client.ts';
import { keyOf } from '../../lib/queries.ts';

const pageItems = 100;

export interface ResultPages {
  readonly total: number;
  readonly at: (index: number) => BulkResult | undefined;
  /** Results that are read, in order. */
  readonly read: readonly BulkResult[];
  /** Says which positions are drawn, `end` exclusive. */
  readonly show: (start: number, end: number) => void;
  readonly error: Error | null;
}

/** Reads them. `state` null takes all. */
export function useResultPages(caseId: CaseId, run: BulkRunId, state: BulkItemState | null): ResultPages {
  const [[first, last], setPages] = useState<readonly [number, number]>([0, 0]);
  const show = useCallback((start: number, end: number) => {
    const from = Math.floor(start / pageItems);
    const to = Math.floor(Math.max(start, end - 1) / pageItems);
    setPages((before) => (before[0] === from && before[1] === to ? before : [from, to]));
  }, []);
  const wanted = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, step) => first + step)])];
  const answers = useQueries({
    queries: wanted.map((page) => {
      const input = { case: caseId, run, state, offset: page * pageItems, limit: pageItems };
      return { queryKey: keyOf('bulk.results', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('bulk.results', input, { signal }) };
    }),
  });
  const pageOf = (page: number): readonly BulkResult[] => answers[wanted.indexOf(page)]?.data?.results ?? [];
  return {
    total: answers[0]?.data?.total ?? 0,
    at: (index) => pageOf(Math.floor(index / pageItems))[index % pageItems],
    read: answers.flatMap((answer) => answer.data?.results ?? []),
    show,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}
