/** Texts above a ceiling, through every path that leaves the engine: none arrives at a server that listens. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { clear, dominates, toMarking, type Portion } from '../../../main/policy/index.ts';
import { addCase, CallFailed, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { anyMarking } from '../../support/markings.ts';
import { endpointAt, testNetwork } from '../../support/model-servers/asking.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type ModelServer } from '../../support/model-servers/model-server.ts';
import { tempFolder } from '../../support/vaults.ts';

const words = (index: number): string => `lampcanary${index}`;
const question = 'Where is the pier lamp kept?';

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly documents: readonly DocumentId[];
  readonly server: ModelServer;
}

async function scene(marking: string, texts: readonly string[]): Promise<Scene> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour', toMarking(marking));
  const folder = tempFolder();
  for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${index}.txt`), text);
  await ingested(engine, caseId, [folder]);
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  const server = await startModelServer(streams(frames(textFrame('It is kept dry [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  return { engine, caseId, server, documents: texts.map((_, index) => lines.find(({ path }) => path.endsWith(`${index}.txt`))?.id ?? ('' as DocumentId)) };
}

async function endpointOf({ engine, server }: Pick<Scene, 'engine' | 'server'>, ceiling: string): Promise<EndpointId> {
  return (await engine.call('endpoints.add', { name: `Up to ${ceiling}`, dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling })).endpoint;
}

/** What a call answered, or the error it failed with, as text. */
async function said(work: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await work);
  } catch (error) {
    if (error instanceof CallFailed) return JSON.stringify(error.wire);
    throw error;
  }
}

test('whatever a person asks of an endpoint below a case, none of its texts and questions arrives there, nor stands in an error or a record', async () => {
  const above = await scene('SECRET//NOFORN', [`The pier lamp ${words(0)} is kept dry.`, `(U) The pier lamp ${words(1)} is kept in the shed.`, `(S//NF) The pier lamp ${words(2)} is watched.`]);
  const { engine, caseId, server, documents } = above;
  const endpoint = await endpointOf(above, 'UNCLASSIFIED');
  const asked = { case: caseId, conversation: null, endpoint };
  const wishes = [{}, { replacePersonalData: false }, { replacePersonalData: true }, { questionMarking: 'U' }, { questionMarking: 'TS//SI//NF' }, { leaveOut: [] }, { approved: '0'.repeat(64) }];
  const told: string[] = [];
  for (const wish of wishes) told.push(await said(engine.call('chat.ask', { ...asked, question: `${question} ${words(9)}`, ...wish })));
  for (const more of documents) await engine.call('markings.mark-document', { case: caseId, document: more, marking: 'SECRET//NOFORN', reason: 'as its case' });
  told.push(await said(engine.call('chat.ask', { ...asked, question, questionMarking: 'U' })));
  await said(engine.call('endpoints.test', { endpoint }));
  expect(told.every((text) => text.includes('policy.refused'))).toBe(true);
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 500 });
  for (const text of [JSON.stringify(server.requests), ...told, JSON.stringify(records)]) expect(text).not.toMatch(/lampcanary/);
  expect(records.filter(({ action, outcome }) => action === 'model.cleared' && outcome === 'refused')).toHaveLength(wishes.length + 1);
});

