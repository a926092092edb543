import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, ConversationId } from '../../../preload/contract/domains/basics.ts';
import type { Turn } from '../../../preload/contract/domains/chat.ts';
import { addCase, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { finishFrame, frames, startModelServer, streams, textFrame } from '../../support/model-servers/model-server.ts';
import { tempFolder } from '../../support/vaults.ts';

/** A case of letters, of which one names what the question before asked about. */
async function scene(): Promise<{ readonly engine: TestEngine; readonly caseId: CaseId }> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Pumps');
  const folder = join(tempFolder(), 'letters');
  mkdirSync(folder);
  const letters = [
    'Pump 4B tripped because a bearing ran hot. It tripped on 20 March 2024.', 'Pump 2A tripped because its filter was blocked.',
    'The gate was painted on 3 May 2024 by Orla Fenwick.', 'Orla Fenwick complained that the brush was too thin.', 'Soup is served at noon on 4 June 2024.',
  ];
  letters.forEach((letter, index) => writeFileSync(join(folder, `${index}.txt`), `${letter}\n`));
  await ingested(engine, caseId, [folder]);
  return { engine, caseId };
}

/** Asks one question after another in a conversation; the turns. */
async function askAll(engine: TestEngine, caseId: CaseId, questions: readonly string[], questionMarking: string | null = null): Promise<{ readonly conversation: ConversationId | null; readonly turns: readonly Turn[] }> {
  const turns: Turn[] = [];
  let conversation: ConversationId | null = null;
  for (const question of questions) {
    const asked: { readonly conversation: ConversationId; readonly turn: Turn } = await engine.call('chat.ask', { case: caseId, conversation, question, endpoint: null, questionMarking });
    conversation = asked.conversation;
    turns.push(asked.turn);
  }
  return { conversation, turns };
}

test('"And when?" is answered of what was asked before, and says with which question it was read', async () => {
  const { engine, caseId } = await scene();
  const { turns: [first, second, third] } = await askAll(engine, caseId, ['Why did pump 4B trip?', 'And when?', 'And pump 2A?']);
  expect(first?.answer?.leansOn).toBeUndefined();
  expect(second?.answer?.citations[0]?.quote).toBe('It tripped on 20 March 2024.');
  expect(second?.answer?.leansOn).toEqual([first?.turn]);
  expect(third?.answer?.leansOn).toEqual([first?.turn, second?.turn]);
});

test('the name that an answer gave is looked for when the next question says "she"', async () => {
  const { engine, caseId } = await scene();
  const { turns: [, second] } = await askAll(engine, caseId, ['Who painted the gate?', 'What did she complain of?']);
  expect(second?.answer?.citations[0]?.quote).toBe('Orla Fenwick complained that the brush was too thin.');
});

test('the same words at the beginning of a conversation find nothing of the other one, and a new subject is not mixed with the old', async () => {
  const { engine, caseId } = await scene();
  const { turns: [alone] } = await askAll(engine, caseId, ['And when?']);
  expect(alone?.answer?.leansOn).toBeUndefined();
  expect(alone?.answer?.state).toBe('no-support');
  const { turns: [, other] } = await askAll(engine, caseId, ['Why did pump 4B trip?', 'When is soup served?']);
  expect(other?.answer?.leansOn).toBeUndefined();
  expect(other?.answer?.citations.map(({ quote }) => quote)).toEqual(['Soup is served at noon on 4 June 2024.']);
});

test('an answer counts as what it leaned on, and nothing above a ceiling is leaned on', async () => {
  const { engine, caseId } = await scene();
  const { conversation, turns: [, second] } = await askAll(engine, caseId, ['Why did pump 4B trip?', 'And when?'], 'SECRET//NOFORN');
  expect(second?.answer?.marking.banner).toBe('SECRET//NOFORN');
  const server = await startModelServer(streams(frames(textFrame('It tripped [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  const add = (name: string, ceiling: string) => engine.call('endpoints.add', { name, dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling });
  const low = await add('Low', 'UNCLASSIFIED');
  const high = await add('High', 'SECRET//NOFORN');
  const asked = { case: caseId, conversation, question: 'And when did it trip?', questionMarking: 'UNCLASSIFIED' } as const;
  const kept = await engine.call('chat.ask', { ...asked, endpoint: low.endpoint });
  expect(kept.turn.answer?.leansOn).toBeUndefined();
  expect(kept.turn.answer?.notReadWith).toHaveLength(2);
  expect(server.requests[0]?.body).not.toContain('4B trip?');
  const { turn } = await engine.call('chat.ask', { ...asked, after: second?.turn ?? null, endpoint: high.endpoint });
  expect(turn.answer?.leansOn).toHaveLength(2);
  expect(server.requests[1]?.body).toContain('Pump 4B tripped because');
});
