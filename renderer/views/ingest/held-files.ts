/** The files of a job that ended without text or in quarantine, as their tables read them. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestFailure, IngestItem, IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { call } from '../../lib/client.ts';
import { keyOf } from '../../lib/queries.ts';

const pageItems = 500;
/** Held files are read whole, to part those that were never taken in from the others; beyond this the rest is only counted. */
const mostPages = 20;

const outsideCodes: ReadonlySet<string> = new Set(['path.link', 'path.special', 'path.absent', 'path.unreadable']);

/** True for what never came into the vault: a link, a pipe, a file that is gone or may not be read. */
export function isOutside({ reason }: Pick<IngestItem | IngestFailure, 'reason'>): boolean {
  return outsideCodes.has(reason.code);
}

/** Files of one table. `shown` is smaller than `total` when there are more than a window should hold. */
export interface HeldFiles {
  readonly total: number;
  readonly shown: number;
  readonly itemAt: (index: number) => IngestItem | undefined;
  /** The position of a path, null when it is not there or has not arrived. */
  readonly positionOf: (path: string) => number | null;
  /** Says which positions are drawn, `end` exclusive. */
  readonly show: (start: number, end: number) => void;
  readonly error: Error | null;
}

function useItemPages(caseId: CaseId, job: IngestJob, state: 'quarantined' | 'no-text', pages: readonly number[]) {
  return useQueries({
    queries: pages.map((page) => {
      const input = { case: caseId, job: job.job, state, offset: page * pageItems, limit: pageItems };
      return { queryKey: keyOf('ingest.items', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('ingest.items', input, { signal }) };
    }),
  });
}

function useMemberPages(caseId: CaseId, job: IngestJob, pages: readonly number[]) {
  return useQueries({
    queries: pages.map((page) => {
      const input = { case: caseId, job: job.job, offset: page * pageItems, limit: pageItems };
      return { queryKey: keyOf('ingest.held-members', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('ingest.held-members', input, { signal }) };
    }),
  });
}

/** Files without text, in pages around what is drawn. */
export function useFilesWithoutText(caseId: CaseId, job: IngestJob): HeldFiles {
  const { wanted, show } = useWantedPages();
  return heldFiles(wanted, useItemPages(caseId, job, 'no-text', wanted), show);
}

/** Members of containers that are held, in pages around what is drawn. */
export function useHeldMembers(caseId: CaseId, job: IngestJob): HeldFiles {
  const { wanted, show } = useWantedPages();
  return heldFiles(wanted, useMemberPages(caseId, job, wanted), show);
}

/** The pages around what is drawn, the first among them. */
function useWantedPages(): { readonly wanted: readonly number[]; readonly show: HeldFiles['show'] } {
  const [[first, last], setPages] = useState<readonly [number, number]>([0, 0]);
  const show = useCallback((start: number, end: number) => {
    const from = Math.floor(start / pageItems);
    const to = Math.floor(Math.max(start, end - 1) / pageItems);
    setPages((before) => (before[0] === from && before[1] === to ? before : [from, to]));
  }, []);
  const wanted = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, step) => first + step)])];
  return { wanted, show };
}

interface PageAnswer {
  readonly data: { readonly total: number; readonly items: readonly IngestItem[] } | undefined;
  readonly error: Error | null;
}

/** Files of a table that is read in pages, the first of which says how many there are. */
function heldFiles(wanted: readonly number[], answers: readonly PageAnswer[], show: HeldFiles['show']): HeldFiles {
  const itemsOf = (page: number): readonly IngestItem[] => answers[wanted.indexOf(page)]?.data?.items ?? [];
  const total = answers[0]?.data?.total ?? 0;
  return {
    total,
    shown: total,
    itemAt: (index) => itemsOf(Math.floor(index / pageItems))[index % pageItems],
    positionOf: (path) => {
      for (const page of wanted) {
        const index = itemsOf(page).findIndex((item) => item.path === path);
        if (index >= 0) return page * pageItems + index;
      }
      return null;
    },
    show,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}

const noShow = (): void => undefined;

/** Files that are held sealed, or, of the same list, what was never taken in. `total` is counted from the reasons. */
export function useHeldFiles(caseId: CaseId, job: IngestJob, part: 'sealed' | 'outside', total: number): HeldFiles {
  const pages = Math.min(mostPages, Math.ceil(job.counts.quarantined / pageItems));
  const answers = useItemPages(caseId, job, 'quarantined', Array.from({ length: pages }, (_, page) => page));
  const all = answers.flatMap((answer) => answer.data?.items ?? []);
  const items = all.filter((item) => isOutside(item) === (part === 'outside'));
  const indexByPath = useMemo(() => new Map(items.map((item, index) => [item.path, index])), [items]);
  return {
    total: Math.max(total, items.length),
    shown: items.length,
    itemAt: (index) => items[index],
    positionOf: (path) => indexByPath.get(path) ?? null,
    show: noShow,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}
