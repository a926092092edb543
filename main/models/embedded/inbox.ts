/** What has arrived and was not taken yet, for one reader. */
export interface Inbox<T> {
  readonly put: (message: T) => void;
  /** The next message, in order; null when the time is over or the signal is given first. */
  readonly next: (waitMs: number, signal?: AbortSignal) => Promise<T | null>;
}

/** An empty inbox. */
export function createInbox<T>(): Inbox<T> {
  const messages: T[] = [];
  let wake: (() => void) | null = null;
  return {
    put: (message) => {
      messages.push(message);
      wake?.();
    },
    next: async (waitMs, signal) => {
      if (messages.length === 0 && signal?.aborted !== true) {
        await new Promise<void>((resolve) => {
          // A timer holds no more than 2^31 - 1 ms.
          const timer = setTimeout(resolve, Math.min(waitMs, 2_147_483_647));
          const done = (): void => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', done);
            wake = null;
            resolve();
          };
          wake = done;
          signal?.addEventListener('abort', done, { once: true });
        });
        wake = null;
      }
      return messages.shift() ?? null;
    },
  };
}
