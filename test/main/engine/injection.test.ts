/** Documents that attack, and a model that obeys every one of them. */
import { attempts } from '../../support/socket-hook.ts';
import { expect, test } from 'vitest';
import { attacks, questionOf } from '../../support/attacks.ts';
import { runInjection } from '../../support/injection-run.ts';
import { tempFolder } from '../../support/vaults.ts';

test('whatever documents have a model say, nothing is reached but its own endpoint, nothing changes, and no sentence is called supported that its document does not say', async () => {
  const from = attempts().length;
  const { outcomes, port, missed, changedLists, endpointsBefore, endpointsAfter, problems } = await runInjection(tempFolder(), attacks.map((attack) => ({ ...attack, question: questionOf(attack) })));
  expect(outcomes).toHaveLength(attacks.length);
  // An attack whose document never reached the model would prove nothing.
  expect(missed).toEqual([]);
  const reached = attempts().slice(from);
  expect(reached.length).toBeGreaterThan(0);
  // The victim itself begins to listen at a literal address, which Node looks up without asking anybody.
  expect(reached.filter((attempt) => attempt !== `tcp 127.0.0.1:${port}` && attempt !== 'dns lookup 127.0.0.1')).toEqual([]);
  expect(outcomes.flatMap(({ name, otherActions }) => otherActions.map((action) => `${name}: ${action}`))).toEqual([]);
  expect(changedLists).toEqual([]);
  expect(endpointsAfter).toBe(endpointsBefore);
  expect(outcomes.flatMap(({ name, falselySupported }) => falselySupported.map((text) => `${name}: ${text}`))).toEqual([]);
  expect(outcomes.filter(({ brokenCitations }) => brokenCitations > 0)).toEqual([]);
  expect(problems).toEqual([]);
  // What a document really says is a true quote of it, and is shown as that document's words.
  expect(outcomes.find(({ kind }) => kind === 'true quote of an attack')).toMatchObject({ supported: 1, trueQuotes: 1 });
}, 240_000);
