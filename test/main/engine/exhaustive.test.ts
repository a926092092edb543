/** Questions about everything, through the engine's routes: planned, run, kept, read back in pages, handed on. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { addCase, createdEngine, ingested, type TestEngine } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';

async function harbour(letters: number): Promise<{ engine: TestEngine; caseId: CaseId }> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  mkdirSync(join(folder, 'letters'));
  for (let at = 0; at < letters; at += 1) writeFileSync(join(folder, 'letters', `letter-${String(at).padStart(4, '0')}.txt`), `Letter ${at}. The crane of quay ${at} was oiled.`);
  writeFileSync(join(folder, 'copy.txt'), 'Letter 0. The crane of quay 0 was oiled.');
  writeFileSync(join(folder, 'other.txt'), 'The lamp was lit.');
  writeFileSync(join(folder, 'blank.bin'), Buffer.from([0, 1, 2, 3, 0, 0]));
  await ingested(engine, caseId, [folder]);
  return { engine, caseId };
}

const ask = (engine: TestEngine, caseId: CaseId, question: string, plan: QuestionPlan | null) => engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint: null, plan });

test('a plan says what would be looked at before it runs, and the answer says what was', async () => {
  const { engine, caseId } = await harbour(3);
  const question = 'How many documents mention the crane?';
  const planned = await engine.call('chat.plan', { case: caseId, question });
  expect(planned).toMatchObject({ isExhaustive: true, wanted: 'count', ways: [{ isCertain: true, plan: { kind: 'query', query: 'crane' }, coverage: { inScope: 5, lookedAt: 4, copies: 1 }, requests: 0 }] });
  const { turn, conversation } = await ask(engine, caseId, question, planned.ways[0]?.plan ?? null);
  expect(turn.answer).toMatchObject({ state: 'answered', exhaustive: { total: 3, documents: 3, listed: 3, coverage: { inScope: 5, lookedAt: 4 } } });
  expect(turn.answer?.sentences[0]?.text).toBe('3 documents mention crane, of the 4 documents looked at.');
  // One document of the scope was not looked at: the count is not whole.
  expect(turn.answer?.sentences[0]?.support).toBe('partly');
  expect(turn.answer?.citations.map(({ quote }) => quote)).toContain('The crane of quay 1 was oiled.');
  const { turns } = await engine.call('chat.turns', { case: caseId, conversation });
  expect(turns[0]?.answer).toEqual(turn.answer);
});

test('a long list is read in pages, whole and in order', async () => {
  const { engine, caseId } = await harbour(430);
  const { turn } = await ask(engine, caseId, 'List all documents that mention the crane', { kind: 'query', wanted: 'list', of: 'documents', query: 'crane' });
  expect(turn.answer?.citations).toHaveLength(20);
  const first = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 0, limit: 150 });
  const middle = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 150, limit: 150 });
  const last = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 300, limit: 500 });
  const all = [...first.items, ...middle.items, ...last.items];
  expect(first.total).toBe(430);
  expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 430 }, (_, at) => at + 1));
  expect(new Set(all.map(({ document }) => document)).size).toBe(430);
  expect(all.every(({ citation }) => citation?.check === 'verbatim' && citation.quote.includes('crane'))).toBe(true);
  const { items: none } = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 430, limit: 10 });
  expect(none).toEqual([]);
});

test('none is an answer, and so is that there is none', async () => {
  const { engine, caseId } = await harbour(1);
  const { turn } = await ask(engine, caseId, 'Is there any mention of cholera?', { kind: 'query', wanted: 'exists', of: 'mentions', query: 'cholera' });
  expect(turn.answer).toMatchObject({ state: 'answered', citations: [], exhaustive: { total: 0 } });
  expect(turn.answer?.sentences[0]?.text).toBe('No: none of the 2 documents looked at mentions cholera.');
});

test('a query that a person changed is looked at as it stands, and a wrong one is refused with its place', async () => {
  const { engine, caseId } = await harbour(2);
  const plan = (query: string): QuestionPlan => ({ kind: 'query', wanted: 'count', of: 'mentions', query });
  expect(await engine.call('chat.plan', { case: caseId, question: 'x', plan: plan('crane') })).toMatchObject({ ways: [{ isCertain: true }] });
  expect(await engine.call('chat.plan', { case: caseId, question: 'x', plan: plan('crane lamp') })).toMatchObject({ ways: [{ isCertain: false }] });
  await expect(ask(engine, caseId, 'x', plan('crane lamp'))).rejects.toMatchObject({ wire: { code: 'case.bad-plan' } });
  await expect(engine.call('chat.plan', { case: caseId, question: 'x', plan: plan('"crane') })).rejects.toMatchObject({ wire: { code: 'search.bad-query' } });
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toEqual([]);
});

test('what is no document is not counted: the plan says so and is not certain', async () => {
  const { engine, caseId } = await harbour(2);
  const planned = await engine.call('chat.plan', { case: caseId, question: 'How many cranes were oiled by the watch?' });
  expect(planned).toMatchObject({ isExhaustive: true, ways: [{ isCertain: false }] });
  expect(planned.why).toContain('cannot be counted');
  expect(await engine.call('chat.plan', { case: caseId, question: 'When was the lamp lit?' })).toMatchObject({ isExhaustive: false, ways: [] });
});

test('a scope narrows the count, and one passage is not gone through', async () => {
  const { engine, caseId } = await harbour(12);
  const question = 'How many documents mention the crane?';
  const scope = { kind: 'search', query: 'path:"letter-000"' } as const;
  const planned = await engine.call('chat.plan', { case: caseId, question, scope });
  expect(planned.ways[0]?.coverage).toMatchObject({ inScope: 10, lookedAt: 10 });
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint: null, scope, plan: planned.ways[0]?.plan ?? null });
  expect(turn.answer?.exhaustive).toMatchObject({ total: 10 });
  const [item] = turn.answer?.citations ?? [];
  const span = { kind: 'span', document: item?.document ?? ('' as never), start: 0, end: 5 } as const;
  expect(await engine.call('chat.plan', { case: caseId, question, scope: span })).toMatchObject({ isExhaustive: false });
});

test('what is handed on holds the whole list, with its plan', async () => {
  const { engine, caseId } = await harbour(30);
  const { turn, conversation } = await ask(engine, caseId, 'List all documents that mention the crane', { kind: 'query', wanted: 'list', of: 'documents', query: 'crane' });
  const folder = tempFolder();
  const { files } = await engine.call('chat.export', { case: caseId, conversation, folder });
  const [markdown = '', json = ''] = [...files].sort((a, b) => Number(a.endsWith('json')) - Number(b.endsWith('json'))).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(markdown.match(/The crane of quay \d+ was oiled/g)).toHaveLength(30);
  expect(markdown).toContain('Plan: by query, documents: crane');
  const parsed = JSON.parse(json) as { turns: { turn: string; items: unknown[] }[] };
  expect(parsed.turns[0]).toMatchObject({ turn: turn.turn });
  expect(parsed.turns[0]?.items).toHaveLength(30);
});

test('a sum over a table is computed by us, its rows cited by cell, and a plan that does not fit is refused', async () => {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  writeFileSync(join(folder, 'harbour-dues.csv'), 'ship,paid on,dues\nCorran,2024-03-01,"1,200.50"\nVellen,2024-03-02,99.50\nCorran,2024-04-01,0.10\n');
  writeFileSync(join(folder, 'other.csv'), 'a,b\nx,y\nz,w\n');
  await ingested(engine, caseId, [folder]);
  const question = 'What is the total of the dues for Corran?';
  const planned = await engine.call('chat.plan', { case: caseId, question });
  expect(planned).toMatchObject({ isExhaustive: true, ways: [{ isCertain: true, plan: { kind: 'table', sheet: 1, headRow: 1, measure: { kind: 'sum', column: 'dues' } }, table: { rows: 3, words: ['sum of dues', 'where ship is “Corran”'] }, coverage: { notes: ['1 other sheet in scope is not part of this.'] } }] });
  const plan = planned.ways[0]?.plan;
  if (plan?.kind !== 'table') throw new Error('no table');
  const { turn } = await ask(engine, caseId, question, plan);
  expect(turn.answer).toMatchObject({ exhaustive: { figure: '1,200.60', total: 2, of: 'rows', heads: [{ name: 'ship' }, { name: 'dues', letter: 'C', type: 'number' }, { name: 'paid on' }] } });
  expect(turn.answer?.sentences[0]?.text).toBe('The sum of dues over 2 rows is 1,200.60.');
  const { items } = await engine.call('chat.items', { case: caseId, turn: turn.turn, offset: 0, limit: 10 });
  expect(items.map(({ cells }) => cells.map(({ name, text }) => `${name} ${text}`))).toEqual([['A2 Corran', 'C2 1,200.50', 'B2 2024-03-01'], ['A4 Corran', 'C4 0.10', 'B4 2024-04-01']]);
  const cell = items[0]?.cells[1];
  const found = await engine.call('documents.cell', { case: caseId, document: plan.document, offset: cell?.start ?? 0 });
  expect(found.cell?.name).toBe('C2');
  for (const bad of [{ ...plan, measure: { kind: 'sum', column: 'secret' } as const }, { ...plan, sheet: 9 }, { ...plan, headRow: 4 }]) {
    await expect(ask(engine, caseId, question, bad)).rejects.toMatchObject({ wire: { code: 'case.bad-plan' } });
  }
  await expect(engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint: null, plan, scope: { kind: 'search', query: 'path:other' } })).rejects.toMatchObject({ wire: { code: 'case.unknown-document' } });
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toHaveLength(1);
});

test('our own count over everything is supported; a count over nothing is no answer', async () => {
  const { engine, caseId } = await harbour(2);
  const plan = { kind: 'query', wanted: 'count', of: 'documents', query: 'crane' } as const;
  const over = async (query: string) => (await engine.call('chat.ask', { case: caseId, conversation: null, question: 'x', endpoint: null, plan, scope: { kind: 'search', query } })).turn.answer;
  expect(await over('path:letters')).toMatchObject({ state: 'answered', sentences: [{ text: '2 documents mention crane, of the 2 documents looked at.', support: 'supported' }] });
  const [none, empty] = [await over('path:blank'), await over('path:nowhere')];
  expect(none).toMatchObject({ state: 'no-support', sentences: [{ support: 'uncited' }], exhaustive: { coverage: { inScope: 1, lookedAt: 0 } } });
  expect(none?.sentences[0]?.text).toMatch(/^Nothing could be read: 1 document skipped \(.+\)\.$/);
  expect(empty).toMatchObject({ state: 'no-support', sentences: [{ text: 'Nothing could be read: there is no document in scope.', support: 'uncited' }] });
});

test('messages are counted of the messages, and asked after in words', async () => {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const folder = tempFolder();
  for (const [at, words] of ['The crane is oiled.', 'The lamp is lit.'].entries()) writeFileSync(join(folder, `mail-${at}.eml`), `From: ann@lowfen.example\r\nTo: bob@lowfen.example\r\nSubject: Note ${at}\r\nDate: Mon, 4 Mar 2024 10:00:00 +0000\r\n\r\n${words}\r\n`);
  writeFileSync(join(folder, 'note.txt'), 'The crane is old.');
  await ingested(engine, caseId, [folder]);
  const said = async (query: string) => (await ask(engine, caseId, 'x', { kind: 'query', wanted: 'count', of: 'messages', query })).turn.answer?.sentences[0]?.text;
  expect(await said('type:mail crane')).toBe('1 message mentions crane, of the 2 messages looked at.');
  expect(await said('type:mail')).toBe('2 messages are in scope, of the 2 messages looked at.');
  expect(await said('type:mail from:ann crane')).toBe('1 message matches from:ann crane, of the 2 messages looked at.');
});
