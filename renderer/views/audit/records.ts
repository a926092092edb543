/** The records of one chain by position, newest first, fetched in pages around what is on screen. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { keyOf } from '../../lib/queries.ts';

const pageRecords = 200;

/** What is known of a chain: how many records, and each by its position, undefined until it has arrived. */
export interface AuditRecords {
  readonly total: number | undefined;
  readonly recordAt: (index: number) => AuditRecord | undefined;
  /** Says which positions are drawn, `end` exclusive. */
  readonly show: (start: number, end: number) => void;
  readonly error: Error | null;
  readonly isLoading: boolean;
}

/** Reads a chain: a case's, or the vault's own for null. Records written meanwhile appear when the view is opened again. */
export function useAuditRecords(chain: CaseId | null): AuditRecords {
  const [pages, setPages] = useState<readonly [number, number]>([0, 0]);
  const show = useCallback((start: number, end: number) => {
    const first = Math.floor(start / pageRecords);
    const last = Math.floor(Math.max(start, end - 1) / pageRecords);
    setPages((before) => (before[0] === first && before[1] === last ? before : [first, last]));
  }, []);
  const wanted = Array.from({ length: pages[1] - pages[0] + 1 }, (_, step) => pages[0] + step);
  // The first page carries the total, so it is always among those that are asked for.
  const numbers = wanted.includes(0) ? wanted : [0, ...wanted];
  const answers = useQueries({
    queries: numbers.map((page) => {
      const input = { case: chain, offset: page * pageRecords, limit: pageRecords };
      return {
        queryKey: keyOf('audit.list', input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call('audit.list', input, { signal }),
        refetchOnMount: 'always' as const,
      };
    }),
  });
  const recordAt = (index: number): AuditRecord | undefined => {
    const at = numbers.indexOf(Math.floor(index / pageRecords));
    return answers[at]?.data?.records[index % pageRecords];
  };
  const first = answers[numbers.indexOf(0)];
  return {
    total: first?.data?.total,
    recordAt,
    show,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
    isLoading: first?.isPending === true,
  };
}
