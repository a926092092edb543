/** A question read document by document by a model: planned, sent item by item through the guard, counted by us. */
import { expect, test } from 'vitest';
import type { BulkRunId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { bulkScene, wordOf } from '../../support/bulk-scene.ts';

const says = (holds: 'yes' | 'no' | 'unclear', ...items: readonly { readonly text: string; readonly quote: string }[]): string => JSON.stringify({ holds, items });
const none = '' as DocumentId;
const question = 'How many of the lamps are lit at eight by somebody?';

test('the plan says what would be asked, one document is held by the guard, and the count is of quotes that stand', async () => {
  const scene = await bulkScene({ documents: 6, ceiling: 'UNCLASSIFIED', reply: (user) => {
    if (user.includes(wordOf(0)) || user.includes(wordOf(1))) return says('yes', { text: 'lit at eight', quote: 'is lit at eight' });
    if (user.includes(wordOf(2))) return says('yes', { text: 'A lamp', quote: 'words that stand nowhere in it' });
    if (user.includes(wordOf(3))) return says('unclear');
    return says('no');
  } });
  const { engine, caseId, endpoint, documents, server } = scene;
  await engine.call('markings.mark-document', { case: caseId, document: documents[5] ?? none, marking: 'SECRET//NOFORN', reason: 'test' });
  const planned = await engine.call('chat.plan', { case: caseId, question, endpoint });
  expect(planned.ways[0]).toMatchObject({ plan: { kind: 'model', question, endpoint }, isCertain: false, requests: 5, coverage: { inScope: 6, lookedAt: 6 } });
  expect(planned.ways[0]?.coverage.notes.join(' ')).toContain('1 request would be held: Harbour model may receive up to UNCLASSIFIED.');
  expect(server.requests).toHaveLength(0);
  // A question above the ceiling goes nowhere, and the plan says so.
  const above = await engine.call('chat.plan', { case: caseId, question, endpoint, questionMarking: 'SECRET//NOFORN' });
  expect(above.ways[0]).toMatchObject({ requests: 0 });
  expect(above.ways[0]?.coverage.notes.join(' ')).toContain('6 requests would be held: Harbour model may receive up to UNCLASSIFIED.');
  const plan = planned.ways[0]?.plan ?? null;
  const seen: number[] = [];
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan }, (value) => { if (value.kind === 'reading') seen.push(value.done); });
  expect(turn.answer).toMatchObject({
    state: 'answered', model: { kind: 'endpoint', name: 'Harbour model', model: 'small-1' },
    exhaustive: { total: 2, documents: 2, listed: 2, coverage: { inScope: 6, lookedAt: 5, skipped: [{ code: 'policy.refused', documents: 1, sentence: 'Harbour model may receive up to UNCLASSIFIED' }] } },
  });
  expect(turn.answer?.sentences[0]?.text).toBe('At least 2 documents of the 5 documents read hold it, as the model reads them, with one thing named.');
  expect(turn.answer?.exhaustive?.coverage.notes.join(' ')).toContain('no quote that stands in the text');
  expect(turn.answer?.sentences[0]?.support).toBe('partly');
  const { items } = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 0, limit: 10 });
  expect(items.map(({ citation }) => citation?.quote)).toEqual(['is lit at eight', 'is lit at eight']);
  expect(JSON.stringify(server.requests)).not.toContain(wordOf(5));
  // What each row was read from can be read in full, and so can what was asked of the documents that do not hold it.
  const sent = await Promise.all(items.map(({ sending }) => engine.call('bulk.sending', { case: caseId, sending: sending ?? '' })));
  expect(sent.map(({ messages }) => messages.at(-1)?.text)).toEqual([0, 1].map((nth) => expect.stringContaining(wordOf(nth)) as string));
  const run = turn.answer?.exhaustive?.run ?? ('' as BulkRunId);
  expect((await scene.results(run)).map(({ state, sending }) => [state, sending !== null])).toEqual([...Array.from({ length: 5 }, () => ['done', true]), ['held', false]]);
  expect(seen.length).toBeGreaterThan(0);
  // Asked again, nothing is sent for what was kept.
  const asked = server.requests.length;
  const again = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan });
  expect(again.turn.answer?.exhaustive?.total).toBe(2);
  expect(server.requests).toHaveLength(asked);
});

