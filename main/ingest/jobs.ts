/** The jobs of one case: starting, watching, pausing, going on, trying again. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { JobId, WatchId } from '../../preload/contract/domains/basics.ts';
import type { IngestFailure, IngestItem, IngestJob, WatchedFolder } from '../../preload/contract/domains/ingest.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { isInside } from '../base/is-inside.ts';
import { countItems, findJob, insertJob, listContentsAbove, listFailures, listHeldMembers, listHeldReasons, listItems, listJobs, readDocument, requeueHolding, requeueQuarantined, updateJob, type CaseStore, type JobRow } from '../store/index.ts';
import type { ProcessHost } from '../work/index.ts';
import { adviceFor, passwordCodes } from './advice.ts';
import { chosenLanguages } from './ocr/chosen-languages.ts';
import { createExtractPool, type ExtractPool } from './extract-pool.ts';
import { createFileReader } from './file-reader.ts';
import { runJob, type RunnerOptions } from './job-runner.ts';
import { watchedFolders } from './watched-folders.ts';
import { liveJob, viewJob, type LiveJob } from './job-view.ts';

const reportEveryMs = 100;

export interface Ingest {
  /**
   * Over exactly the paths of a job that has not ended (at work, paused, cut short), and as that one with or without OCR, it is that job
   * that goes on: it looks at all of the paths again, keeps its workers, and reads a second time only what is held, when there are new
   * passwords. Throws case.path-absent when a path is not there. Passwords are tried on what is encrypted; they are held for as long as
   * the case is open, and never kept. `ocrLanguages` null: each page in its own.
   */
  readonly start: (paths: readonly string[], workers: number | undefined, passwords?: readonly string[], ocr?: boolean, ocrLanguages?: readonly string[] | null) => IngestJob;
  readonly jobs: () => IngestJob[];
  /** True while any job is at work. */
  readonly isAtWork: () => boolean;
  /** Reports at most ten times a second until the job ends or the signal aborts. */
  readonly watch: (job: JobId, report: (state: IngestJob) => void, signal: AbortSignal) => Promise<IngestJob>;
  readonly pause: (job: JobId) => Promise<IngestJob>;
  readonly resume: (job: JobId) => IngestJob;
  readonly cancel: (job: JobId) => Promise<IngestJob>;
  /** Passwords are tried before those of the job's start. */
  readonly retry: (job: JobId, passwords?: readonly string[]) => IngestJob;
  /** All that jobs were given since the case was opened, each once. */
  readonly passwords: () => readonly string[];
  readonly failures: (job: JobId) => IngestFailure[];
  readonly items: (job: JobId, state: 'no-text' | 'quarantined', offset: number, limit: number) => { total: number; items: IngestItem[] };
  /** Members of containers that are held, in the files of a job. */
  readonly heldMembers: (job: JobId, offset: number, limit: number) => { total: number; items: IngestItem[] };
  /** Files that ended without text have some now: OCR read them. Jobs by number, one entry a file. */
  readonly gotText: (jobs: readonly number[]) => void;
  readonly watched: () => WatchedFolder[];
  /** Throws as WatchedFolders.add. */
  readonly watchFolder: (path: string) => WatchedFolder;
  readonly unwatchFolder: (id: WatchId) => Promise<void>;
  /** Takes up every job that was at work when the vault was last locked, and watching. */
  readonly resumeAll: () => void;
  readonly close: () => Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  readonly live: LiveJob;
  readonly listeners: Set<() => void>;
  readonly workers: number;
  /** Null for a job that leaves out some of what it finds; nobody can join it. */
  readonly findAgain: ((hasNewPasswords: boolean) => void) | null;
}

export interface IngestOptions {
  readonly host: ProcessHost;
  /** The vault's folder: it is never taken in. */
  readonly vaultFolder: string;
  /** How often watched folders are looked at; tests look more often. */
  readonly watchEveryMs?: number;
  /** Whether a person is at the case, who would wait behind a batch; absent when nobody ever is. */
  readonly isAttended?: () => boolean;
  /** Something about a job, or a watched folder, changed. */
  readonly onJobs: () => void;
  /** Documents were added. */
  readonly onDocuments: () => void;
  /** A batch is durable: what of it waits for OCR may be read. */
  readonly onCommitted?: () => void;
}