test('through any markings of documents and passages, exactly those passages arrive that the ceiling may hold', async () => {
  const texts = [0, 1, 2, 3].map((index) => `The pier lamp ${words(index)} is kept dry in shed ${index}.`);
  const place = await scene('UNCLASSIFIED', texts);
  const { engine, caseId, documents, server } = place;
  await fc.assert(fc.asyncProperty(fc.array(anyMarking, { minLength: 4, maxLength: 4 }), anyMarking, anyMarking, async (markings, ceiling, own) => {
    for (const [index, document] of documents.entries()) {
      if (index % 2 === 0) await engine.call('markings.mark-document', { case: caseId, document, marking: markings[index] ?? null, reason: 'test' });
      else await engine.call('markings.mark-passages', { case: caseId, document, passages: [{ start: 0, end: texts[index]?.length ?? 1, marking: markings[index] ?? null }], reason: 'test' });
    }
    const endpoint = await endpointOf(place, ceiling);
    const before = server.requests.length;
    const preview = await engine.call('chat.preview', { case: caseId, conversation: null, question, endpoint, questionMarking: own });
    const way = preview.refusal?.allowed.find((one) => one.kind === 'leave-out');
    await said(engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, questionMarking: own, leaveOut: way?.kind === 'leave-out' ? way.passages : [] }));
    const sent = JSON.stringify(server.requests.slice(before));
    const may = markings.map((marking) => dominates(ceiling, marking));
    const isQuestionFree = dominates(ceiling, own);
    for (const [index, isFree] of may.entries()) expect(sent.includes(words(index)), `${ceiling} / ${markings[index]}`).toBe(isQuestionFree && isFree);
    await engine.call('endpoints.remove', { endpoint });
  }), { numRuns: 40 });
});

/** What each ceiling may hold, by the register and not by our own comparison. */
const mayHold: Readonly<Record<string, readonly string[]>> = {
  UNCLASSIFIED: ['UNCLASSIFIED'],
  'SECRET//NOFORN': ['UNCLASSIFIED', 'CONFIDENTIAL//NOFORN', 'SECRET//NOFORN', 'SECRET//REL TO USA, FVEY'],
  'SECRET//REL TO USA, FVEY': ['UNCLASSIFIED', 'SECRET//REL TO USA, FVEY'],
  'SECRET//RD//NOFORN': ['UNCLASSIFIED', 'CONFIDENTIAL//NOFORN', 'SECRET//NOFORN', 'SECRET//REL TO USA, FVEY', 'SECRET//RD//NOFORN'],
};
const samples = ['UNCLASSIFIED', 'CONFIDENTIAL//NOFORN', 'SECRET//NOFORN', 'SECRET//REL TO USA, FVEY', 'SECRET//RD//NOFORN', 'SECRET//FRD-SIGMA 14//NOFORN', 'TOP SECRET//SI//NOFORN', 'SECRET//ORCON/NOFORN'];

test('texts for vectors reach a server only where every one of them may', async () => {
  const server = await startModelServer(answers(200, { data: [{ embedding: [1], index: 0 }, { embedding: [1], index: 1 }] }));
  const { network } = testNetwork();
  onTestFinished(async () => {
    await network.close();
    await server.close();
  });
  for (const [ceiling, holds] of Object.entries(mayHold)) {
    const row = endpointAt(server.baseUrl, { name: ceiling });
    for (const [index, sample] of samples.entries()) {
      const portions: Portion[] = ['UNCLASSIFIED', sample].map((one) => ({ document: null, label: 'a text', kind: 'passages', marking: toMarking(one) }));
      const outcome = clear({ payload: { texts: ['plain', words(index)] }, portions, systemHigh: toMarking('UNCLASSIFIED') }, { name: ceiling, ceiling: toMarking(ceiling), dataKinds: ['passages'] });
      const before = server.requests.length;
      if (outcome.kind === 'cleared') await network.clientFor(row).embed(outcome.cleared, new AbortController().signal);
      expect(JSON.stringify(server.requests.slice(before)).includes(words(index)), `${ceiling} < ${sample}`).toBe(holds.includes(sample));
    }
  }
});

/** Every document of the case by the end of its path. */
async function documentsOf({ engine, caseId }: Pick<Scene, 'engine' | 'caseId'>): Promise<(end: string) => DocumentId> {
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  return (end) => lines.find(({ path }) => path.endsWith(end))?.id ?? ('' as DocumentId);
}

