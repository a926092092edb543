import type { BulkRunId } from '../../../preload/contract/domains/basics.ts';

/** Which runs have their batch files written or read just now. */
export interface FileWork {
  readonly isAt: (run: BulkRunId) => boolean;
  /** Does something with a run's files. `stop` aborts when `stop` is called for the run. */
  readonly during: <T>(run: BulkRunId, work: (stop: AbortSignal) => Promise<T>) => Promise<T>;
  /** Asks what is done with a run's files to stop, for a reason, and waits for its end. Never rejects. */
  readonly stop: (run: BulkRunId, reason: Error) => Promise<void>;
  /** Waits for the end of all of it. Never rejects. */
  readonly ended: () => Promise<void>;
}

/** Nothing is done with files yet. `onEnd` is told whenever something ended. */
export function createFileWork(onEnd: () => void): FileWork {
  const byRun = new Map<BulkRunId, { readonly controller: AbortController; readonly ended: Promise<void> }>();
  return {
    isAt: (run) => byRun.has(run),
    during: async (run, work) => {
      const controller = new AbortController();
      const working = work(controller.signal);
      byRun.set(run, { controller, ended: working.then(() => undefined, () => undefined) });
      try {
        return await working;
      } finally {
        byRun.delete(run);
        onEnd();
      }
    },
    stop: async (run, reason) => {
      const found = byRun.get(run);
      found?.controller.abort(reason);
      await found?.ended;
    },
    ended: async () => void await Promise.all(Array.from(byRun.values(), ({ ended }) => ended)),
  };
}