/** The jobs of an open case. */
export function createIngest(store: CaseStore, { host, vaultFolder, watchEveryMs = 15_000, isAttended = () => false, onJobs, onDocuments, onCommitted }: IngestOptions): Ingest {
  const vault = resolve(vaultFolder);
  const isOurs = (location: string): boolean => isInside(location, vault);
  const running = new Map<JobId, Running>();
  let pool: ExtractPool | null = null;
  const files = createFileReader();
  const passwordsByJob = new Map<JobId, readonly string[]>();

  /** One pool for all jobs, as wide as the widest of those at work. */
  const poolFor = (workers: number): ExtractPool => {
    const wanted = Math.max(workers, ...Array.from(running.values(), (one) => one.workers));
    if (pool === null) pool = createExtractPool({ host, workers: wanted });
    else pool.resize(wanted);
    return pool;
  };
  const mustFind = (id: JobId): JobRow => {
    const row = findJob(store.read, id);
    if (row === null) throw new AppError('case.unknown-job', 'There is no such job in this case.', { data: { job: id } });
    return row;
  };

  const show = (id: JobId): IngestJob => {
    const row = mustFind(id);
    return viewJob(row, running.get(id)?.live, () => countItems(store.read, row.job));
  };

  /** Puts what is held back in the queue; with new passwords also the containers of which something is held that one may open. */
  const requeue = (row: JobRow, hasNewPasswords: boolean): { readonly requeued: number; readonly unfound: number } => {
    const above = hasNewPasswords ? listContentsAbove(store.read, row.job, passwordCodes) : [];
    return store.bookkeep((db) => {
      const { requeued, unfound } = requeueQuarantined(db, row.job);
      return { requeued: requeued + (above.length === 0 ? 0 : requeueHolding(db, row.job, above)), unfound };
    });
  };

  /** Notes that a job is at work again; it is begun with the answer. */
  const reopen = (id: JobId, action: string, findsAgain: boolean): JobRow => {
    const found = mustFind(id);
    const row: JobRow = { ...found, state: 'running', finding: found.finding || findsAgain };
    audited(store, (db) => updateJob(db, row.job, { state: 'running', finding: row.finding, endedAt: null, workedMs: row.worked_ms }), () => ({ action, objects: [id], marking: store.marking }));
    return row;
  };

  /** `isWanted` leaves out what a watched folder holds and did not change; a job that goes on after a restart looks at all of it. */
  const begin = (row: JobRow, isWanted?: (path: string) => boolean): void => {
    if (running.has(row.id)) return;
    const controller = new AbortController();
    const listeners = new Set<() => void>();
    const live = liveJob(countItems(store.read, row.job), row.finding);
    const { counts } = live;
    let lastTold = 0;
    const changed = (): void => {
      for (const listener of listeners) listener();
      const now = performance.now();
      if (now - lastTold < 500) return;
      lastTold = now;
      onJobs();
      onDocuments();
    };
    let again: { readonly hasNewPasswords: boolean } | null = null;
    const run = async (job: JobRow): Promise<void> => {
      // Told by what is held and not by what was asked: a try may have been broken off, and its passwords be gone.
      const { state } = await runJob({ ...options, job, passwords: passwordsByJob.get(row.id) ?? [], readAgain: new Set(listContentsAbove(store.read, job.job, passwordCodes)) });
      if (again === null || (state !== 'done' && state !== 'paused')) return;
      if (again.hasNewPasswords) requeue(row, true);
      again = null;
      if (state === 'paused') {
        store.bookkeep((db) => updateJob(db, row.job, { state, finding: true, endedAt: null, workedMs: mustFind(row.id).worked_ms }));
        return;
      }
      const { byState, ...counted } = countItems(store.read, row.job);
      Object.assign(counts, counted);
      Object.assign(counts.byState, byState);
      live.isFinding = true;
      await run(reopen(row.id, 'ingest.resumed', true));
    };
    const options: Omit<RunnerOptions, 'job' | 'passwords' | 'readAgain'> = {
      store, pool: poolFor(row.workers), files, isAttended, signal: controller.signal, isOurs, isWanted,
      onBatch: (files, bytes) => {
        for (const { state, children } of files) {
          counts.byState[state] += 1;
          counts.byState.pending -= 1;
          counts.children += children;
        }
        counts.bytesDone += bytes;
        live.recent.push({ at: performance.now(), files: files.length });
        onCommitted?.();
        changed();
      },
      onFound: (pending, held, bytes) => {
        counts.byState.pending += pending;
        counts.byState.quarantined += held;
        counts.bytesSeen += bytes;
        changed();
      },
      onAllFound: () => {
        live.isFinding = false;
        changed();
      },
      onReading: (path) => { live.reading = path; },
    };
    const ended = run(row).then(() => {
      running.delete(row.id);
      for (const listener of listeners) listener();
      onJobs();
      onDocuments();
    });
    running.set(row.id, { controller, ended, live, listeners, workers: row.workers, findAgain: isWanted === undefined ? (hasNewPasswords) => { again = { hasNewPasswords: hasNewPasswords || again?.hasNewPasswords === true }; } : null });
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
  const goOn = (id: JobId, action: string, findsAgain = false): IngestJob => {
    if (!running.has(id)) begin(reopen(id, action, findsAgain));
    return show(id);
  };
  /** Goes on with the job that has these paths and has not ended; null when there is none. */
  const join = (paths: readonly string[], passwords: readonly string[], ocr: boolean, ocrLanguages: readonly string[] | null): IngestJob | null => {
    const isOver = ({ roots }: JobRow): boolean => roots.length === paths.length && roots.every((root, index) => root === paths[index]);
    const isJoinable = ({ id }: JobRow): boolean => {
      const live = running.get(id);
      return live === undefined || (live.findAgain !== null && !live.controller.signal.aborted);
    };
    const row = listJobs(store.read).find((job) => (job.state === 'running' || job.state === 'paused') && job.ocr === ocr && job.ocr_languages?.join() === ocrLanguages?.join() && isOver(job) && isJoinable(job));
    if (row === undefined) return null;
    const known = passwordsByJob.get(row.id) ?? [];
    const hasNewPasswords = passwords.some((password) => !known.includes(password));
    passwordsByJob.set(row.id, [...new Set([...passwords, ...known])]);
    const live = running.get(row.id);
    if (live !== undefined) live.findAgain?.(hasNewPasswords);
    else if (hasNewPasswords) requeue(row, true);
    return goOn(row.id, 'ingest.resumed', true);
  };

  const launch = (paths: readonly string[], label: string, workers: number | undefined, { passwords, ocr, ocrLanguages }: { readonly passwords: readonly string[]; readonly ocr: boolean; readonly ocrLanguages: readonly string[] | null }, isWanted?: (path: string) => boolean): JobId => {
    const id = newId<JobId>(store.ids);
    const count = workers ?? Math.max(1, availableParallelism() - 1);
    audited(
      store,
      (db) => insertJob(db, { id, label, roots: paths, workers: count, startedAt: store.clock.nowMs(), ocr, ocrLanguages }),
      () => ({ action: 'ingest.started', objects: [id], marking: store.marking, detail: { paths: paths.length, workers: count, ocr, ...host.isolation('extract') } }),
    );
    passwordsByJob.set(id, passwords);
    begin(mustFind(id), isWanted);
    return id;
  };
  const folders = watchedFolders({
    store, isOurs, files, everyMs: watchEveryMs, onChange: onJobs,
    takeIn: async (folder, paths, signal) => {
      const id = launch([folder], `${basename(folder)}, watched`, undefined, { passwords: [], ocr: true, ocrLanguages: chosenLanguages(store.read) }, (path) => paths.has(path));
      await running.get(id)?.ended;
      return !signal.aborted && show(id).state === 'done';
    },
  });

  return {
    start: (paths, workers, passwords = [], ocr = true, languages = null) => {
      const absent = paths.find((path) => !existsSync(path));
      if (absent !== undefined) throw new AppError('case.path-absent', `"${basename(absent)}" is not there.`, { data: { name: basename(absent) } });
      if (paths.some((path) => isOurs(resolve(path)))) throw new AppError('case.path-is-vault', 'This folder holds the vault itself. It cannot be taken into a case.');
      const joined = join(paths, passwords, ocr, languages);
      if (joined !== null) return joined;
      const label = paths.length === 1 ? basename(paths[0] ?? '') : `${basename(paths[0] ?? '')} and ${paths.length - 1} more`;
      return show(launch(paths, label, workers, { passwords, ocr, ocrLanguages: languages }));
    },
    isAtWork: () => running.size > 0,
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
    retry: (id, passwords = []) => {
      const row = mustFind(id);
      if (running.has(id)) return show(id);
      passwordsByJob.set(id, [...new Set([...passwords, ...(passwordsByJob.get(id) ?? [])])]);
      const { requeued, unfound } = requeue(row, passwords.length > 0);
      return requeued + unfound === 0 ? show(id) : goOn(id, 'ingest.retried', unfound > 0);
    },
    passwords: () => [...new Set([...passwordsByJob.values()].flat())],
    failures: (id) => {
      const { job } = mustFind(id);
      const described = ({ code }: { readonly code: string }): Pick<IngestFailure, 'advice' | 'canUnlock'> => ({ advice: adviceFor(code), canUnlock: passwordCodes.includes(code) });
      return [
        ...listFailures(store.read, job).map(({ reason, files, firstPath, quarantined }) => ({ reason, files, members: 0, firstPath, canRetry: quarantined && !['path.link', 'path.special'].includes(reason.code), ...described(reason) })),
        // What lies in a file is read with it: only a password that opens it makes another try worth while.
        ...listHeldReasons(store.read, job).map(({ reason, members, firstPath }) => ({ reason, files: 0, members, firstPath, canRetry: false, ...described(reason) })),
      ];
    },
    heldMembers: (id, offset, limit) => {
      const { total, members } = listHeldMembers(store.read, mustFind(id).job, offset, limit);
      return {
        total,
        items: members.map(({ document, path, reason_code, reason_sentence, size_bytes, ingested_at }) => ({
          path, isMember: true, canUnlock: passwordCodes.includes(reason_code ?? ''), document, state: 'quarantined', reason: { code: reason_code ?? 'unknown', sentence: reason_sentence ?? '' }, advice: adviceFor(reason_code ?? 'unknown'), sizeBytes: size_bytes, at: ingested_at, tries: 1,
        })),
      };
    },
    items: (id, state, offset, limit) => {
      const row = mustFind(id);
      return {
        total: countItems(store.read, row.job).byState[state],
        items: listItems(store.read, row.job, state, offset, limit).map((item) => ({
          path: item.path,
          isMember: false,
          canUnlock: passwordCodes.includes(item.reason_code ?? ''),
          document: item.document === null ? null : readDocument(store.read, item.document).id,
          state,
          reason: { code: item.reason_code ?? 'unknown', sentence: item.reason_sentence ?? '' },
          advice: adviceFor(item.reason_code ?? 'unknown'),
          sizeBytes: item.size_bytes,
          at: item.at,
          tries: item.tries,
        })),
      };
    },
    gotText: (jobs) => {
      for (const row of jobs.length === 0 ? [] : listJobs(store.read)) {
        const live = running.get(row.id);
        const files = jobs.filter((job) => job === row.job).length;
        if (live === undefined || files === 0) continue;
        live.live.counts.byState['no-text'] -= files;
        live.live.counts.byState.added += files;
        for (const listener of live.listeners) listener();
      }
      onJobs();
      onDocuments();
    },
    watched: folders.list,
    watchFolder: folders.add,
    unwatchFolder: folders.remove,
    resumeAll: () => {
      for (const row of listJobs(store.read)) if (row.state === 'running') begin(row);
      folders.begin();
    },
    close: async () => {
      for (const live of running.values()) live.controller.abort('close');
      await folders.close();
      await Promise.all([...running.values()].map((live) => live.ended));
      await pool?.close();
      pool = null;
      await files.close();
      passwordsByJob.clear();
    },
  };
}