async function sceneOf(marking: string, files: Readonly<Record<string, string>>): Promise<Omit<Scene, 'documents'> & { readonly of: (end: string) => DocumentId }> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour', toMarking(marking));
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await ingested(engine, caseId, [folder]);
  const server = await startModelServer(streams(frames(textFrame('It is kept dry [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  return { engine, caseId, server, of: await documentsOf({ engine, caseId }) };
}

test('a title goes only where its document may, whatever the passage is marked', async () => {
  const place = await sceneOf('SECRET//NOFORN', { 'mail.eml': `Subject: ${words(1)} begins Tuesday\nFrom: a@example.org\nTo: b@example.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\nThe pier lamp is kept dry.\n` });
  const { engine, caseId, server } = place;
  const document = place.of('mail.eml');
  await engine.call('markings.mark-passages', { case: caseId, document, passages: [{ start: 0, end: 'The pier lamp is kept dry.'.length, marking: 'U' }], reason: 'harmless' });
  const ask = async (ceiling: string): Promise<string> => said(engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint: await endpointOf(place, ceiling), questionMarking: 'U' }));
  expect(await ask('UNCLASSIFIED')).toContain('"state":"answered"');
  expect(JSON.stringify(server.requests)).toContain('The pier lamp is kept dry.');
  expect(JSON.stringify(server.requests)).not.toContain(words(1));
  const answer = await ask('SECRET//NOFORN');
  expect(JSON.stringify(server.requests)).toContain(words(1));
  expect(answer).toContain('"banner":"SECRET//NOFORN"');
});

test('a mark in a title raises it', async () => {
  const place = await sceneOf('UNCLASSIFIED', { 'mail.eml': `Subject: Re: (S//NF) ${words(1)}\nFrom: a@example.org\nTo: b@example.org\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\nThe pier lamp is kept dry.\n` });
  await said(place.engine.call('chat.ask', { case: place.caseId, conversation: null, question, endpoint: await endpointOf(place, 'UNCLASSIFIED'), questionMarking: 'U' }));
  expect(JSON.stringify(place.server.requests)).not.toContain(words(1));
});

test.each(['(TS//SI-G//NF) ', '(S//XYZ//NF) ', 'SECRET//NOFORN//XYZ\n', 'Classification: SECRET//NOFORN\n', '(S/NF) ', '(SECRET/NOFORN) ', '(s//nf) ', '[S//NF] ', '(S) ', 'Of the lamp: (S//NF) '])('text behind the mark “%s” does not leave for an endpoint below it', async (mark) => {
  const place = await sceneOf('UNCLASSIFIED', { 'a.txt': `${mark}The pier lamp ${words(1)} is kept dry.` });
  const told = await said(place.engine.call('chat.ask', { case: place.caseId, conversation: null, question, endpoint: await endpointOf(place, 'UNCLASSIFIED'), questionMarking: 'U' }));
  expect(told).toContain('policy.refused');
  expect(place.server.requests).toEqual([]);
});

test('what is marked counts for the same bytes elsewhere, and a message’s marking for its unmarked attachment', async () => {
  const boundary = 'lamp-boundary';
  const mail = ['Subject: papers', 'From: a@example.org', 'To: b@example.org', 'Date: Mon, 2 Mar 2026 10:00:00 +0000', 'Message-ID: <1@example.org>', 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '', `--${boundary}`, 'Content-Type: text/plain', '', 'See the paper.', `--${boundary}`, 'Content-Type: text/plain; name="paper.txt"', 'Content-Disposition: attachment; filename="paper.txt"', '', `The pier lamp ${words(2)} is kept dry.`, `--${boundary}--`, ''].join('\r\n');
  const place = await sceneOf('UNCLASSIFIED', { 'a.txt': `The pier lamp ${words(1)} is kept dry.`, 'b.txt': `The pier lamp ${words(1)} is kept dry.`, 'm.eml': mail });
  const { engine, caseId, server } = place;
  for (const marked of ['b.txt', 'm.eml']) await engine.call('markings.mark-document', { case: caseId, document: place.of(marked), marking: 'SECRET//NOFORN', reason: 'as written' });
  const { set, total } = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any' } });
  const { rows } = await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: total });
  expect(rows.map(({ marking }) => marking)).toEqual(rows.map(() => 'SECRET//NOFORN'));
  const endpoint = await endpointOf(place, 'UNCLASSIFIED');
  for (const more of [words(1), words(2)]) expect(await said(engine.call('chat.ask', { case: caseId, conversation: null, question: `Where is the pier lamp ${more.slice(0, 4)} kept?`, endpoint, questionMarking: 'U' }))).toContain('policy.refused');
  expect(server.requests).toEqual([]);
});

