import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CaseId, DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { AnswerReview, Turn } from '../../../preload/contract/domains/chat.ts';
import { toMarking } from '../../../main/policy/index.ts';
import { addCase, CallFailed, createdEngine, ingested, secretNoforn, type TestEngine } from '../../support/engines.ts';
import { finishFrame, frames, startModelServer, streams, textFrame } from '../../support/model-servers/model-server.ts';
import { tempFolder } from '../../support/vaults.ts';

// Each begins with a vault, an ingest and a question.
vi.setConfig({ testTimeout: 60_000 });

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly endpoint: EndpointId;
  readonly ask: () => Promise<Turn>;
  readonly now: (turn: Turn) => Promise<Turn>;
}

const written = '# Lamp\n\n- The pier lamp is kept dry [1].\n- It is painted red [1].';

async function scene(): Promise<Scene> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.txt'), 'The pier lamp is kept dry. The shed is painted red every spring.');
  writeFileSync(join(folder, 'b.txt'), 'The north mole was closed on 3 May 2024.');
  await ingested(engine, caseId, [folder]);
  const server = await startModelServer(streams(frames(textFrame(written), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Office', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN' });
  return {
    engine, caseId, endpoint,
    ask: async () => (await engine.call('chat.ask', { case: caseId, conversation: null, question: 'Where is the pier lamp kept?', endpoint })).turn,
    now: async ({ turn }) => {
      const { conversations } = await engine.call('chat.conversations', { case: caseId });
      for (const { conversation } of conversations) {
        const found = (await engine.call('chat.turns', { case: caseId, conversation })).turns.find((one) => one.turn === turn);
        if (found !== undefined) return found;
      }
      throw new Error('no turn');
    },
  };
}

const reviewOf = ({ review }: Turn): AnswerReview => {
  if (review === null) throw new Error('no review');
  return review;
};

test('an answer is raw until a person accepts it, and says who did and when; taken back it is raw again', async () => {
  const { engine, caseId, ask, now } = await scene();
  const turn = await ask();
  expect(turn.review).toMatchObject({ state: 'raw', edit: null, accepted: null });
  expect(await now(turn)).toEqual(turn);
  const { of } = reviewOf(turn);
  const accepted = await engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of, isAccepted: true });
  expect(accepted).toMatchObject({ state: 'accepted', of, accepted: { by: 'Analyst' } });
  expect(accepted.accepted?.at).toBeGreaterThan(0);
  expect(await engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of, isAccepted: false })).toMatchObject({ state: 'raw', accepted: null });
});

test('an edit is checked again sentence by sentence, ends an acceptance, and leaves the original readable; what was not touched stays as it was', async () => {
  const { engine, caseId, ask, now } = await scene();
  const turn = await ask();
  const { of } = reviewOf(turn);
  await engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of, isAccepted: true });
  const edited = await engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of, text: 'The pier lamp is kept dry.\n\nThe north mole was closed on 3 May 2024.\n\nThe north mole was closed on 9 May 2031.' });
  expect(edited).toMatchObject({ state: 'edited', accepted: null, edit: { by: 'Analyst' } });
  expect(edited.edit?.sentences.map(({ isEdited, support }) => [isEdited, support])).toEqual([[false, 'supported'], [true, 'supported'], [true, expect.stringMatching(/partly|unsupported/)]]);
  const quote = edited.edit?.citations.find(({ number }) => edited.edit?.sentences[1]?.citations.includes(number));
  expect(quote).toMatchObject({ path: expect.stringMatching(/b\.txt$/) as unknown, quote: 'The north mole was closed on 3 May 2024.' });
  const shown = await now(turn);
  expect(shown.answer).toEqual(turn.answer);
  expect(shown.review).toEqual(edited);
  // The acceptance of the edit holds for the edit alone.
  await engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of: edited.of, isAccepted: true });
  expect(reviewOf(await now(turn)).state).toBe('accepted');
  const back = await engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of: edited.of, text: null });
  expect(back).toMatchObject({ state: 'raw', of, edit: null, accepted: null });
  expect((await engine.call('vault.verify', {})).problems).toEqual([]);
});

test('a text that is no longer the one that stands is neither accepted nor edited', async () => {
  const { engine, caseId, ask } = await scene();
  const turn = await ask();
  const { of } = reviewOf(turn);
  await engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of, text: 'Another text.' });
  for (const call of [() => engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of, isAccepted: true }), () => engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of, text: 'A third.' }), () => engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of: 'f'.repeat(32), isAccepted: true })]) {
    await expect(call()).rejects.toMatchObject({ wire: { code: 'case.answer-changed' } });
  }
  await expect(engine.call('chat.accept-answer', { case: caseId, turn: 'f'.repeat(32), of, isAccepted: true })).rejects.toBeInstanceOf(CallFailed);
});

test('conversations are found by words of the edit and of the original, and both leave with the export, with their state', async () => {
  const { engine, caseId, ask } = await scene();
  const turn = await ask();
  const edited = await engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of: reviewOf(turn).of, text: 'A heron waits there.' });
  await engine.call('chat.accept-answer', { case: caseId, turn: turn.turn, of: edited.of, isAccepted: true });
  for (const words of ['heron', 'painted']) expect((await engine.call('chat.search', { case: caseId, words })).conversations).toHaveLength(1);
  const [info] = (await engine.call('chat.conversations', { case: caseId })).conversations;
  const folder = join(tempFolder(), 'out');
  mkdirSync(folder);
  const { files } = await engine.call('chat.export', { case: caseId, conversation: info?.conversation ?? '', folder });
  const [markdown, json] = ['.md', '.json'].map((end) => readFileSync(join(folder, files.find((file) => file.endsWith(end)) ?? ''), 'utf8'));
  expect(markdown).toMatch(/A heron waits there\. \(unsupported\) \(a person’s words\)/);
  expect(markdown).toMatch(/State accepted\. Edited by Analyst, \S+: 1 of 1 sentences are a person’s\. Accepted by Analyst, /);
  expect(markdown).toMatch(/As small\\-1 at Office wrote it[\s\S]*It is painted red/);
  const [exported] = (JSON.parse(json ?? '') as { turns: Turn[] }).turns;
  expect(exported?.review).toMatchObject({ state: 'accepted', edit: { sentences: [{ text: 'A heron waits there.' }] }, accepted: { by: 'Analyst' } });
  expect(exported?.answer?.sentences.map(({ text }) => text)).toEqual(['Lamp', 'The pier lamp is kept dry.', 'It is painted red.']);
});

test('an edit that draws on more than the answer did is marked as what it draws on, whatever the answer was marked', async () => {
  const { engine, caseId, ask, now } = await scene();
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  const b = lines.find(({ path }) => path.endsWith('b.txt'))?.id ?? ('' as DocumentId);
  await engine.call('markings.mark-document', { case: caseId, document: b, marking: secretNoforn, reason: 'as written' });
  const turn = await ask();
  await engine.call('markings.mark-answer', { case: caseId, turn: turn.turn, marking: 'UNCLASSIFIED', reason: 'harmless' });
  const edited = await engine.call('chat.edit-answer', { case: caseId, turn: turn.turn, of: reviewOf(turn).of, text: 'The north mole was closed on 3 May 2024.' });
  expect(edited.edit?.marking.marking).toBe(secretNoforn);
  expect((await now(turn)).marking?.marking).toBe(toMarking('SECRET//NOFORN'));
  expect((await engine.call('chat.conversations', { case: caseId })).conversations[0]?.marking.marking).toBe(secretNoforn);
});
