/** The jobs of one case: starting, watching, pausing, going on, trying again. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { JobId } from '../../preload/contract/domains/basics.ts';
import type { IngestCounts, IngestFailure, IngestItem, IngestJob } from '../../preload/contract/domains/ingest.ts';
import { audited } from '../audit/index.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { isInside } from '../base/is-inside.ts';
import { countItems, findJob, insertJob, listFailures, listItems, listJobs, readDocument, requeueQuarantined, updateJob, type CaseStore, type ItemCounts, type ItemState, type JobRow } from '../store/index.ts';
import type { ProcessHost } from '../work/index.ts';
import { createExtractPool, type ExtractPool } from './extract-pool.ts';
import { runJob } from './job-runner.ts';

const rateWindowMs = 10_000;
const reportEveryMs = 100;

export interface Ingest {
  /** Throws case.path-absent when a path is not there. */
  readonly start: (paths: readonly string[], workers: number | undefined) => IngestJob;
  readonly jobs: () => IngestJob[];
  /** Reports at most ten times a second until the job ends or the signal aborts. */
  readonly watch: (job: JobId, report: (state: IngestJob) => void, signal: AbortSignal) => Promise<IngestJob>;
  readonly pause: (job: JobId) => Promise<IngestJob>;
  readonly resume: (job: JobId) => IngestJob;
  readonly cancel: (job: JobId) => Promise<IngestJob>;
  readonly retry: (job: JobId) => IngestJob;
  readonly failures: (job: JobId) => IngestFailure[];
  readonly items: (job: JobId, state: 'no-text' | 'quarantined', offset: number, limit: number) => { total: number; items: IngestItem[] };
  /** Takes up every job that was at work when the vault was last locked. */
  readonly resumeAll: () => void;
  readonly close: () => Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  readonly startedAt: number;
  /** Files ended, by time, of the last ten seconds. */
  readonly recent: { readonly at: number; readonly files: number }[];
  readonly listeners: Set<() => void>;
  /** What countItems would say: counted once and then kept, because it looks at every file. */
  readonly counts: { readonly byState: Record<ItemState, number>; children: number };
  /** Whether files are still being found; the stored job learns it when it ends. */
  readonly found: { isAll: boolean };
}

export interface IngestOptions {
  readonly host: ProcessHost;
  /** The vault's folder: it is never taken in. */
  readonly vaultFolder: string;
  /** Something about a job changed. */
  readonly onJobs: () => void;
  /** Documents were added. */
  readonly onDocuments: () => void;
}

