/** A run's counts while it works: counted once, then kept, because counting looks at every item. */
import type { BulkItemState } from '../../../preload/contract/domains/bulk.ts';
import { countBulkItems, type ReadDb } from '../../store/index.ts';
import type { BulkRunId } from '../../../preload/contract/domains/basics.ts';

const windowMs = 60_000;

export interface Tally {
  readonly byState: Readonly<Record<BulkItemState, number>>;
  readonly documents: () => number;
  readonly add: (added: Readonly<Record<'queued' | 'held' | 'documents', number>>) => void;
  readonly move: (from: BulkItemState, to: BulkItemState) => void;
  /** Items that ended in a minute, by the last minute of work; null before the first. */
  readonly ratePerMinute: () => number | null;
  /** Rises with every failed or held item: their reasons are to be read again. */
  readonly reasonsVersion: () => number;
}

/** Counts a run's items and goes on from there. `nowMs` never goes back. */
export function createTally(db: ReadDb, run: BulkRunId, nowMs: () => number): Tally {
  const counted = countBulkItems(db, run);
  const { byState } = counted;
  let { documents } = counted;
  let reasons = 0;
  const startedMs = nowMs();
  const ended: number[] = [];
  return {
    byState,
    documents: () => documents,
    add: (added) => {
      byState.queued += added.queued;
      byState.held += added.held;
      documents += added.documents;
      reasons += added.held;
    },
    move: (from, to) => {
      byState[from] -= 1;
      byState[to] += 1;
      if (to === 'failed' || to === 'held') reasons += 1;
      if (to !== 'queued' && to !== 'leased') ended.push(nowMs());
    },
    ratePerMinute: () => {
      const now = nowMs();
      while (ended[0] !== undefined && now - ended[0] > windowMs) ended.shift();
      if (ended.length === 0) return null;
      return (ended.length * 60_000) / Math.max(1000, Math.min(windowMs, now - startedMs));
    },
    reasonsVersion: () => reasons,
  };
}
