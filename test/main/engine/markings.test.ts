import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { Refusal } from '../../../preload/contract/domains/chat.ts';
import { issue } from '../../support/certificates/certificates.ts';
import { finishFrame, frames, startModelServer, streams, textFrame, type ModelServer } from '../../support/model-servers/model-server.ts';
import { addCase, CallFailed, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';
import { toMarking } from '../../../main/policy/index.ts';

const report = '(U) The pier lamp burned all night.\n\n(S//NF) The pier lamp was moved by the harbour watch on Tuesday.\n\nThe pier lamp is green.';

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly document: DocumentId;
  readonly vaultFolder: string;
}

async function scene(marking: string, files: Readonly<Record<string, string>> = { 'report.txt': report }): Promise<Scene> {
  const vaultFolder = join(tempFolder(), 'vault');
  const engine = await createdEngine(vaultFolder);
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour', toMarking(marking));
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await ingested(engine, caseId, [folder]);
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  return { engine, caseId, document: lines.find(({ path }) => path.endsWith('report.txt'))?.id ?? ('' as DocumentId), vaultFolder };
}

async function withServer(engine: TestEngine, ceiling: string, more: { readonly dataKinds?: ('questions' | 'passages' | 'notes' | 'personal-data')[] } = {}): Promise<{ endpoint: EndpointId; server: ModelServer }> {
  const server = await startModelServer(streams(frames(textFrame('The pier lamp burned all night [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: `Up to ${ceiling}`, dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling, ...more });
  return { endpoint, server };
}

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CallFailed && error.wire.code === 'policy.refused') return error.wire.data as unknown as Refusal;
    throw error;
  }
  throw new Error('it was not refused');
}

const asking = { conversation: null, question: 'Where was the pier lamp?' };

test('a case, a document, passages and an answer are marked with a reason, and each act is taken back as one', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED');
  const marks = () => engine.call('markings.document', { case: caseId, document });
  const { found } = await marks();
  expect(found.map(({ marking }) => marking?.banner)).toEqual(['UNCLASSIFIED', 'SECRET//NOFORN']);
  await engine.call('markings.mark-passages', { case: caseId, document, passages: found.map(({ start, end, marking }) => ({ start, end, marking: marking?.marking ?? null })), reason: 'marks of the author' });
  expect(await marks()).toMatchObject({ found: [], passages: [{ marking: { banner: 'UNCLASSIFIED' }, reason: 'marks of the author', who: 'Analyst' }, { marking: { banner: 'SECRET//NOFORN' } }], rollUp: { banner: 'SECRET//NOFORN' } });
  expect(await engine.call('ops.undo', { case: caseId })).toMatchObject({ changed: { document, said: 'Marking as it was' } });
  expect((await marks()).passages).toEqual([]);
  expect((await marks()).found).toHaveLength(2);
  await engine.call('ops.redo', { case: caseId });
  expect((await marks()).passages).toHaveLength(2);

  expect(await engine.call('markings.mark-document', { case: caseId, document, marking: '(TS//SI//NF)', reason: 'compilation' })).toMatchObject({ marking: { banner: 'TOP SECRET//SI//NOFORN' }, isAboveVault: true });
  expect((await marks()).own).toMatchObject({ reason: 'compilation', marking: { banner: 'TOP SECRET//SI//NOFORN' } });
  expect((await engine.call('documents.get', { case: caseId, document })).marking.banner).toBe('TOP SECRET//SI//NOFORN');
  await engine.call('ops.undo', { case: caseId });
  expect((await marks()).own).toBeNull();

  expect((await engine.call('cases.mark', { case: caseId, marking: 'SECRET//NOFORN', reason: 'what came in is higher' })).marking.banner).toBe('SECRET//NOFORN');
  expect((await marks()).marking.banner).toBe('SECRET//NOFORN');
  await expect(engine.call('cases.mark', { case: caseId, marking: 'TOP SECRET', reason: 'x' })).rejects.toMatchObject({ wire: { code: 'policy.above-system-high' } });
  await expect(engine.call('markings.mark-document', { case: caseId, document, marking: 'SECRETT', reason: 'x' })).rejects.toMatchObject({ wire: { code: 'policy.bad-marking', data: { at: 0 } } });

  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint: null });
  expect(turn.answer?.marking.banner).toBe('SECRET//NOFORN');
  await engine.call('markings.mark-answer', { case: caseId, turn: turn.turn, marking: 'CONFIDENTIAL//NOFORN', reason: 'only the lamp' });
  const { conversations: [info] } = await engine.call('chat.conversations', { case: caseId });
  expect(info?.marking.banner).toBe('SECRET//NOFORN');
  expect((await engine.call('chat.turns', { case: caseId, conversation: info?.conversation ?? null as never })).turns[0]?.marking?.banner).toBe('CONFIDENTIAL//NOFORN');
});

