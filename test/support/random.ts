/** A sequence of chances that a seed fixes, so that a failing run can be run again. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [from, below). */
  readonly between: (from: number, below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Mulberry32: 32 bits of state, good enough to choose by. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, below: number): number => from + Math.floor(next() * (below - from));
  return {
    next,
    between,
    pick: (list) => {
      const chosen = list[between(0, list.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
  };
}
