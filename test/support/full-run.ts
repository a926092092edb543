/** A process that does with a vault everything that can be done with one, once. */
import { once } from 'node:events';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { addBulkDocuments } from './bulk-case.ts';
import { addCase, CallFailed, createdEngine, ingested, secretNoforn, type TestEngine } from './engines.ts';
import type { FromFullRun, FullRunOrder } from './full-run-messages.ts';
import { sortAllTexts } from './sort-texts.ts';

const order = JSON.parse(process.argv[2] ?? '') as FullRunOrder;
const tell = (message: FromFullRun): void => { process.send?.(message); };

async function workOn(engine: TestEngine, caseId: CaseId): Promise<{ documents: number; citations: number }> {
  await ingested(engine, caseId, [order.dump]);
  const { set, total } = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query: order.question.split(' ')[0] ?? '' } });
  await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: 50, scores: true });
  await engine.call('search.suggestions', { case: caseId, query: order.question });
  const queue = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any', order: 'oldest' } });
  const { rows } = await engine.call('sets.rows', { case: caseId, set: queue.set, offset: 0, limit: 200 });
  for (const { document, state } of rows) {
    await engine.call('documents.get', { case: caseId, document });
    await engine.call('coding.set', { case: caseId, document, verdict: 'relevant' });
    if (state !== 'text') continue;
    await engine.call('notes.set', { case: caseId, document, text: order.note });
    await engine.call('annotations.add', { case: caseId, document, start: 0, end: 12, label: 'claim', note: order.annotation });
    await engine.call('documents.bytes', { case: caseId, document, from: 0, length: 1000 });
    await engine.call('search.highlights', { case: caseId, document, query: order.question.split(' ')[0] ?? '' });
  }
  await engine.call('ops.undo', { case: caseId });
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: order.question, endpoint: null });
  await engine.call('annotations.export', { case: caseId });
  await engine.call('coding.export', { case: caseId });
  if (order.exportFolder !== null) await engine.call('cases.export', { case: caseId, folder: order.exportFolder });
  if (total === 0) throw new Error('the search found nothing');
  return { documents: queue.total, citations: turn.answer?.citations.length ?? 0 };
}

/** Asks the endpoint: once where it may be asked, once where it may not. */
async function askModel(engine: TestEngine, caseId: CaseId, { baseUrl, questionAbove }: NonNullable<FullRunOrder['endpoint']>): Promise<{ modelAnswer: string; refusedWith: string }> {
  const { endpoint } = await engine.call('endpoints.add', { name: 'Desk model', dialect: 'openai-chat', baseUrl, model: 'small', ceiling: 'UNCLASSIFIED', auth: { kind: 'none' } });
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: order.question, endpoint });
  const above = await addCase(engine, `${order.caseName} above`, secretNoforn);
  await ingested(engine, above, [order.dump]);
  const refusedWith = await engine.call('chat.ask', { case: above, conversation: null, question: questionAbove, endpoint }).then(
    () => 'nothing',
    (error: unknown) => { if (error instanceof CallFailed) return error.wire.code; throw error; },
  );
  return { modelAnswer: turn.answer?.sentences.map(({ text }) => text).join(' ') ?? '', refusedWith };
}

async function run(): Promise<void> {
  const engine = await createdEngine(order.vaultFolder, { passphrase: order.passphrase });
  const caseId = await addCase(engine, order.caseName);
  const worked = await workOn(engine, caseId);
  const asked = order.endpoint === null ? { modelAnswer: null, refusedWith: null } : await askModel(engine, caseId, order.endpoint);
  await engine.call('vault.verify', {});
  tell({ t: 'open', ...worked, ...asked });
  await once(process, 'message');
  await engine.close();
  let spilled: string[] = [];
  if (order.sortRows > 0) {
    await addBulkDocuments(order.vaultFolder, caseId, order.sortRows, (index) => `${order.note} ${index} ${'of the quay '.repeat(40)}`, { passphrase: order.passphrase });
    spilled = await sortAllTexts(order.vaultFolder, caseId, order.passphrase, order.note);
  }
  const attempts = process.execArgv.includes('--import') ? (await import('./socket-hook.ts')).attempts() : [];
  tell({ t: 'closed', attempts, spilled });
  process.disconnect();
}

run().catch((error: unknown) => {
  tell({ t: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.disconnect();
});
