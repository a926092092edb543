import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, ConversationId, TurnId } from '../../../preload/contract/domains/basics.ts';
import { addCase, createdEngine, ingested, unlockedEngine, type TestEngine } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly vaultFolder: string;
  readonly ask: (question: string, conversation: ConversationId | null, after?: TurnId | null) => Promise<{ conversation: ConversationId; turn: TurnId; after: TurnId | null }>;
}

async function scene(): Promise<Scene> {
  const vaultFolder = join(tempFolder(), 'vault');
  const engine = await createdEngine(vaultFolder);
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  writeFileSync(join(folder, 'log.txt'), 'The pier lamp is *lit* at eight by <b>the watch</b>.');
  await ingested(engine, caseId, [folder]);
  return {
    engine, caseId, vaultFolder,
    ask: async (question, conversation, after) => {
      const { conversation: where, turn } = await engine.call('chat.ask', { case: caseId, conversation, question, endpoint: null, ...(after === undefined ? {} : { after }) });
      return { conversation: where, turn: turn.turn, after: turn.after };
    },
  };
}

test('a question goes on from the last, from an earlier one, or begins anew, and stays so after a lock', async () => {
  const { engine, caseId, ask, vaultFolder } = await scene();
  const first = await ask('When is the pier lamp lit?', null);
  const second = await ask('Who lights the lamp?', first.conversation);
  const branch = await ask('Where is the lamp?', first.conversation, first.turn);
  const again = await ask('When is the pier lamp lit now?', first.conversation, null);
  expect([first.after, second.after, branch.after, again.after]).toEqual([null, first.turn, first.turn, null]);
  const other = await ask('Who is on watch?', null);
  await expect(ask('x', other.conversation, first.turn)).rejects.toMatchObject({ wire: { code: 'case.unknown-turn' } });
  const shape = async (at: TestEngine) => (await at.call('chat.turns', { case: caseId, conversation: first.conversation })).turns.map(({ turn, after }) => [turn, after]);
  const before = await shape(engine);
  expect(before).toHaveLength(4);
  await engine.close();
  const unlocked = await unlockedEngine(vaultFolder);
  onTestFinished(() => unlocked.close());
  expect(await shape(unlocked)).toEqual(before);
  expect(await unlocked.call('vault.verify', {})).toEqual({ ok: true, problems: [] });
});

test('conversations are found by all words of a title, a question or an answer, whatever signs the words hold', async () => {
  const { engine, caseId, ask } = await scene();
  const { conversation } = await ask('When is the pier lamp lit?', null);
  await ask('Who is 100% on watch_2?', null);
  const found = async (words: string) => (await engine.call('chat.search', { case: caseId, words })).conversations;
  expect(await found('PIER eight')).toEqual([conversation]);
  expect(await found('pier crane')).toEqual([]);
  expect(await found('100%')).toHaveLength(1);
  expect(await found('%')).toHaveLength(1);
  expect(await found('watch_2')).toHaveLength(1);
  expect(await found("' OR 1=1")).toEqual([]);
});

test('a conversation is handed on as Markdown and JSON, with its places, its provenance and its marking, over nothing that is there', async () => {
  const { engine, caseId, ask, vaultFolder } = await scene();
  const { conversation } = await ask('When is the pier/lamp lit?', null);
  const folder = join(tempFolder(), 'out');
  mkdirSync(folder);
  const { files } = await engine.call('chat.export', { case: caseId, conversation, folder });
  expect(files).toEqual([`conversation-${conversation}.md`, `conversation-${conversation}.json`]);
  await engine.call('chat.export', { case: caseId, conversation, folder });
  expect(readdirSync(folder)).toHaveLength(4);
  const markdown = readFileSync(join(folder, files[0] ?? ''), 'utf8');
  expect(markdown.split('\n')[0]).toBe('UNCLASSIFIED');
  expect(markdown).toContain('\\*lit\\* at eight by \\<b\\>the watch');
  expect(markdown).toContain('Quoted by the extractive reader, no model.');
  expect(markdown).toMatch(/log\.txt, characters 0 to \d+, verbatim/);
  const json = JSON.parse(readFileSync(join(folder, files[1] ?? ''), 'utf8')) as { turns: { answer: { citations: unknown[] }; sending: null }[] };
  expect(json.turns[0]).toMatchObject({ sending: null, answer: { citations: [{ check: 'verbatim' }] } });
  await expect(engine.call('chat.export', { case: caseId, conversation, folder: join(vaultFolder, 'cases') })).rejects.toMatchObject({ wire: { code: 'case.path-is-vault' } });
  await expect(engine.call('chat.export', { case: caseId, conversation, folder: join(folder, 'absent') })).rejects.toMatchObject({ wire: { code: 'case.path-absent' } });
});
