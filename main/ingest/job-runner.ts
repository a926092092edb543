/** One job at work: finds files, reads families side by side, commits them in batches. Everything it needs to go on after a crash is in the store. */
import { audited } from '../audit/index.ts';
import { isAppError } from '../base/errors.ts';
import { countItems, findContent, insertItem, isDataFault, listPending, readContent, updateJob, type CaseStore, type ItemRow, type JobRow, type JobState, type WriteDb } from '../store/index.ts';
import { batchSize } from './batch-size.ts';
import { commitBatch, notKept } from './commit-batch.ts';
import { commitPart, originalsOf, writeOriginals, type Ended, type Originals, type ReadItem } from './commit-families.ts';
import type { ExtractPool } from './extract-pool.ts';
import type { FileReader } from './file-reader.ts';
import { keepUnread, staysUnread } from './keep-unread.ts';
import { readFamily, type FileNode } from './read-family.ts';
import type { WalkEntry } from './walk.ts';

/** Families that are read at once, per child, and the bytes that they may hold together: this is what keeps memory flat. */
const inFlightPerChild = 256;
const inFlightBytes = 96 * 1024 * 1024;
/** A batch is committed when it has as many families as the last ones say, or bytes, or when nothing else is on its way. */
const batchBytes = 12 * 1024 * 1024;
/** Files are committed in the order of finding, so that their numbers follow it; one that takes longer than this is not waited for. */
const longestWaitedMs = 5000;
/** What can be committed is, after this time at the latest, however few it is. */
const longestHeldMs = 400;
const findBatch = 250;
/** Families that wait for their commit, at most: reading stops at this many. */
const mostReady = 1024;

export interface RunnerOptions {
  readonly store: CaseStore;
  readonly job: JobRow;
  readonly pool: ExtractPool;
  readonly files: FileReader;
  /** Whether a person is at the case, who would wait behind a batch. */
  readonly isAttended: () => boolean;
  /** Tried on what is encrypted, in their order. */
  readonly passwords: readonly string[];
  /** Stored contents that are read once more, since something in them is held that a password may open. */
  readonly readAgain: ReadonlySet<number>;
  /** Aborts with one of 'pause', 'cancel' or 'close' as its reason. */
  readonly signal: AbortSignal;
  /** Called after each durable batch with how its files ended, and the bytes that they had when they were found. */
  readonly onBatch: (ended: readonly Ended[], bytes: number) => void;
  /** Called when another file is the one that has been read for the longest; null when none is being read. */
  readonly onReading: (path: string | null) => void;
  /** False for what is left out by its path; absent when nothing is. */
  readonly isWanted?: ((path: string) => boolean) | undefined;
  /** True for a file of the vault itself, which is never taken in. */
  readonly isOurs: (location: string) => boolean;
  /** Called while files are being found, with how many are new to the job: to be read, with their bytes, and held at once. */
  readonly onFound: (pending: number, held: number, bytes: number) => void;
  /** Called once when every file is found. */
  readonly onAllFound: () => void;
}

/** Runs a job until it is done, paused, cancelled or failed; keeps and returns its state. Never throws. */
export async function runJob(options: RunnerOptions): Promise<{ readonly state: JobState; readonly error: unknown }> {
  const { store, job, signal } = options;
  const began = performance.now();
  const end = (state: JobState, finding: boolean, fault?: string): void => {
    const ended = state === 'done' || state === 'cancelled' || state === 'failed';
    audited(
      store,
      (db) => updateJob(db, job.job, { state, finding, endedAt: ended ? store.clock.nowMs() : null, workedMs: job.worked_ms + performance.now() - began, ...(fault === undefined ? {} : { fault }) }),
      () => ({ action: `ingest.${state}`, objects: [job.id], marking: store.marking, outcome: state === 'failed' ? 'failed' : 'done', detail: { ...countItems(store.read, job.job).byState } }),
    );
  };
  const broken = new AbortController();
  const finder = new Finder({ ...options, signal: AbortSignal.any([signal, broken.signal]) });
  try {
    await untilOneFails(finder.run(), work({ ...options, signal: AbortSignal.any([signal, broken.signal]) }, finder), broken);
    end('done', false);
    return { state: 'done', error: null };
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : null;
    if (reason === 'close') return { state: 'running', error: null }; // the vault locks: it goes on at the next unlock
    const state = reason === 'pause' ? 'paused' : reason === 'cancel' ? 'cancelled' : 'failed';
    try {
      end(state, finder.finding, state === 'failed' ? faultOf(error) : undefined);
    } catch (failure) {
      if (!isAppError(failure)) throw failure; // a full disk can refuse this note too; the job then goes on at the next unlock
    }
    return { state, error: state === 'failed' ? error : null };
  }
}