test('a ceiling that is lowered while a case is read holds for the question that is read for; an endpoint taken out gets nothing', async () => {
  const place = await sceneOf('SECRET//NOFORN', { 'a.txt': `The pier lamp ${words(1)} is kept dry.`, ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`b${index}.txt`, `Line ${index} about boats and lamps on the pier. `.repeat(200)])) });
  const { engine, caseId, server } = place;
  for (const act of ['lower', 'remove'] as const) {
    const endpoint = await endpointOf(place, 'SECRET//NOFORN');
    const listed = (await engine.call('endpoints.list', {})).endpoints.find((one) => one.endpoint === endpoint);
    const acted: Promise<unknown>[] = [];
    const told = await said(engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint }, () => {
      if (acted.length === 0) acted.push(act === 'remove' ? engine.call('endpoints.remove', { endpoint }) : engine.call('endpoints.change', { endpoint, profile: { name: listed?.name ?? '', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling: 'UNCLASSIFIED' } }));
    }));
    expect(acted).toHaveLength(1);
    await acted[0];
    expect(told).toContain(act === 'remove' ? 'endpoint.unknown' : 'policy.refused');
    if (act === 'lower') await engine.call('endpoints.remove', { endpoint });
  }
  expect(server.requests).toEqual([]);
});

test('a first pass and a batch file hold no word of a document above the endpoint, nor does an error, a result or a record', async () => {
  const place = await scene('SECRET//NOFORN', [`The pier lamp ${words(0)} is kept dry.`, `(U) The pier lamp ${words(1)} is kept in the shed.`, `(S//NF) The pier lamp ${words(2)} is watched.`]);
  const { engine, caseId, server, documents } = place;
  const endpoint = await endpointOf(place, 'UNCLASSIFIED');
  const order = { case: caseId, kind: 'first-pass', parameters: { instruction: `What is said of ${words(9)}` }, endpoint, scope: { kind: 'case' as const } };
  const told: string[] = [];
  for (const parametersMarking of [null, 'U']) {
    told.push(await said(engine.call('bulk.preview', { ...order, parametersMarking })));
    const { run } = await engine.call('bulk.start', { ...order, parametersMarking });
    const ended = await engine.call('bulk.watch', { case: caseId, run });
    expect(ended.counts).toMatchObject({ held: 3, done: 0 });
    const { run: batch } = await engine.call('bulk.start', { ...order, parametersMarking, isForBatch: true });
    await engine.call('bulk.watch', { case: caseId, run: batch });
    const folder = tempFolder();
    const { batches, held } = await engine.call('bulk.export', { case: caseId, run: batch, format: 'openai', folder });
    expect([batches.length, held]).toEqual([0, 3]);
    expect(readdirSync(folder)).toEqual([]);
    told.push(JSON.stringify(ended.reasons));
  }
  expect(server.requests).toHaveLength(0);
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 500 });
  for (const text of [...told, JSON.stringify(records)]) expect(text).not.toMatch(/lampcanary/);
  // One of them may go: it goes, and no other.
  await engine.call('markings.mark-document', { case: caseId, document: documents[0] ?? '', marking: 'UNCLASSIFIED', reason: 'looked at' });
  const { run } = await engine.call('bulk.start', { ...order, parametersMarking: 'U' });
  await engine.call('bulk.watch', { case: caseId, run });
  const sent = JSON.stringify(server.requests);
  expect([words(0), words(1), words(2)].map((word) => sent.includes(word))).toEqual([true, false, false]);
});

