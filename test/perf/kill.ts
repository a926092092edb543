import { runAnswerKills } from '../support/answer-kills.ts';
import { runKills } from '../support/kill-run.ts';
import { measured, type PerfScript } from './figures.ts';

/** Two hundred kills at random moments; see test/support/kill-run.ts for what is looked at after each. */
export const kill: PerfScript = async ({ small, log }) => {
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  const kills = small ? 10 : 200;
  log(`REDOUBT_SEED=${seed}`);
  const outcomes = await runKills({
    kills, killsPerVault: 10, seed, filesPerFolder: 200, folders: 6,
    onKill: (outcome) => {
      if (outcome.faults.length > 0 || outcome.kill % 10 === 9) log(`kill ${outcome.kill + 1}: ${outcome.acknowledged} acknowledged in this vault${outcome.faults.length === 0 ? '' : `; FAULTS ${outcome.faults.join('; ')}`}`);
    },
  });
  log('kills while a model writes');
  const answers = await runAnswerKills(small ? 10 : 60, seed);
  const faultyAnswers = answers.filter(({ faults }) => faults.length > 0);
  const faulty = outcomes.filter(({ faults }) => faults.length > 0);
  const acknowledged = outcomes.filter(({ kill: number }) => number % 10 === 9 || number === kills - 1).reduce((sum, outcome) => sum + outcome.acknowledged, 0);
  return {
    title: `${kills} kills of the engine, seed ${seed}`,
    figures: [
      measured('kills', outcomes.length, ''),
      measured('actions acknowledged', acknowledged, ''),
      measured('kills after which something was wrong', faulty.length, '', { text: '0', holds: (count) => count === 0 }),
      measured('kills while a model was asked', answers.length, ''),
      measured('of these in the middle of its answer', answers.filter(({ at }) => at === 'writing').length, ''),
      measured('of these after which something was wrong', faultyAnswers.length, '', { text: '0', holds: (count) => count === 0 }),
    ],
    notes: [...faulty, ...faultyAnswers].map((outcome) => `kill ${outcome.kill + 1}: ${outcome.faults.join('; ')}`),
  };
};
