/** The bulk runs of the open case, kept current while they work, and what another view wants ordered. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { BulkRunId, CaseId } from '../../preload/contract/domains/basics.ts';
import type { BulkRun, BulkScope } from '../../preload/contract/domains/bulk.ts';
import type { Output } from '../../preload/contract/routes.ts';
import { call, isEngineError } from './client.ts';
import { useNavigation } from './navigation.ts';
import { keyOf, queryClient, useRoute } from './queries.ts';

/** A list that a view wants gone over. */
export interface WantedScope {
  readonly scope: BulkScope;
  /** What the list is called there. */
  readonly label: string;
}

interface BulkWishes {
  /** Set: the form of a new run is open. */
  readonly wanted: WantedScope | null;
  readonly shown: BulkRunId | null;
}

/** What the bulk view shows; dropped with the case. */
export const useBulkWishes = create<BulkWishes>(() => ({ wanted: null, shown: null }));

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) useBulkWishes.setState({ wanted: null, shown: null });
});

export const wholeCase: WantedScope = { scope: { kind: 'case' }, label: 'the whole case' };

/** Opens the form of a new run over a list. */
export function orderOver(wanted: WantedScope): void {
  useBulkWishes.setState({ wanted });
  useNavigation.getState().goTo('bulk');
}

/** Shows a run in the bulk view. */
export function showRun(run: BulkRunId | null): void {
  useBulkWishes.setState({ wanted: null, shown: run });
  useNavigation.getState().goTo('bulk');
}

/** Puts a run's newest state into the list that views read. */
export function keepRun(caseId: CaseId, run: BulkRun): void {
  queryClient.setQueryData<Output<'bulk.runs'>>(keyOf('bulk.runs', { case: caseId }), (before) => {
    if (before === undefined) return undefined;
    const isKnown = before.runs.some((other) => other.run === run.run);
    return { runs: isKnown ? before.runs.map((other) => (other.run === run.run ? run : other)) : [run, ...before.runs] };
  });
}

/** The case's runs, newest first; undefined until they are known. */
export function useRuns(caseId: CaseId | null): readonly BulkRun[] | undefined {
  return useRoute('bulk.runs', { case: caseId ?? '' }, { enabled: caseId !== null }).data?.runs;
}

/** Watches every run that works and keeps the list current. The window calls it once. */
export function useWatchedRuns(caseId: CaseId | null): void {
  const ids = useRuns(caseId)?.filter(({ state }) => state === 'running').map(({ run }) => run).sort().join(' ') ?? '';
  useEffect(() => {
    if (caseId === null || ids === '') return;
    const controller = new AbortController();
    const wanted = new Set(ids.split(' '));
    const runs = queryClient.getQueryData<Output<'bulk.runs'>>(keyOf('bulk.runs', { case: caseId }))?.runs.filter(({ run }) => wanted.has(run)) ?? [];
    for (const { run } of runs) {
      call('bulk.watch', { case: caseId, run }, { signal: controller.signal, onProgress: (value) => keepRun(caseId, value) }).then(
        (last) => {
          keepRun(caseId, last);
          void queryClient.invalidateQueries({ queryKey: ['bulk.results'] });
        },
        (error: unknown) => {
          if (!controller.signal.aborted && !isEngineError(error, 'bridge.closed')) void queryClient.invalidateQueries({ queryKey: ['bulk.runs'] });
        },
      );
    }
    return () => controller.abort(new Error('No longer watched.'));
  }, [caseId, ids]);
}