test('the marking of a case survives the lock, from its own ops', async () => {
  const { engine, caseId, vaultFolder } = await scene('UNCLASSIFIED');
  await engine.call('cases.mark', { case: caseId, marking: 'CUI', reason: 'privacy' });
  await engine.close();
  const again = await import('../../support/engines.ts').then(({ unlockedEngine }) => unlockedEngine(vaultFolder));
  onTestFinished(() => again.close());
  expect((await again.call('cases.open', { case: caseId })).marking.banner).toBe('CUI');
});

test('an annotation is marked as its span until it has a marking of its own', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED');
  const { found } = await engine.call('markings.document', { case: caseId, document });
  const secret = found.find(({ marking }) => marking?.banner === 'SECRET//NOFORN');
  const added = await engine.call('annotations.add', { case: caseId, document, start: (secret?.start ?? 0) + 8, end: secret?.end ?? 1, label: 'claim' });
  expect(added).toMatchObject({ marking: { banner: 'SECRET//NOFORN' }, markingIsOwn: false });
  expect(await engine.call('annotations.change', { case: caseId, annotation: added.annotation, marking: { to: 'CONFIDENTIAL', reason: 'only the day' } })).toMatchObject({ marking: { banner: 'CONFIDENTIAL' }, markingIsOwn: true });
  expect(await engine.call('annotations.change', { case: caseId, annotation: added.annotation, marking: { to: null, reason: 'as the author marked it' } })).toMatchObject({ marking: { banner: 'SECRET//NOFORN' }, markingIsOwn: false });
});

test('a mark in the text that nobody has looked at keeps its passage from an endpoint below it, and the rest may go', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED', { 'report.txt': report, 'other.txt': 'The pier lamp is repaired every spring by the lamp keeper.' });
  const { endpoint, server } = await withServer(engine, 'UNCLASSIFIED');
  const refusal = await refusalOf(engine.call('chat.ask', { case: caseId, ...asking, endpoint }));
  expect(refusal).toMatchObject({ rule: 'Up to UNCLASSIFIED may receive up to UNCLASSIFIED', portion: { document, marking: 'SECRET//NOFORN', portionMark: '(S//NF)', isWaiting: true }, refused: 1 });
  expect(refusal.allowed.map(({ kind }) => kind)).toEqual(['leave-out', 'settle-marks', 'reader']);
  expect(server.requests).toHaveLength(0);
  const way = refusal.allowed.find((one) => one.kind === 'leave-out');
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint, leaveOut: way?.kind === 'leave-out' ? way.passages : [] });
  expect(turn.answer?.state).toBe('answered');
  expect(JSON.stringify(server.requests)).not.toContain('harbour watch');
  // Dismissed by a person, it no longer stands in the way.
  const { found } = await engine.call('markings.document', { case: caseId, document });
  await engine.call('markings.mark-passages', { case: caseId, document, passages: found.map(({ start, end }) => ({ start, end, marking: null })), reason: 'a sample of marks, not marks' });
  await engine.call('chat.ask', { case: caseId, ...asking, endpoint });
  expect(JSON.stringify(server.requests)).toContain('harbour watch');
});

