/**
 * What is on screen, as markings: every view reports those of the portions it shows, and the banner rolls them up. A view that
 * reports nothing is taken for one that may show anything of its case.
 */
import { useEffect, useMemo, useRef } from 'react';
import { create } from 'zustand';
import type { MarkingView } from '../../preload/contract/domains/basics.ts';
import type { SetRow } from '../../preload/contract/domains/sets.ts';
import { useRoute } from './queries.ts';

interface OnScreen {
  /** By reporter; an empty list is a reporter that shows no content. */
  readonly reports: ReadonlyMap<symbol, readonly MarkingView[]>;
  readonly put: (owner: symbol, markings: readonly MarkingView[]) => void;
  readonly drop: (owner: symbol) => void;
}

const useReports = create<OnScreen>((set) => ({
  reports: new Map(),
  put: (owner, markings) => set((state) => ({ reports: new Map(state.reports).set(owner, markings) })),
  drop: (owner) => set((state) => {
    const reports = new Map(state.reports);
    reports.delete(owner);
    return { reports };
  }),
}));

/**
 * Reports the markings of what the calling component shows, while it is mounted: an empty list for no content, null for "not
 * known", which lets the case's own marking stand. Several components may report; their markings are rolled up together.
 */
export function useOnScreen(markings: readonly MarkingView[] | null): void {
  const key = markings === null ? null : [...new Set(markings.map((marking) => marking.banner))].sort().join('\n');
  const latest = useRef(markings);
  latest.current = markings;
  useEffect(() => {
    if (key === null) return;
    const owner = Symbol('on screen');
    useReports.getState().put(owner, latest.current ?? []);
    return () => useReports.getState().drop(owner);
  }, [key]);
}

/** Reports the markings of the rows that are drawn and there; nothing of a list that has none. */
export function useRowsOnScreen(rowAt: (index: number) => SetRow | undefined, drawn: { readonly start: number; readonly end: number }, total: number): void {
  const views = new Map<string, MarkingView>();
  for (let index = drawn.start; index < Math.min(drawn.end, total); index += 1) {
    const row = rowAt(index);
    if (row !== undefined) views.set(row.marking, { marking: row.marking, banner: row.marking, portion: row.portion, tone: row.tone });
  }
  useOnScreen([...views.values()]);
}

/** All that is reported now, in no order; null when nobody reports. */
export function useReportedMarkings(): readonly MarkingView[] | null {
  const reports = useReports((state) => state.reports);
  return useMemo(() => (reports.size === 0 ? null : [...reports.values()].flat()), [reports]);
}

/** The roll-up of the markings, as the engine makes it; `ceiling` until it has answered. Null for an empty list. */
export function useRollUp(markings: readonly MarkingView[] | null, ceiling: MarkingView | null): MarkingView | null {
  const distinct = useMemo(() => [...new Map((markings ?? []).map((view) => [view.banner, view])).values()].sort((a, b) => (a.banner < b.banner ? -1 : 1)), [markings]);
  const joined = useRoute('markings.join', { markings: distinct.map(({ marking }) => marking) }, { enabled: distinct.length > 1 });
  const [first] = distinct;
  return distinct.length > 1 ? (joined.data ?? ceiling) : (first ?? null);
}
