import { seededRandom } from '../../test/support/random.ts';

/** A sequence of chances that a seed fixes, in the words of the generator. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  /** In [0, 1). */
  readonly next: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** True as often as the share says. */
  readonly happens: (share: number) => boolean;
}

/** Chances from a seed. */
export function chanceOf(seed: number): Chance {
  const { next, between, pick } = seededRandom(seed);
  return { next, pick, whole: (least, most) => between(least, most + 1), happens: (share) => next() < share };
}
