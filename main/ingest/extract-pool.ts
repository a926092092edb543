import type { Clock } from '../base/clock.ts';
import { monotonicClock } from '../work/index.ts';
import type { ProcessHost, TaskLimits } from '../work/index.ts';
import { extractorSlot } from './extractor-slot.ts';
import type { EndedChild, ExtractorSlot } from './extractor-slot.ts';
import type { ExtractResult } from './extracted.ts';
import { reasons } from './extracted.ts';
import { poolTask } from './pool-task.ts';
import type { ExtractTask, PoolTask } from './pool-task.ts';

/** Options of createExtractPool. `clock` must not be one that people can set. */
export interface ExtractPoolOptions {
  readonly host: ProcessHost;
  readonly workers: number;
  readonly limits?: TaskLimits;
  readonly clock?: Clock;
  /** How often running children are looked at. */
  readonly watchEveryMs?: number;
}

/** Reads files in children. The owner closes it; until then idle children stay warm. */
export interface ExtractPool {
  /**
   * Reads one file. Rejects only with the signal's reason or, when the pool is closed, with an error; whatever the file does to a
   * parser is a result. `bytes` may be reused once the promise has settled.
   */
  readonly extract: (task: ExtractTask, signal?: AbortSignal) => Promise<ExtractResult>;
  /** Tasks that have not settled: waiting and in children. */
  readonly queued: number;
  /** How many children may work from now on; one that is at work and has become too many ends when it is done. */
  readonly resize: (workers: number) => void;
  readonly close: () => Promise<void>;
}

const defaultLimits: TaskLimits = { timeMs: 120_000, memoryMb: 1024 };
/** Children that end before they are ready, in a row, after which the fault is the computer's and not a file's. */
const hopelessStarts = 3;

/**
 * A pool of extractor children. Small files go to a child several at a time, so that no time is lost between them. When a child
 * crashes, or goes past a limit, only the file it was reading is blamed: that one gets a second try alone in a fresh child, the
 * others go back to the front of the queue.
 */
export function createExtractPool(options: ExtractPoolOptions): ExtractPool {
  const { host, workers, limits = defaultLimits, clock = monotonicClock, watchEveryMs = 100 } = options;
  let queue: PoolTask[] = [];
  let unsettled = 0;
  let failedStarts = 0;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  const newSlot = (): ExtractorSlot => extractorSlot({ host, limits, clock, onFree: dispatch, onEnd: childEnded, onReady: () => { failedStarts = 0; } });
  const slots: ExtractorSlot[] = Array.from({ length: workers }, newSlot);
  /** Children that have become too many, and give up their place when they have nothing to do. */
  let leaving: ExtractorSlot[] = [];

  function dispatch(): void {
    for (const slot of leaving.filter(({ load }) => load === 0)) void slot.close();
    leaving = leaving.filter(({ load }) => load > 0);
    while (queue.length > 0) {
      const task = queue[0];
      if (task === undefined || !place(task)) break;
      queue.shift();
    }
    if (queue.length === 0) steal();
    if (timer === null && all().some((slot) => slot.load > 0)) timer = setInterval(() => void watch(), watchEveryMs);
    if (timer !== null && all().every((slot) => slot.load === 0)) {
      clearInterval(timer);
      timer = null;
    }
  }

  const all = (): readonly ExtractorSlot[] => [...slots, ...leaving];

  /** Hands the task to the child with the least to do; a task on its second try only to one that has nothing. */
  function place(task: PoolTask): boolean {
    const open = slots.filter((slot) => slot.accepts(task));
    const best = open.reduce<ExtractorSlot | null>((least, slot) => (least === null || slot.load < least.load ? slot : least), null);
    best?.give(task);
    return best !== null;
  }

  /** Takes tasks from behind a slow one when another child is idle. */
  function steal(): void {
    if (!slots.some((slot) => slot.load === 0)) return;
    const slow = slots.find((slot) => slot.hasStuck());
    if (slow === undefined) return;
    queue = slow.takeBack();
    for (let task = queue[0]; task !== undefined && place(task); task = queue[0]) queue.shift();
  }

  async function watch(): Promise<void> {
    await Promise.all(all().map((slot) => slot.check()));
    dispatch();
  }

  function childEnded({ cause, wasReady, running, waiting, label }: EndedChild): void {
    for (const task of waiting) task.isSuspect = true;
    queue.unshift(...waiting);
    if (!wasReady && cause === 'crash') {
      failedStarts += 1;
      if (running !== null) queue.unshift(running);
      if (failedStarts >= hopelessStarts) failAll();
    } else if (running !== null) {
      if (running.tries === 0) {
        running.tries = 1;
        running.members?.restart();
        queue.unshift(running);
      } else running.settle({ kind: 'failed', reason: blame(cause, label) });
    }
    if (!closed) dispatch();
  }

  function blame(cause: EndedChild['cause'], label: string): ReturnType<typeof reasons.crashed> {
    if (cause === 'time') return reasons.timeout(limits.timeMs / 1000);
    return cause === 'memory' ? reasons.memory(limits.memoryMb) : reasons.crashed(label);
  }

  /** Nothing can be read here; later tasks may try again. */
  function failAll(): void {
    failedStarts = 0;
    for (const task of queue.splice(0)) task.settle({ kind: 'failed', reason: reasons.unavailable });
  }

  return {
    get queued() {
      return unsettled;
    },
    resize: (count) => {
      while (slots.length < count) slots.push(newSlot());
      leaving.push(...slots.splice(Math.max(1, count)));
      if (!closed) dispatch();
    },
    extract: (file, signal) => {
      if (closed) return Promise.reject(new Error('The extractor pool is closed.'));
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      unsettled += 1;
      const task = poolTask(file, signal, (how) => {
        unsettled -= 1;
        // A task that is cancelled while it waits goes to no child; one in a child runs to its end unheard.
        const at = how === 'abandoned' ? queue.indexOf(task) : -1;
        if (at >= 0) queue.splice(at, 1);
      });
      queue.push(task);
      dispatch();
      return task.settled;
    },
    close: async () => {
      closed = true;
      if (timer !== null) clearInterval(timer);
      timer = null;
      for (const task of [...queue, ...all().flatMap((slot) => slot.tasks())]) task.abandon(new Error('The extractor pool was closed.'));
      queue = [];
      await Promise.all(all().map((slot) => slot.close()));
    },
  };
}
