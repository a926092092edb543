import { expect, test } from 'vitest';
import { runKills } from '../../support/kill-run.ts';

const kills = 20;

test('an engine that is killed at a random moment leaves a whole vault with everything that was acknowledged, and nothing twice', { timeout: 300_000 }, async () => {
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`kill test: REDOUBT_SEED=${seed}`);
  const outcomes = await runKills({ kills, killsPerVault: 10, seed, filesPerFolder: 200, folders: 4 });
  expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(outcomes).toHaveLength(kills);
  // A run in which nothing was ever acknowledged or always everything had ended would prove nothing.
  expect(outcomes.at(-1)?.acknowledged).toBeGreaterThan(20);
  expect(outcomes.some(({ wasReady }) => wasReady)).toBe(true);
});