test('from a secret case nothing goes to a lower endpoint, until passages and question carry lower markings that a person set', async () => {
  const { engine, caseId, document } = await scene('SECRET//NOFORN', { 'report.txt': '(U) The pier lamp burned all night.' });
  const { endpoint, server } = await withServer(engine, 'UNCLASSIFIED');
  await withServer(engine, 'SECRET//NOFORN');
  const first = await refusalOf(engine.call('chat.ask', { case: caseId, ...asking, endpoint }));
  expect(first).toMatchObject({ portion: { document, portionMark: '(S//NF)', isWaiting: false }, portions: 2, refused: 2 });
  expect(first.allowed.map(({ kind }) => kind)).toEqual(['mark-question', 'endpoint', 'reader']);
  const { found } = await engine.call('markings.document', { case: caseId, document });
  await engine.call('markings.mark-passages', { case: caseId, document, passages: found.map(({ start, end, marking }) => ({ start, end, marking: marking?.marking ?? null })), reason: 'portion mark' });
  expect(await refusalOf(engine.call('chat.ask', { case: caseId, ...asking, endpoint }))).toMatchObject({ portion: { document: null, label: 'your question' }, refused: 1 });
  expect(server.requests).toHaveLength(0);
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint, questionMarking: 'U' });
  expect(turn.answer).toMatchObject({ state: 'answered', marking: { banner: 'UNCLASSIFIED' } });
  expect(server.requests).toHaveLength(1);
});

test('what is shown before a send is what leaves, word for word, and anything else is not sent', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const { endpoint, server } = await withServer(engine, 'UNCLASSIFIED');
  const preview = await engine.call('chat.preview', { case: caseId, ...asking, endpoint });
  expect(preview).toMatchObject({ refusal: null, rollUp: { banner: 'UNCLASSIFIED' }, isOutside: false, portions: [{ document }, { label: 'your question' }] });
  const { turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint, approved: preview.digest });
  const sent = JSON.parse(server.requests[0]?.body ?? '{}') as { messages: { role: string; content: string }[] };
  expect(sent.messages.map(({ role, content }) => ({ role, text: content }))).toEqual(preview.messages);
  expect(await engine.call('chat.sending', { case: caseId, turn: turn.turn })).toMatchObject({ sending: { digest: preview.digest, messages: preview.messages, model: 'm', promptVersion: 3, rollUp: { banner: 'UNCLASSIFIED' } } });
  await expect(engine.call('chat.ask', { case: caseId, ...asking, question: 'Who lit the pier lamp?', endpoint, approved: preview.digest })).rejects.toMatchObject({ wire: { code: 'policy.not-as-shown' } });
  expect(server.requests).toHaveLength(1);
});

test('a preview of what may not go says so, sends nothing and keeps nothing', async () => {
  const { engine, caseId } = await scene('SECRET//NOFORN');
  const { endpoint, server } = await withServer(engine, 'UNCLASSIFIED');
  const preview = await engine.call('chat.preview', { case: caseId, ...asking, endpoint });
  expect(preview.refusal).toMatchObject({ record: null, rule: 'Up to UNCLASSIFIED may receive up to UNCLASSIFIED' });
  expect(server.requests).toHaveLength(0);
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toEqual([]);
});

test('an endpoint that may receive no passages is sent none', async () => {
  const { engine, caseId } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const { endpoint, server } = await withServer(engine, 'UNCLASSIFIED', { dataKinds: ['questions'] });
  expect(await refusalOf(engine.call('chat.ask', { case: caseId, ...asking, endpoint }))).toMatchObject({ rule: 'Up to UNCLASSIFIED may not receive passages of documents', refused: 1 });
  expect(server.requests).toHaveLength(0);
});

test('every send and every refusal is in the audit trail, without a word of content', async () => {
  const { engine, caseId } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const { endpoint } = await withServer(engine, 'UNCLASSIFIED', { dataKinds: ['questions'] });
  const { endpoint: open } = await withServer(engine, 'CUI');
  const refusal = await refusalOf(engine.call('chat.ask', { case: caseId, ...asking, endpoint }));
  await engine.call('chat.ask', { case: caseId, ...asking, endpoint: open });
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 50 });
  const guarded = records.filter(({ action }) => action === 'model.cleared');
  expect(guarded).toMatchObject([{ outcome: 'done', objects: expect.arrayContaining([open]) as unknown, detail: { ceiling: 'CUI', rule: null } }, { outcome: 'refused', record: refusal.record, detail: { rule: 'data-kind', refused: 1 } }]);
  expect(JSON.stringify(records)).not.toMatch(/pier|lamp/);
  const { records: ofVault } = await engine.call('audit.list', { case: null, offset: 0, limit: 50 });
  expect(ofVault.filter(({ action }) => action === 'endpoint.requested')).toMatchObject([{ outcome: 'done', objects: [open], marking: 'UNCLASSIFIED', detail: { method: 'POST', path: '/v1/chat/completions', status: 200, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } }]);
  expect(JSON.stringify(ofVault)).not.toMatch(/pier|lamp/);
});

