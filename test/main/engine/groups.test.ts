import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { Progress } from '../../../preload/contract/routes.ts';
import { addCase, createdEngine, ingested, unlockedEngine, type TestEngine } from '../../support/engines.ts';
import { mailLines, utf8 } from '../../support/file-fixtures.ts';
import { tempFolder } from '../../support/vaults.ts';

const paragraph = 'The survey of berth four found the crane empty and the seal whole, as the pilot had said. The clerk of the customs office weighed the cargo twice, noted the tonnage in the ledger, and sent the manifest to the harbour with the tide of the evening.';
const letter = (change: string): string => `${paragraph}\n\n${paragraph.replace('clerk', change).split(' ').reverse().join(' ')}\n`;
const message = (id: string, before: string | null, subject: string, body: string): Uint8Array => mailLines(
  `Message-ID: <${id}@port.example>`, ...(before === null ? [] : [`In-Reply-To: <${before}@port.example>`]), 'From: Ann <ann@port.example>', 'To: Bo <bo@port.example>', `Subject: ${subject}`, `Date: Mon, 0${id} Jun 2024 09:00:00 +0000`, '', body,
);

async function opened(): Promise<{ readonly engine: TestEngine; readonly caseId: CaseId; readonly vault: string; readonly dump: string; readonly of: (path: string) => Promise<DocumentId> }> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(dump, name), typeof content === 'string' ? utf8(content) : content);
  put('a-letter.txt', letter('clerk'));
  put('b-letter-copy.txt', letter('clerk'));
  put('c-letter-draft.txt', letter('guard'));
  put('d-other.txt', 'Nothing of this is like the rest: prices of bread, milk and coal in the market of a small town, written down week by week.');
  put('e-1.eml', message('1', null, 'Berth four', 'The survey of berth four is done and the crane was empty.'));
  put('f-2.eml', message('2', '1', 'Re: Berth four', 'Good.\n\n> The survey of berth four is done and the crane was empty.'));
  put('g-3.eml', message('3', '2', 'Re: Berth four', 'The seal was broken, though, when the pilot came.'));
  const vault = join(place, 'vault');
  const engine = await createdEngine(vault);
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  await ingested(engine, caseId, [dump], 1);
  await engine.call('groups.list', { case: caseId });
  const of = async (path: string): Promise<DocumentId> => {
    let found: DocumentId | undefined;
    await engine.call('documents.list', { case: caseId }, ({ lines }) => { found ??= lines.find((line) => line.path === `dump/${path}`)?.id; });
    if (found === undefined) throw new Error(`no ${path}`);
    return found;
  };
  return { engine, caseId, vault, dump, of };
}

async function titlesOf(engine: TestEngine, caseId: CaseId, query: string): Promise<string[]> {
  const { set, total } = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query, order: 'path' } });
  if (total === 0) return [];
  return (await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: 50 })).rows.map(({ path }) => path.replace('dump/', ''));
}

test('texts that are nearly alike are a group with a similarity, exact copies folded into one', async () => {
  const { engine, caseId, of } = await opened();
  const { near, thread, family } = await engine.call('groups.of', { case: caseId, document: await of('c-letter-draft.txt') });
  expect(near?.members.map(({ title, similarity }) => [title, similarity === 1])).toEqual([['a-letter.txt', true], ['c-letter-draft.txt', false]]);
  expect(near).toMatchObject({ total: 2 });
  expect(near?.least).toBeGreaterThan(0.8);
  expect([thread, family]).toEqual([null, 0]);
  expect((await engine.call('groups.of', { case: caseId, document: await of('d-other.txt') })).near).toBeNull();
  expect(await engine.call('groups.state', { case: caseId })).toEqual({ texts: 6, compared: 6 });
});

test('a thread is in its order, and what a later message carries along adds nothing', async () => {
  const { engine, caseId, of } = await opened();
  const { thread } = await engine.call('groups.of', { case: caseId, document: await of('g-3.eml') });
  expect(thread?.members.map(({ number, addsNothingTo }) => [number, addsNothingTo])).toEqual([[5, 6], [6, null], [7, null]]);
});

