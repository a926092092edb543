import { expect, onTestFinished, test } from 'vitest';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import { lockedEngine, testPassphrase } from '../../support/engines.ts';
import { firstPassSays, type BulkReply } from '../../support/bulk-server.ts';
import { bulkScene, wordOf } from '../../support/bulk-scene.ts';

const none = '' as DocumentId;
const relevant = (): string => firstPassSays('relevant', 'is lit at eight');

/** Answers that wait until they are let go. */
function gate(): { readonly pass: () => Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { pass: () => promise, open: resolve };
}

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!await isSo()) await new Promise((resolve) => { setTimeout(resolve, 5); });
};

test('a first pass asks once about every document, and keeps proposals with quotes that open where they stand; nothing is coded', async () => {
  const scene = await bulkScene({ documents: 12, reply: (user) => (user.includes(wordOf(3)) ? firstPassSays('not-relevant', 'words that stand nowhere in it at all') : relevant()) });
  const { engine, caseId, server } = scene;
  const { run } = await scene.start();
  const done = await scene.ended(run);
  expect(done).toMatchObject({ state: 'done', counts: { total: 12, done: 12, failed: 0, held: 0, queued: 0, leased: 0, documents: 12 }, spent: { requests: 12, promptTokens: 1200, completionTokens: 240 } });
  expect(Object.values(server.asked())).toEqual(Array.from({ length: 12 }, () => 1));
  const results = await scene.results(run);
  expect(results[0]?.answer?.judged).toMatchObject({ proposal: 'relevant', entries: [{ support: null, quote: { check: 'verbatim', quote: 'is lit at eight' } }] });
  const text = `The pier lamp ${wordOf(0)} is lit at eight.`;
  expect(results[0]?.answer?.judged.entries[0]?.quote).toMatchObject({ start: text.indexOf('is lit'), end: text.indexOf('.') });
  expect(results[3]?.answer?.judged).toMatchObject({ proposal: 'not-relevant', entries: [{ support: 'unsupported', quote: { check: 'not-found' } }] });
  expect(results.every(({ verdict }) => verdict === null)).toBe(true);
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 500 });
  for (const [action, count] of [['bulk.started', 1], ['model.cleared', 12], ['bulk.answered', 12], ['bulk.done', 1]] as const) expect([action, records.filter((record) => record.action === action).length]).toEqual([action, count]);
  expect((await engine.call('vault.verify', {})).problems).toEqual([]);
  const [document] = scene.documents;
  expect(document === undefined ? null : (await engine.call('bulk.proposals', { case: caseId, document })).proposals).toMatchObject([{ answer: { judged: { proposal: 'relevant' } } }]);
});

test('what has an answer is not asked again, in the same run or in another that asks the same', async () => {
  const scene = await bulkScene({ documents: 5, reply: relevant });
  await scene.ended((await scene.start()).run);
  const again = await scene.ended((await scene.start()).run);
  expect(again).toMatchObject({ state: 'done', counts: { done: 5 }, spent: { requests: 0 } });
  expect(scene.server.requests).toHaveLength(5);
  const other = await scene.ended((await scene.start({ parameters: { instruction: 'Something else' } })).run);
  expect(other.spent.requests).toBe(5);
});

test('documents that may not go are held with the rule, and the rest goes on', async () => {
  const scene = await bulkScene({ documents: 4, ceiling: 'UNCLASSIFIED', reply: relevant });
  const { engine, caseId, documents } = scene;
  for (const at of [1, 2]) await engine.call('markings.mark-document', { case: caseId, document: documents[at] ?? none, marking: 'SECRET//NOFORN', reason: 'test' });
  const preview = await engine.call('bulk.preview', { case: caseId, kind: 'first-pass', parameters: { instruction: 'lamps' }, endpoint: scene.endpoint, scope: { kind: 'case' } });
  expect(preview).toMatchObject({ documents: 4, items: 4, held: [{ items: 2, rule: 'Harbour model may receive up to UNCLASSIFIED', firstDocument: documents[1] }], ceiling: { banner: 'UNCLASSIFIED' } });
  expect(scene.server.requests).toHaveLength(0);
  const done = await scene.ended((await scene.start()).run);
  expect(done).toMatchObject({ state: 'done', counts: { done: 2, held: 2 }, reasons: [{ state: 'held', items: 2, reason: { code: 'policy.refused', sentence: 'Harbour model may receive up to UNCLASSIFIED' } }] });
  expect(JSON.stringify(scene.server.requests)).not.toMatch(new RegExp(`${wordOf(1)}|${wordOf(2)}`));
  await engine.call('markings.mark-document', { case: caseId, document: documents[1] ?? none, marking: 'UNCLASSIFIED', reason: 'looked at' });
  const { run } = await engine.call('bulk.retry', { case: caseId, run: done.run });
  expect((await scene.ended(run)).counts).toMatchObject({ done: 3, held: 1 });
  expect(scene.server.requests).toHaveLength(3);
});

