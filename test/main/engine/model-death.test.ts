/** The process of a model file dies in the middle of an answer: what was kept and acknowledged stays, the words that came are kept as what they are, and the next question starts another. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { entryFile, nodeProcessHost } from '../../../main/work/index.ts';
import { addCase, createdEngine, ingested, unlockedEngine, type TestEngine } from '../../support/engines.ts';
import { chatValues, madeGguf } from '../../support/gguf.ts';
import { testChild } from '../../support/test-children.ts';
import { tempFolder } from '../../support/vaults.ts';

/** Extractors as they are; the model's process plays a script. */
const host = (): ReturnType<typeof nodeProcessHost> => nodeProcessHost({ entryFile: (entry) => (entry === 'model' ? testChild('scripted-model')() : entryFile(entry)) });

interface Scene {
  readonly engine: TestEngine;
  readonly vaultFolder: string;
  readonly caseId: CaseId;
  readonly endpoint: EndpointId;
}

const deadly = 'falls over here';

/** Three texts, one of which brings the model's process down, and a model that otherwise says its text. */
async function scene(text: string): Promise<Scene> {
  const folder = tempFolder();
  const vaultFolder = join(tempFolder(), 'vault');
  const engine = await createdEngine(vaultFolder, { host: host() });
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const texts = ['The pier lamp is lit at eight.', `The crane ${deadly}.`, 'The ferry leaves at noon.'];
  for (const [at, body] of texts.entries()) writeFileSync(join(folder, `${at}.txt`), body);
  await ingested(engine, caseId, [folder], 1);
  const model = join(tempFolder(), 'heron.gguf');
  writeFileSync(model, madeGguf({ values: [...chatValues, ['general.description', { text: JSON.stringify({ does: 'answer', text, diesAt: deadly }) }]] }));
  await engine.call('models.add', { path: model, name: 'Heron' });
  const { endpoint } = await engine.call('endpoints.add', { name: 'Laptop model', dialect: 'embedded', baseUrl: '', model: 'Heron', ceiling: 'SECRET//NOFORN' });
  return { engine, vaultFolder, caseId, endpoint };
}

test('an answer that its process did not end is kept as an error with the words that came, is so after a restart, and the next question is answered', async () => {
  const { engine, vaultFolder, caseId, endpoint } = await scene('It is lit at eight [1].');
  const { conversation, turn: before } = await engine.call('chat.ask', { case: caseId, conversation: null, question: 'When is the pier lamp lit?', endpoint });
  expect(before.answer).toMatchObject({ state: 'answered', fault: null });
  const { turn: lost } = await engine.call('chat.ask', { case: caseId, conversation, question: `Which crane ${deadly}?`, endpoint });
  expect(lost.answer).toMatchObject({ state: 'error', sentences: [{ text: 'It is' }] });
  expect(lost.answer?.fault).toContain('ended without a word');
  const { turn: next } = await engine.call('chat.ask', { case: caseId, conversation, question: 'And the ferry?', endpoint, after: null });
  expect(next.answer).toMatchObject({ state: 'answered', fault: null });
  // By how it says that it counted, too: the process that died was asked before it died, and the next one anew.
  const tokens = await Promise.all([before, lost, next].map(async ({ turn }) => (await engine.call('chat.sending', { case: caseId, turn })).sending?.tokens));
  expect(tokens).toEqual(['counted', 'counted', 'counted']);
  await engine.close();

  const again = await unlockedEngine(vaultFolder, { host: host() });
  const { turns } = await again.call('chat.turns', { case: caseId, conversation });
  expect(turns.map(({ question, answer }) => [question, answer?.state])).toEqual([['When is the pier lamp lit?', 'answered'], [`Which crane ${deadly}?`, 'error'], ['And the ferry?', 'answered']]);
  expect(await again.call('vault.verify', {})).toEqual({ ok: true, problems: [] });
  await again.close();
});

test('in bulk the text that brings the process down is tried so often and no more, and every other text has its answer', async () => {
  const { engine, caseId, endpoint, vaultFolder } = await scene(JSON.stringify({ answer: 'unsure', reason: 'It says so.', quote: '' }));
  const { run } = await engine.call('bulk.start', { case: caseId, kind: 'first-pass', parameters: { instruction: 'What is said of lamps' }, endpoint, scope: { kind: 'case' } });
  const ended = await engine.call('bulk.watch', { case: caseId, run });
  expect(ended.counts).toMatchObject({ done: 2, failed: 1, queued: 0, leased: 0 });
  const { results } = await engine.call('bulk.results', { case: caseId, run, limit: 10 });
  expect(results.filter(({ state }) => state === 'failed')).toMatchObject([{ reason: { code: 'endpoint.server-failed' } }]);
  await engine.close();

  const again = await unlockedEngine(vaultFolder, { host: host() });
  expect((await again.call('bulk.results', { case: caseId, run, limit: 10 })).results.map(({ state }) => state).sort()).toEqual(['done', 'done', 'failed']);
  expect(await again.call('vault.verify', {})).toEqual({ ok: true, problems: [] });
  await again.close();
});
