/**
 * Keeps near-duplicates and threads of a case current. The comparing is done on a thread of its own, a while after documents came in, so
 * that bringing them in is not slowed; what it finds is kept here, a small part at a time. It writes no decision: everything that it keeps
 * is computed from the evidence and can be computed again.
 */
import { confirmNearText, keepMessage, keepNearText, keepWithin, mergeThreads, type CaseStore, type WriteDb } from '../store/index.ts';
import { createQueryThread, type GroupBatch, type GroupRequests } from '../search/index.ts';
import { threadEntry, type WorkerThread } from '../work/index.ts';

export interface Grouper {
  /** Documents came in: compare them soon. */
  readonly poke: () => void;
  /** Compares everything that waits now; resolves when it is kept. Rejects when the case is closed meanwhile, or could not be written. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Quiet that is waited for after documents came in, and the longest wait; longer while a job is at work, which would have to share the processor. */
const quietMs = 1500;
const longestMs = 20_000;
const longestBesideJobMs = 15 * 60_000;

function keep(db: WriteDb, { texts, confirmed, messages, merged, within }: GroupBatch): void {
  for (const text of texts) keepNearText(db, text);
  for (const { content, version } of confirmed) confirmNearText(db, content, version);
  for (const { content, thread, facts } of messages) keepMessage(db, { content, thread, ...facts });
  for (const { from, into } of merged) mergeThreads(db, from, into);
  for (const { content, within: carrier } of within) keepWithin(db, content, carrier);
}

/** The grouper of an open case. `onGroups` is told after each part that changed something; `isBringingIn` says whether a job is at work. */
export function createGrouper(store: CaseStore, onGroups: () => void, isBringingIn: () => boolean = () => false): Grouper {
  const entry = threadEntry(import.meta.url, '../search/groups.worker.ts');
  let thread: WorkerThread<GroupRequests> | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;
  let wantedSinceMs: number | null = null;

  const run = async (): Promise<void> => {
    const own = createQueryThread<GroupRequests>({ entry, readerOptions: store.readerOptions, name: 'groups' });
    thread = own;
    try {
      let after: number | null = null;
      for (;;) {
        const batch: GroupBatch = await own.ask('next', after);
        if (isClosed) return;
        if (batch.texts.length + batch.confirmed.length > 0) {
          store.keepComputed((db) => keep(db, batch));
          onGroups();
        }
        if (batch.isLast) return;
        after = batch.after;
        await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two parts
      }
    } finally {
      // What the thread knows is worth nothing when a part was not kept, and its memory is given back.
      if (thread === own) thread = null;
      await own.close();
    }
  };
  const settle = async (): Promise<void> => {
    while (running !== null) await running.catch(() => undefined);
    if (isClosed) return;
    wantedSinceMs = null;
    running = run();
    try {
      await running;
    } finally {
      running = null;
    }
  };
  const schedule = (): void => {
    if (isClosed) return;
    wantedSinceMs ??= performance.now();
    const sinceMs = wantedSinceMs;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      if (isBringingIn() && performance.now() - sinceMs < longestBesideJobMs) schedule();
      else settle().catch(() => undefined); // a full disk or a closing case: what waits is compared the next time
    }, isBringingIn() ? quietMs : Math.max(0, Math.min(quietMs, sinceMs + longestMs - performance.now())));
    timer.unref();
  };
  return {
    poke: schedule,
    settle,
    close: async () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await thread?.close();
      await running?.catch(() => undefined);
    },
  };
}
