import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AnnotationId, ConversationId, TurnId } from '../../../preload/contract/domains/basics.ts';
import { addCase, createdEngine, ingested } from '../../support/engines.ts';
import { writeGeneratedFolder } from '../../support/generated-folder.ts';
import { createLedger } from '../../support/kill-ledger.ts';
import { runKills } from '../../support/kill-run.ts';
import { tempFolder } from '../../support/vaults.ts';

const kills = 20;
const id = 'f'.repeat(32);

test('an engine that is killed at a random moment leaves a whole vault with everything that was acknowledged, and nothing twice', { timeout: 300_000 }, async () => {
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`kill test: REDOUBT_SEED=${seed}`);
  const outcomes = await runKills({ kills, killsPerVault: 10, seed, filesPerFolder: 200, folders: 4 });
  expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(outcomes).toHaveLength(kills);
  // A run in which nothing was ever acknowledged would prove nothing.
  expect(outcomes.at(-1)?.acknowledged).toBeGreaterThan(20);
  expect(outcomes.some(({ wasReady }) => wasReady)).toBe(true);
});

test('the ledger of a kill test names every acknowledged action that is not there, and forgives one that was under way', async () => {
  const place = tempFolder();
  writeGeneratedFolder(join(place, 'dump'), 2, 3);
  const engine = await createdEngine(join(place, 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const { job } = await ingested(engine, caseId, [join(place, 'dump')], 1);
  const { set } = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any' } });
  const { rows } = await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: 2 });
  const document = rows[0]?.document;
  if (document === undefined) throw new Error('no document');
  const { conversation } = await engine.call('chat.ask', { case: caseId, conversation: null, question: 'Which cargo?', endpoint: null });

  const ledger = createLedger();
  ledger.hear({ t: 'tries', deed: { do: 'code', document, verdict: 'relevant' } });
  expect(await ledger.missing(engine, caseId)).toEqual([]);
  ledger.hear({ t: 'done', deed: { do: 'code', document, verdict: 'relevant' }, done: {} });
  ledger.hear({ t: 'done', deed: { do: 'note', document, text: 'seen' }, done: {} });
  ledger.hear({ t: 'done', deed: { do: 'annotate', document, note: 'mark' }, done: { annotation: id as AnnotationId } });
  ledger.hear({ t: 'done', deed: { do: 'ask', question: 'Which cargo?' }, done: { conversation: conversation satisfies ConversationId, turn: id as TurnId } });
  ledger.hear({ t: 'committed', job, files: 3 });
  expect(await ledger.missing(engine, caseId)).toEqual([expect.stringContaining('verdict'), expect.stringContaining('note'), expect.stringContaining('annotation'), expect.stringContaining('turn'), expect.stringContaining('job')]);
});
