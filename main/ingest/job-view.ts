/** A job as the window and scripts see it: what is stored, and what it counts while it works. */
import type { IngestCounts, IngestJob } from '../../preload/contract/domains/ingest.ts';
import type { ItemCounts, ItemState, JobRow } from '../store/index.ts';

const rateWindowMs = 10_000;

/** What a job at work knows beyond what is stored. */
export interface LiveJob {
  readonly startedAtMs: number;
  /** Files and bytes ended, by time, of the last ten seconds. */
  readonly recent: { readonly at: number; readonly files: number }[];
  /** What countItems would say: counted once and then kept, because it looks at every file. */
  readonly counts: { readonly byState: Record<ItemState, number>; children: number; bytesSeen: number; bytesDone: number };
  /** Whether files are still being found; the stored job learns it when it ends. */
  isFinding: boolean;
  /** The file that has been read for the longest. */
  reading: string | null;
}

/** The beginning of a job's work. */
export function liveJob(counted: ItemCounts, isFinding: boolean): LiveJob {
  return { startedAtMs: performance.now(), recent: [], counts: { ...counted, byState: { ...counted.byState } }, isFinding, reading: null };
}

function countsOf({ byState, children, bytesSeen, bytesDone }: ItemCounts): IngestCounts {
  const done = byState.added + byState.unchanged + byState.duplicate + byState['no-text'] + byState.quarantined;
  return { seen: done + byState.pending, done, added: byState.added, unchanged: byState.unchanged, duplicates: byState.duplicate, noText: byState['no-text'], quarantined: byState.quarantined, children, bytesSeen, bytesDone };
}

/** Files per second of the last ten seconds; null before the first. */
function rateOf(live: LiveJob): number | null {
  const now = performance.now();
  while (live.recent[0] !== undefined && now - live.recent[0].at > rateWindowMs) live.recent.shift();
  const first = live.recent[0];
  if (first === undefined) return null;
  const spanMs = Math.max(250, now - Math.max(live.startedAtMs, Math.min(first.at, now - 250)));
  return (1000 * live.recent.reduce((sum, entry) => sum + entry.files, 0)) / spanMs;
}

/** A job: `live` while it works, `counted` when it does not. */
export function viewJob(row: JobRow, live: LiveJob | undefined, counted: () => ItemCounts): IngestJob {
  const counts = countsOf(live?.counts ?? counted());
  const rate = live === undefined ? null : rateOf(live);
  const isFinding = live?.isFinding ?? false;
  return {
    job: row.id, label: row.label, state: live !== undefined ? 'running' : row.state === 'running' ? 'paused' : row.state, finding: isFinding, counts, rate,
    leftMs: rate === null || rate === 0 || isFinding ? null : (1000 * (counts.seen - counts.done)) / rate,
    elapsedMs: row.worked_ms + (live === undefined ? 0 : performance.now() - live.startedAtMs),
    startedAt: row.started_at, endedAt: row.ended_at, workers: row.workers, reading: live?.reading ?? null,
    fault: row.state === 'failed' && live === undefined ? row.fault : null,
  };
}
