import type { Clock } from '../base/clock.ts';

/** How far a piece of work is. `total` is null while it is not known. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
}

/** Passes a value on at most ten times a second; `flush` passes on what was held back last, so that the end is never lost. */
export function tenTimesASecond<T>(clock: Clock, emit: (value: T) => void): { readonly push: (value: T) => void; readonly flush: () => void } {
  let lastMs = -Infinity;
  let held: { readonly value: T } | null = null;
  return {
    push: (value) => {
      const now = clock.nowMs();
      // A clock set back must not silence the work until it has caught up.
      if (now - lastMs >= 100 || now < lastMs) {
        lastMs = now;
        held = null;
        emit(value);
      } else held = { value };
    },
    flush: () => {
      if (held !== null) emit(held.value);
      held = null;
    },
  };
}
