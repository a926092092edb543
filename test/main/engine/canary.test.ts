/** Texts above a ceiling, through every path that leaves the engine: none arrives at a server that listens. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { clear, dominates, joinMarkings, toMarking, type Portion } from '../../../main/policy/index.ts';
import { addCase, CallFailed, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { anyMarking } from '../../support/markings.ts';
import { finishFrame, frames, startModelServer, streams, textFrame, type ModelServer } from '../../support/model-servers/model-server.ts';
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

async function endpointOf({ engine, server }: Scene, ceiling: string): Promise<EndpointId> {
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

test('texts for vectors pass the same guard: a portion above the ceiling clears nothing', () => {
  const portion = fc.record({ document: fc.constant(null), label: fc.string(), kind: fc.constant('passages' as const), marking: anyMarking });
  fc.assert(fc.property(fc.array(portion, { minLength: 1 }), anyMarking, (portions: Portion[], ceiling) => {
    const all = portions.map(({ marking }) => marking ?? toMarking('UNCLASSIFIED'));
    const outcome = clear({ payload: { texts: portions.map(({ label }) => label) }, portions, systemHigh: toMarking('UNCLASSIFIED') }, { name: 'Vectors', ceiling, dataKinds: ['passages'] });
    expect(outcome.kind === 'cleared').toBe(dominates(ceiling, all.reduce((sum, one) => joinMarkings(sum, one), all[0] ?? toMarking('UNCLASSIFIED'))));
  }));
});