test('an export says what people marked, and carries the roll-up of all of it', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED');
  const { found } = await engine.call('markings.document', { case: caseId, document });
  await engine.call('markings.mark-passages', { case: caseId, document, passages: found.map(({ start, end, marking }) => ({ start, end, marking: marking?.marking ?? null })), reason: 'portion mark' });
  await engine.call('markings.mark-document', { case: caseId, document, marking: 'CONFIDENTIAL', reason: 'whole' });
  const folder = join(tempFolder(), 'out');
  await engine.call('cases.export', { case: caseId, folder });
  const lines = readFileSync(join(folder, 'markings.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { marking: string; reason: string });
  expect(lines).toMatchObject([{ marking: 'CONFIDENTIAL', reason: 'whole' }, { marking: 'UNCLASSIFIED', reason: 'portion mark' }, { marking: 'SECRET//NOFORN' }]);
  expect(readFileSync(join(folder, 'README.txt'), 'utf8').split('\n')[0]).toBe('SECRET//NOFORN');
});

test('of passages that overlap, one speaks for another only where it lies within it', async () => {
  const { engine, caseId, document } = await scene('SECRET//NOFORN', { 'report.txt': 'The pier lamp was moved.' });
  const spans = [{ start: 0, end: 10, marking: 'S//NF' }, { start: 5, end: 12, marking: 'U' }, { start: 12, end: 24, marking: 'S//NF' }, { start: 14, end: 17, marking: 'U' }];
  await engine.call('markings.mark-passages', { case: caseId, document, passages: spans, reason: 'test' });
  const markingAt = async (start: number, end: number): Promise<string> => (await engine.call('annotations.add', { case: caseId, document, start, end, label: 'claim', note: '' })).marking.banner;
  expect(await markingAt(5, 10)).toBe('SECRET//NOFORN');
  expect(await markingAt(10, 12)).toBe('UNCLASSIFIED');
  expect(await markingAt(14, 17)).toBe('UNCLASSIFIED');
  expect(await markingAt(14, 18)).toBe('SECRET//NOFORN');
});

test('what is handed on is marked as everything in it', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const bannerOf = async (): Promise<string> => {
    const folder = join(tempFolder(), 'out');
    await engine.call('cases.export', { case: caseId, folder });
    return readFileSync(join(folder, 'README.txt'), 'utf8').split('\n')[0] ?? '';
  };
  expect(await bannerOf()).toContain('UNCLASSIFIED');
  const { annotation } = await engine.call('annotations.add', { case: caseId, document, start: 0, end: 8, label: 'claim', note: 'watched' });
  await engine.call('annotations.change', { case: caseId, annotation, marking: { to: 'C//NF', reason: 'the note' } });
  expect(await bannerOf()).toContain('CONFIDENTIAL//NOFORN');
  const { endpoint } = await withServer(engine, 'SECRET//NOFORN');
  const { conversation, turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint, questionMarking: 'S//NF' });
  await engine.call('markings.mark-answer', { case: caseId, turn: turn.turn, marking: 'U', reason: 'test' });
  expect(await bannerOf()).toContain('SECRET//NOFORN');
  const folder = tempFolder();
  const { files } = await engine.call('chat.export', { case: caseId, conversation, folder });
  for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^(?:SECRET\/\/NOFORN|\{[^}]*"marking": "SECRET\/\/NOFORN")/);
});

test('a mark in a text that nobody has looked at marks what is handed on', async () => {
  const { engine, caseId } = await scene('UNCLASSIFIED');
  const folder = join(tempFolder(), 'out');
  await engine.call('cases.export', { case: caseId, folder });
  expect(readFileSync(join(folder, 'README.txt'), 'utf8').split('\n')[0]).toContain('SECRET//NOFORN');
});