/** The jobs of an open case. */
export function createIngest(store: CaseStore, { host, vaultFolder, onJobs, onDocuments }: IngestOptions): Ingest {
  const vault = resolve(vaultFolder);
  const isOurs = (location: string): boolean => isInside(location, vault);
  const faults = new Map<JobId, string>();
  const running = new Map<JobId, Running>();
  let pool: { readonly pool: ExtractPool; readonly workers: number } | null = null;

  const poolFor = (workers: number): ExtractPool => {
    pool ??= { pool: createExtractPool({ host, workers }), workers };
    return pool.pool;
  };
  const mustFind = (id: JobId): JobRow => {
    const row = findJob(store.read, id);
    if (row === null) throw new AppError('case.unknown-job', 'There is no such job in this case.', { data: { job: id } });
    return row;
  };

  const countsOf = ({ byState, children }: ItemCounts): IngestCounts => {
    const done = byState.added + byState.unchanged + byState.duplicate + byState['no-text'] + byState.quarantined;
    return { seen: done + byState.pending, done, added: byState.added, unchanged: byState.unchanged, duplicates: byState.duplicate, noText: byState['no-text'], quarantined: byState.quarantined, children };
  };
  const rateOf = (live: Running): number | null => {
    const now = performance.now();
    while (live.recent[0] !== undefined && now - live.recent[0].at > rateWindowMs) live.recent.shift();
    const first = live.recent[0];
    if (first === undefined) return null;
    const spanMs = Math.max(250, now - Math.max(live.startedAt, Math.min(first.at, now - 250)));
    return (1000 * live.recent.reduce((sum, entry) => sum + entry.files, 0)) / spanMs;
  };
  const show = (id: JobId): IngestJob => {
    const row = mustFind(id);
    const live = running.get(id);
    const counts = countsOf(live?.counts ?? countItems(store.read, row.job));
    const rate = live === undefined ? null : rateOf(live);
    const isRunning = live !== undefined;
    const isFinding = live !== undefined && !live.found.isAll;
    return {
      job: row.id, label: row.label, state: isRunning ? 'running' : row.state === 'running' ? 'paused' : row.state, finding: isFinding, counts, rate,
      leftMs: rate === null || rate === 0 || isFinding ? null : (1000 * (counts.seen - counts.done)) / rate,
      elapsedMs: row.worked_ms + (live === undefined ? 0 : performance.now() - live.startedAt),
      startedAt: row.started_at, endedAt: row.ended_at, workers: row.workers,
      fault: row.state === 'failed' && !isRunning ? (faults.get(id) ?? null) : null,
    };
  };

  const begin = (row: JobRow): void => {
    if (running.has(row.id)) return;
    const controller = new AbortController();
    const listeners = new Set<() => void>();
    const recent: { at: number; files: number }[] = [];
    const tell = (): void => { for (const listener of listeners) listener(); };
    const startedAt = performance.now();
    const counted = countItems(store.read, row.job);
    const counts = { byState: { ...counted.byState }, children: counted.children };
    const found = { isAll: !row.finding };
    let lastTold = 0;
    const changed = (): void => {
      tell();
      const now = performance.now();
      if (now - lastTold < 500) return;
      lastTold = now;
      onJobs();
      onDocuments();
    };
    const ended = runJob({
      store, job: row, pool: poolFor(row.workers), signal: controller.signal, isOurs,
      onBatch: (ended) => {
        for (const { state, children } of ended) {
          counts.byState[state] += 1;
          counts.byState.pending -= 1;
          counts.children += children;
        }
        recent.push({ at: performance.now(), files: ended.length });
        changed();
      },
      onFound: (pending, held) => {
        counts.byState.pending += pending;
        counts.byState.quarantined += held;
        changed();
      },
      onAllFound: () => {
        found.isAll = true;
        changed();
      },
    }).then(({ error }) => {
      if (error !== null) faults.set(row.id, isAppError(error) ? error.message : 'Something inside the engine failed.');
      running.delete(row.id);
      tell();
      onJobs();
      onDocuments();
    });
    running.set(row.id, { controller, ended, startedAt, recent, listeners, counts, found });
    onJobs();
  };
  const stop = async (id: JobId, why: 'pause' | 'cancel'): Promise<IngestJob> => {
    const live = running.get(id);
    if (live !== undefined) {
      live.controller.abort(why);
      await live.ended;
    } else if (why === 'cancel') {
      const row = mustFind(id);
      if (row.state === 'paused' || row.state === 'running') {
        audited(store, (db) => updateJob(db, row.job, { state: 'cancelled', finding: row.finding, endedAt: store.clock.nowMs(), workedMs: row.worked_ms }), () => ({ action: 'ingest.cancelled', objects: [id], marking: store.marking }));
        onJobs();
      }
    }
    return show(id);
  };
  /** Puts a stopped job back to work. */
  const goOn = (id: JobId, action: string): IngestJob => {
    const row = mustFind(id);
    if (running.has(id)) return show(id);
    audited(store, (db) => updateJob(db, row.job, { state: 'running', finding: row.finding, endedAt: null, workedMs: row.worked_ms }), () => ({ action, objects: [id], marking: store.marking }));
    begin({ ...row, state: 'running' });
    return show(id);
  };

  return {
    start: (paths, workers) => {
      const absent = paths.find((path) => !existsSync(path));
      if (absent !== undefined) throw new AppError('case.path-absent', `"${basename(absent)}" is not there.`, { data: { name: basename(absent) } });
      if (paths.some((path) => isOurs(resolve(path)))) throw new AppError('case.path-is-vault', 'This folder holds the vault itself. It cannot be taken into a case.');
      const id = newId<JobId>(store.ids);
      const count = workers ?? Math.max(1, availableParallelism() - 1);
      const label = paths.length === 1 ? basename(paths[0] ?? '') : `${basename(paths[0] ?? '')} and ${paths.length - 1} more`;
      audited(
        store,
        (db) => insertJob(db, { id, label, roots: paths, workers: count, startedAt: store.clock.nowMs() }),
        () => ({ action: 'ingest.started', objects: [id], marking: store.marking, detail: { paths: paths.length, workers: count } }),
      );
      begin(mustFind(id));
      return show(id);
    },
    jobs: () => listJobs(store.read).map((row) => show(row.id)),
    watch: async (id, report, signal) => {
      report(show(id));
      const live = running.get(id);
      if (live === undefined) return show(id);
      let lastMs = performance.now();
      const listener = (): void => {
        const now = performance.now();
        if (now - lastMs < reportEveryMs) return;
        lastMs = now;
        report(show(id));
      };
      live.listeners.add(listener);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      const aborted = new Promise<never>((_resolve, reject) => { signal.addEventListener('abort', () => reject(signal.reason), { once: true }); });
      try {
        await Promise.race([live.ended, aborted]);
      } finally {
        live.listeners.delete(listener);
      }
      return show(id);
    },
    pause: (id) => stop(id, 'pause'),
    cancel: (id) => stop(id, 'cancel'),
    resume: (id) => goOn(id, 'ingest.resumed'),
    retry: (id) => {
      const row = mustFind(id);
      const requeued = store.bookkeep((db) => requeueQuarantined(db, row.job));
      return requeued === 0 ? show(id) : goOn(id, 'ingest.retried');
    },
    failures: (id) => listFailures(store.read, mustFind(id).job).map(({ reason, files, firstPath, quarantined }) => ({ reason, files, firstPath, canRetry: quarantined && !['path.link', 'path.special'].includes(reason.code) })),
    items: (id, state, offset, limit) => {
      const row = mustFind(id);
      return {
        total: countItems(store.read, row.job).byState[state],
        items: listItems(store.read, row.job, state, offset, limit).map((item) => ({
          path: item.path,
          document: item.document === null ? null : readDocument(store.read, item.document).id,
          state,
          reason: { code: item.reason_code ?? 'unknown', sentence: item.reason_sentence ?? '' },
          sizeBytes: item.size_bytes,
          at: item.at,
        })),
      };
    },
    resumeAll: () => {
      for (const row of listJobs(store.read)) if (row.state === 'running') begin(row);
    },
    close: async () => {
      for (const live of running.values()) live.controller.abort('close');
      await Promise.all([...running.values()].map((live) => live.ended));
      await pool?.pool.close();
      pool = null;
    },
  };
}