test('what was said before goes on only where its sources may go today, whoever answered and however many turns ago', async () => {
  const place = await sceneOf('SECRET//NOFORN', { 'a.txt': `The pier lamp ${words(1)} is kept dry.`, 'b.txt': 'The crane by the mole is painted green.' });
  const { engine, caseId, server } = place;
  const mark = async (end: string, marking: string): Promise<unknown> => engine.call('markings.mark-document', { case: caseId, document: place.of(end), marking, reason: 'as written' });
  await mark('a.txt', 'U');
  await mark('b.txt', 'U');
  const endpoint = await endpointOf(place, 'UNCLASSIFIED');
  const b = { kind: 'documents' as const, documents: [place.of('b.txt')] };
  const next = { question: 'What colour is the crane by the mole?', questionMarking: 'U', scope: b, endpoint };
  const read = await engine.call('chat.ask', { case: caseId, conversation: null, question, questionMarking: 'U', endpoint: null });
  const written = await engine.call('chat.ask', { case: caseId, conversation: null, question, questionMarking: 'U', endpoint });
  const onward = await engine.call('chat.ask', { case: caseId, conversation: written.conversation, ...next });
  const counted = await engine.call('chat.ask', { case: caseId, conversation: null, question: `How many documents mention ${words(1)}?`, questionMarking: 'U', endpoint: null, plan: { kind: 'query', wanted: 'count', of: 'documents', query: words(1) } });
  expect(JSON.stringify(server.requests)).toContain(words(1));
  // What a person made of it lowers nothing either.
  await engine.call('markings.mark-answer', { case: caseId, turn: read.turn.turn, marking: 'U', reason: 'harmless' });
  const followUps = async (): Promise<string> => {
    const before = server.requests.length;
    const told: string[] = [];
    for (const { conversation, turn } of [read, written, onward, counted]) {
      const asked = { case: caseId, conversation, after: turn.turn, ...next };
      told.push(await said(engine.call('chat.preview', asked)), await said(engine.call('chat.ask', asked)));
    }
    expect(told.join(' ')).not.toContain('policy.refused');
    return JSON.stringify([told.filter((_, index) => index % 2 === 0), server.requests.slice(before).map(({ body }) => body)]);
  };
  const free = await followUps();
  expect(free.split(words(1)).length).toBeGreaterThan(4);
  await mark('a.txt', 'SECRET//NOFORN');
  const held = await followUps();
  expect(held).not.toContain(words(1));
  expect(held).not.toContain('It is kept dry.');
  // Shown and handed on, each answer counts what it rests on as it is marked today, and a quote says so.
  for (const { conversation, turn: { turn } } of [read, written, onward, counted]) {
    const { turns } = await engine.call('chat.turns', { case: caseId, conversation });
    const shown = turns.find((one) => one.turn === turn);
    expect(shown?.answer?.marking.banner).toBe('SECRET//NOFORN');
    expect(shown?.marking?.banner ?? 'SECRET//NOFORN').toBe('SECRET//NOFORN');
    for (const { document, portion } of shown?.answer?.citations ?? []) expect(portion).toBe(document === place.of('a.txt') ? '(S//NF)' : '(U)');
  }
  await mark('a.txt', 'TOP SECRET//SI//NOFORN');
  for (const { conversation } of [read, written, counted]) {
    const { marking } = await engine.call('chat.export', { case: caseId, conversation, folder: tempFolder() });
    expect(marking).toBe('TOP SECRET//SI//NOFORN');
  }
});