test('a scope narrows what is read, and what words alone answer is offered first', async () => {
  const scene = await bulkScene({ documents: 4, reply: () => says('no') });
  const { engine, caseId, endpoint, documents } = scene;
  const planned = await engine.call('chat.plan', { case: caseId, question: 'How many documents mention the pier?', endpoint, scope: { kind: 'documents', documents: documents.slice(0, 2) } });
  expect(planned.ways.map(({ plan }) => plan.kind)).toEqual(['query', 'model']);
  expect(planned.ways[1]).toMatchObject({ requests: 2, coverage: { inScope: 2 } });
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: 'Is there anything of cranes?', endpoint, scope: { kind: 'documents', documents: documents.slice(0, 2) }, plan: { kind: 'model', wanted: 'exists', question: 'Is there anything of cranes?', endpoint } });
  expect(turn.answer?.sentences[0]?.text).toBe('No: none of the 2 documents read holds it, as the model reads them.');
  expect(scene.server.requests).toHaveLength(2);
});

test('stopped in the middle, nothing is kept of the question, the work pauses, and asked again it goes on', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const scene = await bulkScene({ documents: 5, reply: async (_user, nth) => { if (nth >= 2) await promise; return says('yes', { text: 'lit at eight', quote: 'is lit at eight' }); } });
  const { engine, caseId, endpoint } = scene;
  const plan = { kind: 'model' as const, wanted: 'count' as const, question, endpoint };
  const controller = new AbortController();
  const asked = engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan }, () => undefined, controller.signal);
  const stopped = asked.then(() => null, (error: unknown) => error);
  while (scene.server.waiting() === 0) await new Promise((go) => { setTimeout(go, 10); });
  controller.abort(new DOMException('stop', 'AbortError'));
  expect(await stopped).toMatchObject({ wire: { code: 'bridge.cancelled' } });
  resolve();
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toEqual([]);
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan });
  expect(turn.answer?.exhaustive).toMatchObject({ total: 5, coverage: { lookedAt: 5 } });
  expect(Object.values(scene.server.asked()).every((count) => count <= 2)).toBe(true);
});

test('what a model says in its own words counts as everything that it was sent, not as the sentence that it quotes', async () => {
  const scene = await bulkScene({
    documents: 1, text: () => '(U) The pier lamp is lit at eight by the keeper.\n\n(S//NF) The watch leaves the north mole at nine.\n',
    reply: () => says('yes', { text: 'The pier lamp is lit by the keeper, the watch leaves', quote: 'The pier lamp is lit at eight by the keeper.' }),
  });
  const { engine, caseId, endpoint } = scene;
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan: { kind: 'model', wanted: 'count', question, endpoint } });
  expect(turn.answer).toMatchObject({ marking: { banner: 'SECRET//NOFORN' }, exhaustive: { total: 1 }, citations: [{ portion: '(S//NF)' }] });
  const { items } = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 0, limit: 10 });
  expect(items).toMatchObject([{ citation: { portion: '(S//NF)', quote: 'The pier lamp is lit at eight by the keeper.' } }]);
});

test('when the guard holds every document, nothing is counted and the reason is said', async () => {
  const { engine, caseId, endpoint, documents, server } = await bulkScene({ documents: 2, ceiling: 'UNCLASSIFIED', reply: () => says('no') });
  for (const document of documents) await engine.call('markings.mark-document', { case: caseId, document, marking: 'SECRET//NOFORN', reason: 'test' });
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan: { kind: 'model', wanted: 'exists', question, endpoint } });
  expect(turn.answer).toMatchObject({ state: 'no-support', sentences: [{ text: 'Nothing could be read: 2 documents skipped (Harbour model may receive up to UNCLASSIFIED).', support: 'uncited' }], exhaustive: { total: 0 } });
  expect(server.requests).toHaveLength(0);
});