test('groups are fields of the query language, and narrow a set', async () => {
  const { engine, caseId } = await opened();
  expect(await titlesOf(engine, caseId, 'near:1')).toEqual(['a-letter.txt', 'c-letter-draft.txt']);
  expect(await titlesOf(engine, caseId, 'near:#3 -near:4')).toEqual(['a-letter.txt', 'c-letter-draft.txt']);
  expect(await titlesOf(engine, caseId, 'near:any survey')).toEqual(['a-letter.txt', 'c-letter-draft.txt']);
  expect(await titlesOf(engine, caseId, 'near:4')).toEqual(['d-other.txt']);
  expect(await titlesOf(engine, caseId, 'thread:5 inclusive:yes')).toEqual(['f-2.eml', 'g-3.eml']);
  expect(await titlesOf(engine, caseId, 'inclusive:no')).toEqual(['e-1.eml']);
  await expect(titlesOf(engine, caseId, 'near:many')).rejects.toMatchObject({ wire: { code: 'search.bad-query' } });
  const { total } = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query: 'survey', groups: ['inclusive'], types: ['mail'] } });
  expect(total).toBe(1);
  const { groups } = await engine.call('search.facets', { case: caseId, query: 'survey' });
  expect(groups).toEqual([{ value: 'near', count: 2 }, { value: 'adds-nothing', count: 1 }]);
});

test('a queue is narrowed to languages, which are counted over the whole case, copies once', async () => {
  const { engine, caseId, dump } = await opened();
  for (const name of ['h-kran.txt', 'i-kran-copy.txt']) writeFileSync(join(dump, name), 'Der Kran stand die ganze Nacht am Liegeplatz, und der Hafenmeister hat nichts davon gewusst. Wir haben ihn am Morgen gefragt.');
  await ingested(engine, caseId, [dump], 1);
  const { languages } = await engine.call('sets.languages', { case: caseId });
  expect(languages.map(({ value }) => value)).toEqual(['en', 'de']);
  expect(languages[1]?.count).toBe(1);
  const totalOf = async (chosen: readonly string[], more: object = {}): Promise<number> => (await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any', languages: [...chosen], ...more } })).total;
  expect(await totalOf(['de'])).toBe(1);
  expect(await totalOf(['en'])).toBe(languages[0]?.count);
  expect(await totalOf(['en', 'de'])).toBe((languages[0]?.count ?? 0) + 1);
  expect(await totalOf(['de'], { types: ['mail'] })).toBe(0);
  expect(await totalOf([])).toBe(7);
});

test('a group is coded in one act, from any of its copies, and one undo takes all of it back', async () => {
  const { engine, caseId, of } = await opened();
  const verdicts = async (): Promise<(string | null)[]> => {
    const { set } = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any', order: 'path' } });
    return (await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: 50 })).rows.map(({ verdict }) => verdict);
  };
  await engine.call('coding.set', { case: caseId, document: await of('c-letter-draft.txt'), verdict: 'deferred' });
  expect(await engine.call('coding.set', { case: caseId, document: await of('a-letter.txt'), verdict: 'relevant', together: ['near'] })).toMatchObject({ coded: 2, counts: { relevant: 2, deferred: 0 } });
  expect(await verdicts()).toEqual(['relevant', 'relevant', null, null, null, null]);
  expect((await engine.call('ops.undo', { case: caseId })).changed?.said).toBe('Code taken back, 2 documents');
  expect(await verdicts()).toEqual([null, 'deferred', null, null, null, null]);
  expect(await engine.call('coding.set', { case: caseId, document: await of('f-2.eml'), verdict: 'not-relevant', together: ['thread', 'family'] })).toMatchObject({ coded: 3 });
  expect(await verdicts()).toEqual([null, 'deferred', null, 'not-relevant', 'not-relevant', 'not-relevant']);
  expect((await engine.call('audit.verify', {})).ok).toBe(true);
});

test('what comes later joins the groups that stand, and a restart compares nothing twice', async () => {
  const { engine, caseId, vault, dump } = await opened();
  await engine.close();
  const later = await unlockedEngine(vault);
  onTestFinished(() => later.close());
  mkdirSync(join(dump, 'later'));
  writeFileSync(join(dump, 'later', 'h-letter.txt'), letter('porter'));
  writeFileSync(join(dump, 'later', 'i-4.eml'), message('4', '3', 'Re: Berth four', 'I see.\n\n> The seal was broken, though, when the pilot came.\n'));
  await ingested(later, caseId, [join(dump, 'later')], 1);
  const groups: Progress<'groups.list'>['groups'][number][] = [];
  await later.call('groups.list', { case: caseId }, ({ groups: found }) => groups.push(...found));
  expect(groups.map(({ kind, members }) => [kind, members.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))])).toEqual([
    ['near', ['a-letter.txt', expect.stringMatching(/letter/), expect.stringMatching(/letter/)]],
    ['thread', ['e-1.eml', 'f-2.eml', 'g-3.eml', 'i-4.eml']],
  ]);
  expect(groups[1]?.members.map((member) => ('inclusive' in member ? member.inclusive : null))).toEqual([false, true, false, true]);
});
