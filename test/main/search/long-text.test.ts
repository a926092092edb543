/** Hits in texts that are too long for the index to mark: the same as it would mark, and bounded. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setSource } from '../../../preload/contract/domains/sets.ts';
import { firstHits, planHits, someHits } from '../../../main/search/find-hits.ts';
import { maxHighlights } from '../../../main/search/highlights.ts';
import { createSearcher, fold, parseQuery, stem, wordsOf, type Searcher } from '../../../main/search/index.ts';
import { readMarks } from '../../../main/search/marks.ts';
import { markMatch } from '../../../main/search/query/to-match.ts';
import { scanWords } from '../../../main/search/words.ts';
import { readMarked } from '../../../main/store/reader.ts';
import { createCaseDb, type CaseDb } from '../../support/case-db.ts';

let db: CaseDb;
beforeAll(() => {
  db = createCaseDb();
});
afterAll(() => db.close());

const words = fc.constantFrom('heron', 'Herons', 'reed', 'reeds', 'reed-bed', 'running', 'run', 'éclair', 'ECLAIR', 'e\u0301', 'мой', 'мои', 'Ελλάς', 'µ', 'ſee', 'İs', '日本', '日s', '🚢', '𝒳', 'ﬁne', 'कि', '4B', 'a', 'A', '_', "it's");
const gaps = fc.constantFrom(' ', ' ', ' ', '\n', '. ', '-', '', '\u00A0');
const texts = fc.array(fc.tuple(words, gaps), { minLength: 1, maxLength: 40 }).map((all) => all.flat().join(''));
const term = fc.oneof(
  fc.constantFrom('heron', 'reed', 'ree*', 'ru*', 'running', 'eclair', 'мой', 'ΕΛΛΆΣ', 'μ', 'see', 'is', '日s', '日*', 'fine', '4b', 'a', 'кит'),
  fc.constantFrom('"heron reed"', '"reed heron"', '"a a"', '"heron a heron"', '"reed bed"', '"run a"', 'reed-bed', '"мой heron"'),
);
const near = fc.tuple(term, fc.integer({ min: 1, max: 6 }), term).map(([left, distance, right]) => `${left} NEAR/${distance} ${right}`);
const several = fc.array(fc.oneof(term, fc.constantFrom('subject:heron', 'from:heron', '-heron', 'type:pdf')), { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
// A NEAR stands alone here: beside other words FTS5 marks one side of it even where the other is not near.
const queries = fc.oneof(several, near);

describe('hits found without the index', () => {
  let made = 0;
  const add = (body: string): number => {
    made += 1;
    db.add({ path: `random-${made}`, body, subject: 'heron', mail: { from: [{ name: 'heron', address: 'heron@reeds.example' }] } });
    return made; // contents are numbered as documents are: none is a duplicate
  };

  test('are the spans that FTS5 marks, in every column', () => {
    fc.assert(fc.property(texts, queries, (text, query) => {
      const node = parseQuery(query);
      const match = markMatch(node);
      const marked = match === null ? null : readMarked(db.read, add(text), match);
      for (const column of ['body', 'people', 'subject'] as const) {
        const whole = column === 'body' ? text : column === 'people' ? 'from: heron <heron@reeds.example>' : 'heron';
        expect(firstHits(whole, planHits(node, column), Infinity)).toEqual(marked === null ? [] : readMarks(marked[column]).spans);
      }
    }), { numRuns: 500 });
  });

  test('are the first ones when there are more than wanted, across stretches', () => {
    const text = 'heron reed a heron. '.repeat(9000); // 180,000 characters: more than one stretch
    for (const query of ['heron', '"heron reed" a', 'reed NEAR/3 heron', 'heron NEAR/100 reed']) {
      const plan = planHits(parseQuery(query), 'body');
      expect(firstHits(text, plan, 700)).toEqual(firstHits(text, plan, Infinity).slice(0, 700));
    }
  });

  test('a rare word is found beside a frequent one', () => {
    const text = `${'heron and reed. '.repeat(9000)}one bittern`;
    const spans = someHits(text, planHits(parseQuery('heron bittern "and reed"'), 'body'), 20);
    expect(spans.length).toBeLessThanOrEqual(60);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(expect.arrayContaining(['bittern', 'heron', 'and reed']));
  });

  test('words are cut as wordsOf cuts them, wherever a stretch ends', () => {
    fc.assert(fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 20 }), (text, step) => {
      const found: [number, number][] = [];
      for (let at = 0, to = step; at < text.length; to += step) at = scanWords(text, at, to, (start, end) => found.push([start, end]));
      expect(found).toEqual(wordsOf(text).map(({ start, end }) => [start, end]));
    }));
  });

  test('letters fold as the index folds them', () => {
    const letters: string[] = [];
    for (let code = 0xA0; code < 0x0520; code += 1) if (/^[\p{L}\p{M}]$/u.test(String.fromCodePoint(code))) letters.push(String.fromCodePoint(code));
    for (let code = 0x1E00; code < 0x2000; code += 1) if (/^\p{L}$/u.test(String.fromCodePoint(code))) letters.push(String.fromCodePoint(code));
    // Letters that came into Unicode after the tables of the index, and two that it keeps with their marks.
    const later = new Set(['\u037F', '\u01E0', '\u01E1']);
    const texts = letters.filter((letter) => !later.has(letter)).map((letter, index) => `q${index}k${letter}j0`);
    db.add({ path: 'letters', body: texts.join(' ') });
    const kept = new Set(db.read.all('SELECT term FROM text_terms').map((row) => (row as { term: string }).term));
    expect(texts.filter((text) => wordsOf(text).some(({ folded }) => !kept.has(stem(folded))))).toEqual([]);
  });
});

describe('a text of 5 MB with 72,000 hits for a word', () => {
  let long: CaseDb;
  let searcher: Searcher;
  const body = `${'The wardens counted a heron by the reeds; further out the water lay still. '.repeat(72_000)}Then a bittern rose.`;
  beforeAll(() => {
    long = createCaseDb();
    long.add({ path: 'long.txt', body }, { path: 'short.txt', body: 'A heron.' });
    searcher = createSearcher({ readerOptions: long.options });
  });
  afterAll(async () => {
    await searcher.close();
    long.close();
  });

  test.each(['heron', 'heron bittern', '"a heron" NEAR/5 reed*'])('%s has two short lines', async (query) => {
    const set = await searcher.openSet(setSource.parse({ kind: 'search', query, order: 'ingested' }));
    const [row] = await searcher.readRows(set, 0, 50);
    expect(row?.snippets).toHaveLength(2);
    for (const line of row?.snippets ?? []) expect(line.map(({ text }) => text).join('').length).toBeLessThan(220);
    const marked = row?.snippets.flat().filter(({ group }) => group !== null).map(({ text }) => text);
    expect(marked).toContain(query.startsWith('"') ? 'a heron' : 'heron');
    if (query.endsWith('bittern')) expect(marked).toContain('bittern');
  });

  test('has the exact places of the first hits, up to the number that the contract names', async () => {
    const hits = await searcher.highlights(long.id(1), 'herons');
    expect(hits).toHaveLength(maxHighlights);
    expect(new Set(hits.map(({ start, end }) => stem(fold(body.slice(start, end)))))).toEqual(new Set(['heron']));
    expect(hits.every(({ start }, index) => index === 0 || start > (hits[index - 1]?.start ?? Infinity))).toBe(true);
    expect(await searcher.highlights(long.id(1), 'bittern')).toEqual([{ start: body.indexOf('bittern'), end: body.indexOf('bittern') + 7, group: 1 }]);
  });

  test('gives a spelling as it is written', async () => {
    expect((await searcher.suggestions('herno')).map(({ query }) => query)).toContain('heron');
  });

  test('does not hold up a list while its highlights are looked for', async () => {
    const order: string[] = [];
    await searcher.facets('heron');
    await Promise.all([
      ...Array.from({ length: 8 }, () => searcher.highlights(long.id(1), 'heron the water')).map((each) => each.then(() => order.push('highlights'))),
      searcher.facets('heron').then(() => order.push('facets')),
    ]);
    expect(order.at(-1)).toBe('highlights');
  });
});
