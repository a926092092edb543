/** Wakes whoever waits. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring, at once when it rang since the last wait, and when the signal aborts. */
  readonly heard: (signal: AbortSignal) => Promise<void>;
}

/** A bell that has not rung. */
export function createBell(): Bell {
  let hasRung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      hasRung = true;
      wake?.();
    },
    heard: async (signal) => {
      if (!hasRung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener('abort', leave);
            resolve();
          };
          const leave = (): void => resolve();
          signal.addEventListener('abort', leave, { once: true });
        });
      }
      hasRung = false;
      wake = null;
    },
  };
}
