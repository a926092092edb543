import { expect, test } from 'vitest';
import { runAnswerKills } from '../../support/answer-kills.ts';

test('an engine that is killed while a model writes keeps the question and every answer and acceptance it told of, calls no half answer whole, and asks nothing again by itself', { timeout: 300_000 }, async () => {
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`answer kill test: REDOUBT_SEED=${seed}`);
  const outcomes = await runAnswerKills(12, seed);
  expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  // A run in which nobody died in the middle of an answer would prove nothing.
  expect(outcomes.map(({ at }) => at)).toContain('writing');
});