test('answers of another form are counted as failed, shown, and not asked again of themselves', async () => {
  const scene = await bulkScene({ documents: 4, reply: (user) => (user.includes(wordOf(1)) ? 'I think it is relevant.' : user.includes(wordOf(2)) ? '{"answer":"maybe","reason":"","quote":""}' : relevant()) });
  const done = await scene.ended((await scene.start()).run);
  expect(done).toMatchObject({ state: 'done', counts: { done: 2, failed: 2 }, reasons: [{ state: 'failed', items: 2, reason: { code: 'bulk.bad-output' } }] });
  expect(scene.server.requests).toHaveLength(4);
});

test('a budget of requests or of tokens stops the run as paused with the reason, and is never gone over', async () => {
  const scene = await bulkScene({ documents: 10, reply: relevant, usage: { prompt_tokens: 400, completion_tokens: 300 } });
  const stopped = await scene.ended((await scene.start({ budget: { requests: 3, tokens: null } })).run);
  expect(stopped).toMatchObject({ state: 'paused', reason: { code: 'bulk.budget' }, spent: { requests: 3 }, counts: { done: 3, queued: 7 } });
  expect(scene.server.requests).toHaveLength(3);
  const { run } = await scene.engine.call('bulk.resume', { case: scene.caseId, run: stopped.run, budget: { tokens: 4000, requests: null } });
  const more = await scene.ended(run);
  expect(more).toMatchObject({ state: 'paused', reason: { code: 'bulk.budget' } });
  expect(more.spent.promptTokens + more.spent.completionTokens).toBeLessThanOrEqual(4000);
  expect(more.counts.done).toBeGreaterThan(3);
});

test('a paused run lets what is under way come to its end, begins nothing more, and goes on where it stood', async () => {
  const { pass, open } = gate();
  const scene = await bulkScene({ documents: 6, reply: async () => { await pass(); return relevant(); } });
  const { run } = await scene.start();
  await until(() => scene.server.waiting() === 2);
  expect(await scene.engine.call('bulk.pause', { case: scene.caseId, run })).toMatchObject({ state: 'paused', reason: null });
  open();
  const paused = await scene.ended(run);
  expect(paused).toMatchObject({ state: 'paused', counts: { done: 2, queued: 4, leased: 0 } });
  expect(scene.server.requests).toHaveLength(2);
  await scene.engine.call('bulk.resume', { case: scene.caseId, run });
  expect(await scene.ended(run)).toMatchObject({ state: 'done', counts: { done: 6 } });
  expect(Object.values(scene.server.asked())).toEqual([1, 1, 1, 1, 1, 1]);
});

test('a cancelled run keeps what it has and cannot go on', async () => {
  const scene = await bulkScene({ documents: 6, reply: async (_user, nth) => { if (nth >= 2) await gate().pass(); return relevant(); } });
  const { run } = await scene.start();
  await until(async () => (await scene.results(run)).filter(({ state }) => state === 'done').length === 2);
  expect(await scene.engine.call('bulk.cancel', { case: scene.caseId, run })).toMatchObject({ state: 'cancelled', counts: { done: 2, leased: 0 } });
  for (const route of ['bulk.resume', 'bulk.pause', 'bulk.cancel'] as const) await expect(scene.engine.call(route, { case: scene.caseId, run })).rejects.toMatchObject({ wire: { code: 'bulk.ended' } });
});

test('while bulk work waits for its answers, a person’s question is answered, and bulk work begins nothing more until it is', async () => {
  const { pass, open } = gate();
  const person = gate();
  const scene = await bulkScene({ documents: 8, reply: async (user) => {
    if (user.includes('Question:')) { await person.pass(); return 'It is lit at eight [1].'; }
    await pass();
    return relevant();
  } });
  const { run } = await scene.start();
  await until(() => scene.server.waiting() === 2);
  const asked = scene.engine.call('chat.ask', { case: scene.caseId, conversation: null, question: 'When is the pier lamp lit?', endpoint: scene.endpoint });
  await until(() => scene.server.waiting() === 3); // it went out at once, beside the two
  person.open();
  expect((await asked).turn.answer?.state).toBe('answered');
  open();
  expect(await scene.ended(run)).toMatchObject({ state: 'done', counts: { done: 8 } });
});

test('a server that has too much is asked less at once, and everything is answered in the end, each once', async () => {
  let refused = 0;
  const scene = await bulkScene({ documents: 8, reply: (_user, nth): BulkReply => {
    if (nth >= 2) return relevant();
    refused += 1;
    return { status: 429, headers: { 'retry-after-ms': '20' } };
  } });
  const limits: number[] = [];
  const { run } = await scene.start();
  const done = await scene.engine.call('bulk.watch', { case: scene.caseId, run }, ({ lane }) => { if (lane !== null) limits.push(lane.limit); });
  expect(done).toMatchObject({ state: 'done', counts: { done: 8 } });
  expect(refused).toBe(2);
  expect(scene.server.requests).toHaveLength(10);
});

