/** Weights of the checker's model, fitted and written by test/perf/check-fit.ts on SciFact's evidence (claims whose id is no multiple of 3). Not edited by hand. */
import type { SupportModel } from './weigh.ts';

export const supportModel: SupportModel = {
  bias: -3.899,
  weights: { words: 1.75, wordsAround: 1.291, heaviestMissing: -0.36, figuresMissing: -0.861, contradicted: -0.646, directionUnsaid: -0.611, claimWords: 1.044, intends: -0.873, quoteWords: 0.874 },
  supported: 0.22,
  partly: 0.11,
  rank: [5.061, 3.268, 3.416, 0.445, 0.139, 5.188, 1.1, -1.474, 0.329, -1.607, 2.693],
};
