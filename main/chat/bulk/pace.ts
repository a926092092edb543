/** How much an endpoint takes at once, learned from how it answers: one more after a window of good answers, half of it when it had too much. Pure. */

/** `generation` rises with each halving: what was sent before it says nothing about what is sent now. */
export interface Pace {
  readonly limit: number;
  readonly most: number;
  readonly generation: number;
  readonly successes: number;
  readonly windowMs: number;
  /** Mean of the quickest window; null before the first. */
  readonly bestMeanMs: number | null;
}

const firstLimit = 2;
/** Answers that came well, for each slot, before there is one more. */
const windowPerSlot = 4;
/** A window this much slower than the quickest raises nothing: the server only makes a longer queue. */
const stableFactor = 2;

/** The pace of an endpoint that nobody has asked. `most` is 1 for what answers one at a time. */
export function firstPace(most: number): Pace {
  return { limit: Math.min(firstLimit, most), most, generation: 0, successes: 0, windowMs: 0, bestMeanMs: null };
}

/** After a good answer. */
export function paceAfterSuccess(pace: Pace, tookMs: number): Pace {
  const successes = pace.successes + 1;
  const windowMs = pace.windowMs + tookMs;
  if (successes < pace.limit * windowPerSlot) return { ...pace, successes, windowMs };
  const mean = windowMs / successes;
  const isStable = pace.bestMeanMs === null || mean <= pace.bestMeanMs * stableFactor;
  return { ...pace, limit: isStable ? Math.min(pace.most, pace.limit + 1) : pace.limit, successes: 0, windowMs: 0, bestMeanMs: Math.min(mean, pace.bestMeanMs ?? mean) };
}

/** After an answer that says "too much": half, at least one, once for all that were sent in the same generation. */
export function paceAfterOverload(pace: Pace, generation: number): Pace {
  if (generation !== pace.generation) return pace;
  return { ...pace, limit: Math.max(1, Math.floor(pace.limit / 2)), generation: pace.generation + 1, successes: 0, windowMs: 0 };
}
