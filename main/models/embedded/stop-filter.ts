/** Passes text on until a stop text has come. */
export interface StopFilter {
  /** The part that is safe to pass on. */
  readonly push: (text: string) => string;
  readonly isStopped: () => boolean;
  /** What was held back because it might have been the start of a stop text; empty after one. */
  readonly end: () => string;
}

/** A filter for texts with which a model says, in words, that it has ended. */
export function createStopFilter(stops: readonly string[]): StopFilter {
  let held = '';
  let stopped = false;
  return {
    push: (text) => {
      if (stopped) return '';
      held += text;
      const at = Math.min(...stops.map((stop) => held.indexOf(stop)).filter((index) => index >= 0));
      stopped = at !== Infinity;
      const ready = stopped ? held.slice(0, at) : held.slice(0, held.length - heldBack(held, stops));
      held = stopped ? '' : held.slice(ready.length);
      return ready;
    },
    isStopped: () => stopped,
    end: () => {
      const rest = held;
      held = '';
      return rest;
    },
  };
}

/** Length of the longest end of a text with which a stop text may begin. */
function heldBack(text: string, stops: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(0, ...stops.map(({ length }) => length - 1)));
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(text.length - length);
    if (stops.some((stop) => stop.startsWith(end))) return length;
  }
  return 0;
}