test.each(['', '<think>The lamp</think>', ' \n'])('an answer that ends in good order and says nothing (“%s”) is no answer', async (said) => {
  const { engine, caseId } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const server = await startModelServer(streams(frames(textFrame(said), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Silent', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling: 'UNCLASSIFIED' });
  expect((await engine.call('chat.ask', { case: caseId, ...asking, endpoint, questionMarking: 'U' })).turn.answer).toMatchObject({ state: 'error', sentences: [], fault: 'Silent ended its answer without a word.' });
});

test('a key that is kept is given again before a new host, proxy or trust may see it', async () => {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const profile = { name: 'Quay', dialect: 'openai-chat', baseUrl: 'https://models.example/v1', model: 'm', ceiling: 'UNCLASSIFIED' } as const;
  const { endpoint } = await engine.call('endpoints.add', { ...profile, auth: { kind: 'bearer', key: 'quay-key-1' } });
  for (const change of [{ baseUrl: 'https://other.example/v1' }, { proxy: 'http://proxy.example:3128' }, { ca: issue({ name: 'Root', isAuthority: true }).certificate }]) {
    await expect(engine.call('endpoints.change', { endpoint, profile: { ...profile, ...change } })).rejects.toMatchObject({ wire: { code: 'endpoint.bad-profile', data: { field: 'auth' } } });
  }
  await engine.call('endpoints.change', { endpoint, profile: { ...profile, model: 'n' } });
  await engine.call('endpoints.change', { endpoint, profile: { ...profile, proxy: 'http://proxy.example:3128', auth: { kind: 'bearer', key: 'quay-key-1' } } });
});

test('the list of conversations, the open one and the roll-up of a mark count what an answer rests on as it is marked today', async () => {
  const { engine, caseId, document } = await scene('UNCLASSIFIED', { 'report.txt': 'The pier lamp burned all night.' });
  const { conversation, turn } = await engine.call('chat.ask', { case: caseId, ...asking, endpoint: null });
  const listed = async (): Promise<string | undefined> => (await engine.call('chat.conversations', { case: caseId })).conversations[0]?.marking.banner;
  const open = async () => engine.call('chat.turns', { case: caseId, conversation });
  expect([await listed(), (await open()).info.marking.banner]).toEqual(['UNCLASSIFIED', 'UNCLASSIFIED']);
  await engine.call('markings.mark-document', { case: caseId, document, marking: 'SECRET//NOFORN', reason: 'raised since' });
  expect([await listed(), (await open()).info.marking.banner]).toEqual(['SECRET//NOFORN', 'SECRET//NOFORN']);
  expect((await engine.call('chat.rename', { case: caseId, conversation, title: 'Lamps' })).marking.banner).toBe('SECRET//NOFORN');

  // A person who saw it at SECRET marks it lower: that stands, until something is raised above what the person saw.
  expect((await engine.call('markings.mark-answer', { case: caseId, turn: turn.turn, marking: 'CONFIDENTIAL', reason: 'only the lamp' })).banner).toBe('CONFIDENTIAL');
  expect((await open()).turns[0]?.marking?.banner).toBe('CONFIDENTIAL');
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 200 });
  expect(records.find(({ action }) => action === 'turn.marked')?.detail).toMatchObject({ rollUp: 'SECRET//NOFORN', after: 'CONFIDENTIAL' });
  expect(await listed()).toBe('SECRET//NOFORN'); // the quotes are in it
  await engine.call('markings.mark-document', { case: caseId, document, marking: 'TOP SECRET', reason: 'raised again' });
  expect((await open()).turns[0]?.marking?.banner).toBe('TOP SECRET');
  await engine.call('ops.undo', { case: caseId });
  expect((await open()).turns[0]?.marking?.banner).toBe('CONFIDENTIAL');
  expect((await engine.call('markings.mark-answer', { case: caseId, turn: turn.turn, marking: null, reason: 'as it rolls up' })).banner).toBe('SECRET//NOFORN');
  await expect(engine.call('markings.mark-answer', { case: caseId, turn: 'f'.repeat(32), marking: 'U', reason: 'x' })).rejects.toMatchObject({ wire: { code: 'case.unknown-turn' } });
});
