/** The rows of an open set near what is drawn, fetched in fixed windows so that scrolling meets the cache. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { SetRow } from '../../preload/contract/domains/sets.ts';
import type { Output } from '../../preload/contract/routes.ts';
import { call } from './client.ts';
import type { OpenSet } from './open-set.ts';
import { keyOf, queryClient } from './queries.ts';

/** Rows fetched together. */
export const windowRows = 100;

/** Positions that are drawn, `end` exclusive, as VirtualList reports them. */
export interface DrawnRange {
  readonly start: number;
  readonly end: number;
}

/** What useSetRows knows: a row by its position, undefined until it has arrived; the first failure, if any. */
export interface SetRows {
  readonly rowAt: (index: number) => SetRow | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The offsets of the windows that cover a range and a quarter of a window on either side; the first window for an empty one. */
export function windowsOf(range: DrawnRange, total: number): readonly number[] {
  const first = Math.max(0, range.start - windowRows / 4);
  const end = Math.min(total, Math.max(range.end, range.start + 1) + windowRows / 4);
  const offsets: number[] = [];
  for (let offset = first - (first % windowRows); offset < end; offset += windowRows) offsets.push(offset);
  return offsets;
}

/** Rows that have arrived, and the first failure; module-level, so that the library keeps its result while nothing changed. */
function combine(answers: readonly UseQueryResult<Output<'sets.rows'>, Error>[]): { readonly rows: readonly SetRow[]; readonly error: Error | null } {
  return { rows: answers.flatMap((answer) => answer.data?.rows ?? []), error: answers.find((answer) => answer.error !== null)?.error ?? null };
}

/** Reads the rows of a set around those that are drawn, and keeps them. */
export function useSetRows(set: OpenSet | null, drawn: DrawnRange): SetRows {
  const inputs = set === null ? [] : windowsOf(drawn, set.total).map((offset) => ({ case: set.case, set: set.set, offset, limit: windowRows }));
  const { rows, error } = useQueries({
    queries: inputs.map((input) => ({
      queryKey: keyOf('sets.rows', input),
      queryFn: ({ signal }: { signal: AbortSignal }) => call('sets.rows', input, { signal }),
    })),
    combine,
  });
  const rowByIndex = useMemo(() => new Map(rows.map((row) => [row.index, row])), [rows]);
  const rowAt = useCallback((index: number) => rowByIndex.get(index), [rowByIndex]);
  return { rowAt, error, retry: retryRows };
}

function retryRows(): void {
  void queryClient.refetchQueries({ queryKey: ['sets.rows'], predicate: (query) => query.state.status === 'error' });
}