/** Why a job stopped, in a sentence that holds no path and no content. */
export function faultOf(error: unknown): string {
  return isAppError(error) ? error.message : 'Something inside the engine failed.';
}

/** Waits for both halves. When one fails the other is stopped and waited for, so that nothing works on behind a job that has ended. */
async function untilOneFails(finding: Promise<void>, working: Promise<void>, broken: AbortController): Promise<void> {
  const stop = (): void => broken.abort('broken');
  finding.catch(stop);
  working.catch(stop);
  const [found, worked] = await Promise.allSettled([finding, working]);
  const failures = [found, worked].filter((half) => half.status === 'rejected');
  const first = failures.find((half) => half.reason !== 'broken') ?? failures[0];
  if (first !== undefined) throw first.reason;
}

/** Walks the dropped paths and notes what it finds, ahead of the readers. */
class Finder {
  finding = true;
  private readonly options: RunnerOptions;
  private wake: (() => void) | null = null;

  constructor(options: RunnerOptions) {
    this.options = options;
    this.finding = options.job.finding;
    options.signal.addEventListener('abort', () => this.notify(), { once: true });
  }

  async run(): Promise<void> {
    const { job, signal } = this.options;
    if (!this.finding) return;
    try {
      for (const [root, path] of job.roots.entries()) {
        for await (const entries of this.options.files.walk(path, signal)) {
          this.keep(entries.filter((entry) => this.isTaken(entry)).map((entry) => ({ root, entry })));
        }
      }
      this.finding = false;
      this.options.onAllFound();
    } finally {
      this.notify();
    }
  }

  private isTaken(entry: WalkEntry): boolean {
    if (entry.kind === 'file' && this.options.isOurs(Buffer.from(entry.location).toString())) return false; // the vault itself, inside a folder that was dropped
    return this.options.isWanted?.(entry.path) !== false;
  }

  private keep(batch: readonly { readonly root: number; readonly entry: WalkEntry }[]): void {
    const { store, job } = this.options;
    const at = store.clock.nowMs();
    const note = (db: WriteDb): typeof batch => batch.filter(({ root, entry }) => insertItem(db, job.job, entry.kind === 'file'
      ? { root, path: entry.path, location: Buffer.from(entry.location), sizeBytes: entry.sizeBytes, at, skipped: null }
      : { root, path: entry.path, location: Buffer.alloc(0), sizeBytes: null, at, skipped: entry.reason }));
    const held = batch.flatMap(({ root, entry }) => (entry.kind === 'file' || !staysUnread(entry.reason) ? [] : [{ root, path: entry.path, reason: entry.reason }]));
    const fresh = held.length === 0 ? store.bookkeep(note) : keepUnread(store, job, note, held);
    const files = fresh.flatMap(({ entry }) => (entry.kind === 'file' ? [entry.sizeBytes] : []));
    this.options.onFound(files.length, fresh.length - files.length, files.reduce((sum, bytes) => sum + bytes, 0));
    this.notify();
  }

  private notify(): void {
    this.wake?.();
    this.wake = null;
  }

  /** Resolves when more was found, or finding ended. */
  more(): Promise<void> {
    const { signal } = this.options;
    if (!this.finding || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => { this.wake = resolve; });
  }
}

type Ready = ReadItem & { readonly bytes: number };

/** Families that are committed together, and their originals on the way to the disk. */
interface Batch {
  readonly families: readonly Ready[];
  readonly bytes: number;
  readonly keys: ReadonlySet<string>;
  readonly originals: Promise<Originals>;
}

const bytesOf = (families: readonly Ready[]): number => families.reduce((sum, { bytes }) => sum + bytes, 0);

/** The first item that is being read and was begun after `sinceMs`; Infinity when there is none. */
function firstWaitedFor(running: ReadonlyMap<number, number>, sinceMs: number): number {
  let first = Infinity;
  for (const [item, begunMs] of running) if (begunMs > sinceMs && item < first) first = item;
  return first;
}