test('a key that is not accepted stops the run with the reason instead of failing every document', async () => {
  const scene = await bulkScene({ documents: 5, reply: (): BulkReply => ({ status: 401 }) });
  const stopped = await scene.ended((await scene.start()).run);
  expect(stopped).toMatchObject({ state: 'paused', reason: { code: 'endpoint.unauthorised' }, counts: { failed: 0 } });
  expect(scene.server.requests.length).toBeLessThanOrEqual(2);
});

test('a run that was at work when the vault was locked goes on when the case is opened again, and asks nothing twice that was kept', async () => {
  const scene = await bulkScene({ documents: 8, reply: async (_user, nth) => { if (nth === 4 || nth === 5) await gate().pass(); return relevant(); } });
  const { run } = await scene.start();
  await until(async () => (await scene.results(run)).filter(({ state }) => state === 'done').length === 4);
  await until(() => scene.server.waiting() === 2);
  await scene.engine.close();
  const engine = lockedEngine(scene.vaultFolder);
  onTestFinished(() => engine.close());
  await engine.call('vault.unlock', { with: 'passphrase', secret: Buffer.from(testPassphrase) });
  const { runs } = await engine.call('bulk.runs', { case: scene.caseId });
  expect(runs).toMatchObject([{ state: 'paused', reason: { code: 'bulk.interrupted' }, counts: { done: 4 } }]);
  await engine.call('cases.open', { case: scene.caseId, resume: true });
  expect(await engine.call('bulk.watch', { case: scene.caseId, run })).toMatchObject({ state: 'done', counts: { done: 8 } });
  const counts = Object.values(scene.server.asked());
  expect(counts.filter((count) => count === 1)).toHaveLength(6);
  expect(counts.filter((count) => count === 2)).toHaveLength(2);
  expect((await engine.call('vault.verify', {})).problems).toEqual([]);
});

test('fields are extracted with quotes, and sentences of a summary are checked as answers are', async () => {
  const scene = await bulkScene({ documents: 1, reply: (user) => (user.includes('Fields:')
    ? JSON.stringify({ values: [{ field: 'time', value: 'eight', quote: 'lit at eight' }, { field: 'colour', value: 'red', quote: 'a red lamp' }, { field: 'time', value: '77,300 euros, paid by Brask', quote: 'The pier lamp' }, { field: 'other', value: 'x', quote: 'lit' }] })
    : JSON.stringify({ sentences: ['The pier lamp is lit at eight.', 'The harbour was closed for 30 days.'] })) });
  const fields = await scene.start({ kind: 'extraction', parameters: { fields: [{ name: 'Time', what: 'when it is lit' }, { name: 'Colour' }] } });
  await scene.ended(fields.run);
  expect((await scene.results(fields.run))[0]?.answer?.judged).toMatchObject({ headline: '2 of 2 fields', proposal: null, entries: [{ name: 'Time', text: 'eight', support: 'supported' }, { name: 'Colour', support: 'unsupported', quote: { check: 'not-found' } }, { name: 'Time', support: 'unsupported', quote: { check: 'verbatim' } }] });
  const summary = await scene.start({ kind: 'summary', parameters: {} });
  await scene.ended(summary.run);
  const entries = (await scene.results(summary.run))[0]?.answer?.judged.entries;
  expect(entries?.[0]).toMatchObject({ support: 'supported', quote: { check: 'verbatim' } });
  expect(entries?.[1]?.support).not.toBe('supported');
});

test('a long document is asked about chunk by chunk, and every quote stands at its place in the whole', async () => {
  const scene = await bulkScene({ documents: 1, text: () => Array.from({ length: 400 }, (_, line) => `Entry ${line}: the pier lamp ${wordOf(line)} was trimmed by the watch and lit again.`).join('\n\n'), reply: (user) => firstPassSays('relevant', /Entry \d+: the pier lamp \w+/.exec(user)?.[0] ?? '') });
  const { run } = await scene.start();
  const done = await scene.ended(run);
  expect(done.counts.documents).toBe(1);
  expect(done.counts.done).toBeGreaterThan(2);
  const [document] = scene.documents;
  if (document === undefined) throw new Error('no document');
  const { text } = await scene.engine.call('documents.text', { case: scene.caseId, document, from: 0, limit: 200_000 });
  for (const { answer } of await scene.results(run)) {
    const quote = answer?.judged.entries[0]?.quote;
    expect(text.slice(quote?.start, quote?.end)).toBe(quote?.quote);
    expect(quote?.check).toBe('verbatim');
  }
});

test('an order of another form, for nothing or for an unknown kind is refused', async () => {
  const scene = await bulkScene({ documents: 1, reply: relevant });
  await expect(scene.start({ kind: 'poetry' })).rejects.toMatchObject({ wire: { code: 'bulk.unknown-kind' } });
  await expect(scene.start({ parameters: { instruction: '' } })).rejects.toMatchObject({ wire: { code: 'bulk.bad-parameters' } });
  await expect(scene.start({ scope: { kind: 'search', query: 'nosuchwordanywhere' } })).rejects.toMatchObject({ wire: { code: 'bulk.nothing-to-do' } });
  expect((await scene.engine.call('bulk.runs', { case: scene.caseId })).runs).toEqual([]);
});
