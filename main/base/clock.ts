/** The time of day. Injected, so that tests can set it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
}

/** The computer's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** A hybrid logical time: orders ops for display and ties; truth comes from what an op replaces, never from a clock. */
export interface Hlc {
  readonly ms: number;
  /** Counter within the millisecond. */
  readonly n: number;
}

/** Hands out strictly rising times, even when the clock stands still or goes back. `last` is the latest time already used. */
export function createHlc(clock: Clock, last: Hlc = { ms: 0, n: 0 }): () => Hlc {
  let previous = last;
  return () => {
    const ms = clock.nowMs();
    previous = ms > previous.ms ? { ms, n: 0 } : { ms: previous.ms, n: previous.n + 1 };
    return previous;
  };
}