/** Reads pending files and commits what was read. */
async function work(options: RunnerOptions, finder: Finder): Promise<void> {
  const { store, job, pool, files, signal, onBatch, onReading } = options;
  const limit = Math.max(1, job.workers) * inFlightPerChild;
  let after = 0;
  /** When each item that is being read was begun, in that order, and where it stands. */
  const running = new Map<number, number>();
  const paths = new Map<number, string>();
  const tellReading = (): void => {
    const [longest] = running.keys();
    onReading(longest === undefined ? null : (paths.get(longest) ?? null));
  };
  let runningBytes = 0;
  let readyBytes = 0;
  let ready: Ready[] = [];
  /** The next batch, whose originals are being written while the one before it is committed. */
  let next: Batch | null = null;
  let committing: { readonly batch: Batch; readonly done: Promise<void> } | null = null;
  let queue: ItemRow[] = [];
  let failure: { readonly error: unknown } | null = null;
  let wake: (() => void) | null = null;
  const batch = batchSize(options.isAttended);
  let begunAtMs = performance.now();
  const notify = (): void => {
    wake?.();
    wake = null;
  };
  const isKnown = (sha256: Buffer): boolean => {
    const content = findContent(store.read, sha256);
    return content !== null && !options.readAgain.has(content) && readContent(store.read, content).state !== 'quarantined';
  };
  const start = (item: ItemRow): void => {
    const bytes = item.size_bytes ?? 0;
    running.set(item.item, performance.now());
    paths.set(item.item, item.path);
    if (running.size === 1) tellReading();
    runningBytes += bytes;
    let partChildren = 0;
    let isLost = false;
    const onPart = async (part: FileNode): Promise<void> => {
      signal.throwIfAborted();
      try {
        partChildren += await commitPart(store, job, { item: item.item, path: item.path, document: item.document }, part);
      } catch (error) {
        isLost = isDataFault(error);
        throw error;
      }
      await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two parts
    };
    readFamily({ pool, files, blobs: store.blobs, isKnown, onPart, passwords: options.passwords }, { location: item.location, path: item.path }, signal)
      .then((family) => {
        ready.push({ item: item.item, path: item.path, document: item.document, family, partChildren, bytes });
        readyBytes += bytes;
      })
      .catch((error: unknown) => {
        if (!isLost || signal.aborted) {
          failure ??= { error };
          return;
        }
        ready.push({ ...notKept(item), partChildren, bytes });
        readyBytes += bytes;
      })
      .finally(() => {
        running.delete(item.item);
        paths.delete(item.item);
        tellReading();
        runningBytes -= bytes;
        notify();
      });
  };
  /** Takes the first of what is ready and begins to write its originals. */
  const prepare = (count: number): Batch => {
    ready.sort((a, b) => a.item - b.item);
    const families = ready.slice(0, count);
    ready = ready.slice(count);
    const bytes = bytesOf(families);
    readyBytes -= bytes;
    const originals = writeOriginals(store, families, { others: committing === null ? new Set() : committing.batch.keys });
    originals.catch(() => undefined); // heard when it is this batch's turn
    return { families, bytes, keys: originalsOf(families), originals };
  };
  /** Reading goes on while a batch becomes durable: most of that time is waiting for the disk. */
  const commit = async ({ families, bytes, originals }: Batch): Promise<void> => {
    try {
      const { ended, workedMs } = await commitBatch(store, job, families, originals, signal);
      if (workedMs !== null) batch.took(workedMs, families.length);
      onBatch(ended, bytes);
    } catch (error) {
      failure ??= { error };
    }
    await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two batches
    committing = null;
    notify();
  };
  const stop = (): void => notify();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      if (failure !== null) throw (failure as { error: unknown }).error; // set by a reader or a commit above
      if (queue.length === 0) {
        queue = listPending(store.read, job.job, after, findBatch);
        after = queue.at(-1)?.item ?? after;
      }
      const heldBytes = readyBytes + (next?.bytes ?? 0) + (committing?.batch.bytes ?? 0);
      while (queue.length > 0 && running.size < limit && ready.length < mostReady && (running.size === 0 || runningBytes + heldBytes < inFlightBytes)) {
        const item = queue.shift();
        if (item !== undefined) start(item);
      }
      const isDue = performance.now() - begunAtMs >= longestHeldMs;
      const waitedFor = firstWaitedFor(running, performance.now() - longestWaitedMs);
      const inOrder = ready.filter((read) => read.item < waitedFor).length;
      const isFull = inOrder >= batch.families() || readyBytes >= batchBytes;
      if (next === null && inOrder > 0 && (isFull || ((isDue || running.size === 0) && committing === null))) {
        begunAtMs = performance.now();
        next = prepare(Math.min(inOrder, batch.families()));
      }
      if (committing === null && next !== null) {
        const taken: Batch = next;
        next = null;
        committing = { batch: taken, done: commit(taken) };
        continue;
      }
      if (committing === null && running.size === 0 && queue.length === 0) {
        if (!finder.finding && listPending(store.read, job.job, after, 1).length === 0) return;
        await finder.more();
        continue;
      }
      const due = ready.length > 0 ? setTimeout(notify, longestHeldMs) : null;
      await new Promise<void>((resolve) => { wake = resolve; });
      if (due !== null) clearTimeout(due);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await committing?.done; // it stands or falls before the job's end is noted
    await Promise.allSettled([next?.originals]);
  }
}
