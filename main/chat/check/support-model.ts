/** Weights of the checker's model, fitted and written by test/perf/check-fit.ts on SciFact's evidence (claims whose id is no multiple of 3). Not edited by hand. */
import type { SupportModel } from './weigh.ts';

export const supportModel: SupportModel = {
  bias: -3.954,
  weights: { words: 1.77, wordsAround: 1.321, heaviestMissing: -0.336, figuresMissing: -0.863, contradicted: -0.667, directionUnsaid: -0.615, claimWords: 1.068, intends: -0.872, quoteWords: 0.903 },
  supported: 0.26,
  partly: 0.13,
  rank: [5.061, 3.268, 3.416, 0.445, 0.139, 5.188, 1.1, -1.474, 0.329, -1.607, 2.693],
};
