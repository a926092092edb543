/** Who waits for an answer goes before work that nobody looks at. */
export type Urgency = 'interactive' | 'background';

/** One turn at a time. */
export interface Turns {
  /** Waits for the turn; the function that it answers gives it back, once. Rejects with the signal's reason, or with `close`'s. */
  readonly take: (urgency: Urgency, signal: AbortSignal) => Promise<() => void>;
  /** Whether somebody has the turn. */
  readonly isTaken: () => boolean;
  /** Rejects all who wait, and all who come. */
  readonly close: (reason: Error) => void;
}

interface Waiting {
  readonly begin: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Turns with nobody waiting. `onIdle` is told when a turn was given back and nobody took the next. */
export function createTurns(onIdle: () => void): Turns {
  const queues: Record<Urgency, Waiting[]> = { interactive: [], background: [] };
  let isTaken = false;
  let closed: Error | null = null;
  const next = (): void => {
    const waiting = queues.interactive.shift() ?? queues.background.shift();
    isTaken = waiting !== undefined;
    if (waiting === undefined) onIdle();
    else waiting.begin();
  };
  const turn = (): (() => void) => {
    let isMine = true;
    return () => {
      if (isMine) next();
      isMine = false;
    };
  };
  return {
    isTaken: () => isTaken,
    take: async (urgency, signal) => {
      signal.throwIfAborted();
      if (closed !== null) throw closed;
      if (!isTaken) {
        isTaken = true;
        return turn();
      }
      const queue = queues[urgency];
      return await new Promise((resolve, reject) => {
        const leave = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
          reject(signal.reason);
        };
        const waiting: Waiting = {
          begin: () => {
            signal.removeEventListener('abort', leave);
            resolve(turn());
          },
          fail: (reason) => {
            signal.removeEventListener('abort', leave);
            // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what closed it is passed on
            reject(reason);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
      });
    },
    close: (reason) => {
      closed = reason;
      for (const waiting of [...queues.interactive.splice(0), ...queues.background.splice(0)]) waiting.fail(reason);
    },
  };
}
