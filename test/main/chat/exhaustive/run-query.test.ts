/** Counting by query against an evaluator that reads every text by itself. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { QueryPlan } from '../../../../preload/contract/domains/exhaustive.ts';
import { coverQuery, matchQuery, quoteMatches } from '../../../../main/chat/exhaustive/run-query.ts';
import { createCaseDb, type CaseDb, type CaseDocument } from '../../../support/case-db.ts';

function caseOf(documents: readonly CaseDocument[]): CaseDb {
  const db = createCaseDb();
  onTestFinished(() => db.close());
  db.add(...documents);
  return db;
}

const plan = (query: string, of: QueryPlan['of'] = 'documents'): QueryPlan => ({ kind: 'query', wanted: 'count', of, query });
const words = ['pump', 'seal', 'harbour', 'crane', 'quay'] as const;

test('counts of random texts agree with reading each of them', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.constantFrom(...words), { maxLength: 8 }), { minLength: 1, maxLength: 8 }), fc.constantFrom(...words), fc.constantFrom(...words), (texts, one, other) => {
      const db = createCaseDb();
      try {
        db.add(...texts.map((text, index): CaseDocument => ({ path: `${index}.txt`, ...(text.length === 0 ? {} : { body: `${text.join(' ')}.` }) })));
        const holding = (test_: (text: readonly string[]) => boolean): number => texts.filter((text) => text.length > 0 && test_(text)).length;
        const count = (query: string): number => matchQuery(db.read, plan(query), null).length;
        expect(count(`${one} ${other}`)).toBe(holding((text) => text.includes(one) && text.includes(other)));
        expect(count(`${one} OR ${other}`)).toBe(holding((text) => text.includes(one) || text.includes(other)));
        expect(count(`NOT ${one}`)).toBe(holding((text) => !text.includes(one)));
        expect(count(`"${one} ${other}"`)).toBe(holding((text) => text.some((word, at) => word === one && text[at + 1] === other)));
        const mentions = plan(one, 'mentions');
        const { items } = quoteMatches(db.read, mentions, Array.from(matchQuery(db.read, mentions, null)), () => false);
        expect(items.length).toBe(texts.flat().filter((word) => word === one).length);
        const coverage = coverQuery(db.read, plan(one), null);
        expect(coverage.lookedAt + coverage.skipped.reduce((sum, { documents }) => sum + documents, 0)).toBe(coverage.inScope);
        expect(coverage.lookedAt).toBe(texts.filter((text) => text.length > 0).length);
      } finally {
        db.close();
      }
    }),
    { numRuns: 40 },
  );
});

test('documents with the same bytes count once, and coverage says so', () => {
  const db = caseOf([{ path: 'a.txt', body: 'The seal is worn.' }, { path: 'b.txt', sameAs: 1 }, { path: 'c.txt', body: 'Nothing.' }]);
  expect([...matchQuery(db.read, plan('seal'), null)]).toEqual([1]);
  expect([...matchQuery(db.read, plan('seal'), [2, 3])]).toEqual([1]);
  expect(coverQuery(db.read, plan('seal'), null)).toMatchObject({ inScope: 2, lookedAt: 2, copies: 1 });
  expect(coverQuery(db.read, plan('seal'), [1, 2])).toMatchObject({ inScope: 1, copies: 1 });
});

test('what has no text is not looked at for words, also not under a NOT, and is looked at for what it is', () => {
  const db = caseOf([{ path: 'a.pdf', type: 'pdf', body: 'The seal is worn.' }, { path: 'b.pdf', type: 'pdf' }, { path: 'c.bin', type: 'other', state: 'quarantined' }]);
  expect(matchQuery(db.read, plan('NOT crane'), null)).toHaveLength(1);
  expect(coverQuery(db.read, plan('NOT crane'), null)).toMatchObject({ inScope: 3, lookedAt: 1, skipped: [{ code: 'no-text', documents: 1 }, { code: 'quarantined', documents: 1 }] });
  expect(matchQuery(db.read, plan('type:pdf'), null)).toHaveLength(2);
  expect(coverQuery(db.read, plan('type:pdf'), null)).toMatchObject({ lookedAt: 3, skipped: [] });
});

test('documents without a date are named where a date is asked for', () => {
  const db = caseOf([{ path: 'a.txt', body: 'x', date: '2024-03-05' }, { path: 'b.txt', body: 'x' }]);
  expect(matchQuery(db.read, plan('date:2024-03'), null)).toHaveLength(1);
  expect(coverQuery(db.read, plan('date:2024-03'), null).notes.join(' ')).toContain('1 document without a known date');
});

test('every quote stands in its text, around its hit', () => {
  const long = `${'Some words before it. '.repeat(200)}The worn seal was found at last in the drawer of the office.${' Words after it.'.repeat(300)}`;
  const db = caseOf([{ path: 'a.txt', body: long }, { path: 'b.txt', body: 'Seal one.\n\nThe seal and the crane.' }, { path: 'c.csv', type: 'table', body: 'a,b\nseal,2\nx,3' }]);
  const { items } = quoteMatches(db.read, plan('seal OR crane'), [1, 2, 3], () => false);
  expect(items.map(({ quote }) => quote)).toEqual(['The worn seal was found at last in the drawer of the office.', 'The seal and the crane.', 'seal,2']);
  const bodies = [long, 'Seal one.\n\nThe seal and the crane.', 'a,b\nseal,2\nx,3'];
  for (const [index, { start, end, quote }] of items.entries()) expect(bodies[index]?.slice(start ?? 0, end ?? 0)).toBe(quote);
  expect(items[1]?.mentions).toBe(3);
});

test('a turn that is late still comes on', () => {
  const db = caseOf([{ path: 'a.txt', body: 'seal' }, { path: 'b.txt', body: 'seal' }]);
  expect(quoteMatches(db.read, plan('seal'), [1, 2], () => true)).toMatchObject({ done: 1, items: [{ mentions: 1 }] });
});
