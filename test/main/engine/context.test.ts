import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { estimateTokens } from '../../../main/chat/estimate-tokens.ts';
import { addCase, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type ModelServer, type Respond } from '../../support/model-servers/model-server.ts';
import { tempFolder } from '../../support/vaults.ts';

const says = (text: string): Respond => streams(frames(textFrame(text), finishFrame('stop')), 'data: [DONE]\n\n');
const tooMuch = (tokens: number): Respond => answers(400, { error: { message: `This model's maximum context length is ${tokens} tokens.` } });

/** Words that stand in this letter alone. */
const own = (at: number, words: number): string => Array.from({ length: words }, (_, index) => `kel${at}${'bdfgklmnprst'[index] ?? ''}o`).join(' ');

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly endpoint: EndpointId;
  readonly server: ModelServer;
}

/** A case of thirty letters about one lamp, and an endpoint that takes so many tokens and answers as told. */
async function scene(contextTokens: number | null, respond: Respond, ceiling = 'UNCLASSIFIED'): Promise<Scene> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = join(tempFolder(), 'letters');
  mkdirSync(folder);
  for (let at = 0; at < 30; at += 1) writeFileSync(join(folder, `${at}.txt`), `The pier lamp was lit at eight, wrote ${own(at, 12)}. ${`${own(at, 9)}, and the crew waited. `.repeat(8)}`);
  await ingested(engine, caseId, [folder]);
  const server = await startModelServer(respond);
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Desk', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling, contextTokens });
  return { engine, caseId, endpoint, server };
}

const asking = { conversation: null, question: 'When was the pier lamp lit?', questionMarking: 'U' } as const;
const messagesOf = (server: ModelServer, nth: number): { role: string; content: string }[] => (JSON.parse(server.requests[nth]?.body ?? '{}') as { messages: { role: string; content: string }[] }).messages;
const tokensOf = (server: ModelServer, nth: number): number => messagesOf(server, nth).reduce((sum, { content }) => sum + estimateTokens(content), 0);

test('passages fill what the endpoint takes, with room for the answer, and the answer says how many were found and fitted', async () => {
  const { engine, caseId, endpoint, server } = await scene(2048, says('It was lit at eight [1].'));
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint });
  expect(tokensOf(server, 0)).toBeLessThanOrEqual(2048 - 512);
  expect(messagesOf(server, 0).at(-1)?.content).toContain('Question: When was the pier lamp lit?');
  expect(JSON.parse(server.requests[0]?.body ?? '{}')).toMatchObject({ max_tokens: 512 });
  const { passages = 0, found = 0 } = turn.answer?.coverage ?? {};
  expect(passages).toBeGreaterThan(1);
  expect(found).toBeGreaterThan(passages);
});

test('a server that takes less than was thought is asked once more with less, and what was sent is what it got', async () => {
  const { engine, caseId, endpoint, server } = await scene(null, (response, request, nth) => (nth === 0 ? tooMuch(1500) : says('It was lit at eight [1].'))(response, request, nth));
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint });
  expect(turn.answer).toMatchObject({ state: 'answered', fault: null });
  expect(server.requests).toHaveLength(2);
  expect(tokensOf(server, 1)).toBeLessThanOrEqual(1500);
  expect(tokensOf(server, 1)).toBeLessThan(tokensOf(server, 0));
  const { sending } = await engine.call('chat.sending', { case: caseId, turn: turn.turn });
  expect(sending?.messages.map(({ text }) => text)).toEqual(messagesOf(server, 1).map(({ content }) => content));
  expect(await engine.call('vault.verify', {})).toEqual({ ok: true, problems: [] });
});

test('a server that refuses the less too is not asked a third time', async () => {
  const { engine, caseId, endpoint, server } = await scene(null, answers(413, { error: { message: 'too large' } }));
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint });
  expect(turn.answer).toMatchObject({ state: 'error' });
  expect(server.requests).toHaveLength(2);
});

test('what was approved is sent as shown or not at all', async () => {
  const { engine, caseId, endpoint, server } = await scene(null, tooMuch(1500));
  const { digest } = await engine.call('chat.preview', { case: caseId, ...asking, endpoint });
  await engine.call('chat.ask', { case: caseId, ...asking, endpoint, approved: digest });
  expect(server.requests).toHaveLength(1);
});

test('a question that alone is too long is refused before anything is sent or kept', async () => {
  const { engine, caseId, endpoint, server } = await scene(512, says('no'));
  await expect(engine.call('chat.ask', { case: caseId, ...asking, question: `Why ${'was the lamp lit '.repeat(400)}?`, endpoint })).rejects.toMatchObject({ wire: { code: 'endpoint.context-too-long' } });
  expect(server.requests).toHaveLength(0);
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toEqual([]);
});

test('a question goes on from what was said on its branch, oldest first, and never takes along what may not go there', async () => {
  const { engine, caseId, endpoint, server } = await scene(null, says('It was lit at eight [1].'));
  const first = await engine.call('chat.ask', { case: caseId, ...asking, endpoint });
  await engine.call('chat.ask', { case: caseId, ...asking, conversation: first.conversation, question: 'And who lit it?', endpoint });
  expect(messagesOf(server, 1).map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(messagesOf(server, 1).slice(1, 3).map(({ content }) => content)).toEqual(['When was the pier lamp lit?', 'It was lit at eight.']);
  await engine.call('chat.ask', { case: caseId, ...asking, conversation: first.conversation, after: null, endpoint });
  expect(messagesOf(server, 2)).toHaveLength(2);
  const secret = await engine.call('chat.ask', { case: caseId, conversation: first.conversation, question: 'What of the pier lamp is kept quiet?', endpoint: null, questionMarking: 'SECRET', after: first.turn.turn });
  await engine.call('chat.ask', { case: caseId, ...asking, conversation: first.conversation, after: secret.turn.turn, endpoint });
  expect(JSON.stringify(messagesOf(server, 3))).not.toContain('kept quiet');
});

test.each(['remove', 'raise'] as const)('the second try goes by the endpoint and the marks as they then are: %s', async (act) => {
  let meanwhile: () => Promise<unknown> = () => Promise.reject(new Error('asked too early'));
  const { engine, caseId, endpoint, server } = await scene(null, (response, request, nth) => { void meanwhile().then(() => tooMuch(1500)(response, request, nth)); });
  const documents: DocumentId[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => documents.push(...value.lines.map(({ id }) => id)));
  meanwhile = () => (act === 'remove' ? engine.call('endpoints.remove', { endpoint }) : Promise.all(documents.map((document) => engine.call('markings.mark-document', { case: caseId, document, marking: 'SECRET', reason: 'as written' }))));
  await expect(engine.call('chat.ask', { case: caseId, ...asking, endpoint })).rejects.toMatchObject({ wire: { code: act === 'remove' ? 'endpoint.unknown' : 'policy.refused' } });
  expect(server.requests).toHaveLength(1);
});
