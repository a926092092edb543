import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../main/base/errors.ts';
import { compileQuery } from '../../../main/search/query/compile.ts';
import { joined, negated, type NearTerm, type QueryNode } from '../../../main/search/query/ast.ts';
import { filterOf } from '../../../main/search/query/fields.ts';
import { parseQuery } from '../../../main/search/query/parser.ts';
import { printQuery } from '../../../main/search/query/print.ts';
import { readParts } from '../../../main/search/query/read-parts.ts';

function faultOf(query: string): { at: unknown; message: string } | null {
  try {
    parseQuery(query);
    return null;
  } catch (error) {
    if (!isAppError(error, 'search.bad-query')) throw error;
    return { at: error.data['at'], message: error.message };
  }
}

const canonical = (query: string): string => printQuery(parseQuery(query));
const matchOf = (query: string): unknown => compileQuery(parseQuery(query), () => []).filter;

describe('the language', () => {
  test.each([
    ['pump repair', 'pump repair'],
    ['pump AND repair', 'pump repair'],
    ['a b OR c', 'a b OR c'],
    ['a (b OR c)', 'a (b OR c)'],
    ['a AND NOT (b c)', 'a NOT (b c)'],
    ['-repair pump', 'NOT repair pump'],
    ['pump -"old repair"', 'pump NOT "old repair"'],
    ['NOT NOT a', 'a'],
    ['((a))', 'a'],
    ['(a b) c', 'a b c'],
    ['pay* NEAR/5 (split OR divided)', 'pay* NEAR/5 (split OR divided)'],
    ['a NEAR/3 b OR c', 'a NEAR/3 b OR c'],
    ['“curly phrase”', '"curly phrase"'],
    ['pump, (valve!)', 'pump valve'],
    ['pump & valve – seal', 'pump valve seal'],
    ['well-known AC-4B', 'well-known AC-4B'],
    ['"AND" "NOT"', '"AND" "NOT"'],
    ['and or not near', 'and or not near'],
    ['Type:PDF', 'type:pdf'],
    ['type:web-page', 'type:web'],
    ['date:2024-3-5', 'date:2024-03-05'],
    ['date:..2024-03', 'date:..2024-03'],
    ['path:"a folder/b"', 'path:"a folder/b"'],
    ['subject:"pump house" people:office*', 'subject:"pump house" people:office*'],
    ['from:office to:"works manager"', 'from:office to:"works manager"'],
    ['16:00 https://works.example/a', '16:00 https://works.example/a'],
    ['http://x mailto:a@b C:\\a std::a 12:30 Re: a', 'http://x mailto:a@b C:\\a std::a 12:30 Re a'],
    ['"foo:bar"', '"foo:bar"'],
    ['a\0b', 'a b'],
  ])('%j is read as %j', (query, expected) => expect(canonical(query)).toBe(expected));

  test.each([
    ['', 0, 'Write a word to look for'],
    ['– 🚢', 0, 'Write a word to look for'],
    ['a OR', 4, 'OR needs something after it'],
    ['OR a', 0, 'OR needs something before it'],
    ['a AND AND b', 6, 'AND needs something after it'],
    ['a NEAR b', 6, 'NEAR needs a number: NEAR/5'],
    ['a NEAR/x b', 7, 'NEAR needs a number: NEAR/5'],
    ['a NEAR/0 b', 7, 'NEAR reaches from 1 to 100 words'],
    ['a NEAR/5', 8, 'NEAR needs a word after it'],
    ['NEAR/5 a', 0, 'NEAR needs a word before it'],
    ['type:pdf NEAR/5 a', 9, 'NEAR joins words, phrases, or alternatives in parentheses: (a OR b) NEAR/5 c'],
    ['"unclosed', 9, 'The phrase has no closing quote'],
    ['(a', 2, 'A parenthesis is not closed'],
    ['a)', 1, 'This parenthesis was never opened'],
    ['()', 0, 'These parentheses are empty'],
    ['pu*mp', 2, '* stands at the end of a word: pump*'],
    ['*', 0, '* stands at the end of a word: pump*'],
    ['a type:xls', 7, 'type: takes pdf, mail, word, table, web, text, markdown, image or other'],
    ['a (foo:bar)', 3, 'There is no field foo. The fields are from, to, people, subject, type, date, path, coded, has, is, state, label, author, lang, pages, size, created, modified, dated, near, thread, inclusive; between quotes it is looked for as words'],
    ['note:"a b"', 0, 'There is no field note. The fields are from, to, people, subject, type, date, path, coded, has, is, state, label, author, lang, pages, size, created, modified, dated, near, thread, inclusive; between quotes it is looked for as words'],
    ['-Sender:a*', 1, 'There is no field sender. The fields are from, to, people, subject, type, date, path, coded, has, is, state, label, author, lang, pages, size, created, modified, dated, near, thread, inclusive; between quotes it is looked for as words'],
    ['size:big', 5, 'size: takes a number of bytes with kb, mb or gb, or from one to another: 10kb, >2mb, 1mb..5mb'],
    ['pages:2kb', 6, 'pages: takes a number, or from one to another: 3, >10, 2..5'],
    ['lang:english', 5, 'lang: takes the two letters of a language: en, de, ru, ar, zh'],
    ['from:', 5, 'from: needs a value right after it'],
    ['date:2024-13', 5, 'A date is a year, a month, a day, or from one to another: 2024, 2024-03, 2024-03-05, 2024-01..2024-06'],
    ['date:2024-02-30', 5, 'A date is a year, a month, a day, or from one to another: 2024, 2024-03, 2024-03-05, 2024-01..2024-06'],
    ['NOT', 3, 'NOT needs something after it'],
  ])('%j is refused at %i', (query, at, message) => expect(faultOf(query)).toEqual({ at, message }));

  test('nesting and length have a limit instead of an end of the stack', () => {
    expect(faultOf(`${'('.repeat(2000)}a`)?.message).toContain('levels');
    expect(faultOf('NOT '.repeat(1000))?.message).toMatch(/levels|after it/);
    expect(faultOf('a '.repeat(2000))?.message).toContain('at most');
  });

  test('dates are whole days in UTC, ends included', () => {
    expect(filterOf('date', '2024-02', 0).filter).toEqual({ kind: 'date', from: Date.UTC(2024, 1, 1), to: Date.UTC(2024, 2, 1) });
    expect(filterOf('date', '2024-01..2024-02-29', 0).filter).toEqual({ kind: 'date', from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 2, 1) });
    expect(filterOf('date', '2024..', 0).filter).toEqual({ kind: 'date', from: Date.UTC(2024, 0, 1), to: null });
  });
});

describe('compiling', () => {
  test('words that belong together become one expression', () => {
    expect(matchOf('pump (valve OR seal) -leak')).toEqual({ kind: 'text', match: '(("pump" AND ("valve" OR "seal")) NOT "leak")' });
  });

  test('filters stay beside the words', () => {
    expect(matchOf('pump type:pdf')).toEqual({ kind: 'and', children: [{ kind: 'text', match: '"pump"' }, { kind: 'types', types: ['pdf'] }] });
  });

  test('what is only unwanted is a condition, for FTS5 cannot take away from everything', () => {
    expect(matchOf('NOT pump')).toEqual({ kind: 'not', child: { kind: 'text', match: '"pump"' } });
    expect(matchOf('NOT pump NOT type:pdf')).toMatchObject({ kind: 'and', children: [{ kind: 'not' }, { kind: 'not' }] });
  });

  test('NEAR with alternatives is each pair', () => {
    expect(matchOf('(a OR b) NEAR/5 c*')).toEqual({ kind: 'text', match: '(NEAR("a" "c" *, 5) OR NEAR("b" "c" *, 5))' });
  });

  test('only wanted words rank', () => {
    expect(compileQuery(parseQuery('a OR (b type:pdf) OR NOT c'), () => []).ranked).toEqual(['"a"', '"b"']);
  });
});

describe('reading aloud', () => {
  test('each top-level term has its colour, both sides of NEAR their own, NOT none', () => {
    const { parts, terms } = readParts(parseQuery('pay* NEAR/5 (split OR divided) -cheque (one OR two) type:pdf'));
    expect(parts.map(({ kind, text, group }) => `${kind} ${text} ${group ?? '-'}`)).toEqual([
      'prefix pay 1', 'near NEAR/5 -', 'open ( -', 'term split 2', 'or OR -', 'term divided 2', 'close ) -',
      'and AND -', 'not NOT -', 'term cheque -', 'and AND -', 'open ( -', 'term one 3', 'or OR -', 'term two 3', 'close ) -', 'and AND -', 'field pdf -',
    ]);
    expect(terms.map(({ group }) => group)).toEqual([1, 2, 2, 3, 3]);
  });

  test('a field is named', () => {
    expect(readParts(parseQuery('from:office subject:"pump house"')).parts.map(({ kind, field }) => [kind, field])).toEqual([['term', 'from'], ['and', null], ['phrase', 'subject']]);
  });
});

const spelled = fc.constantFrom('pump', 'Zoë', 'AC-4B', 'https://x.example', 'a', '7', '日本', 'and', 'near');
const quotedText = fc.constantFrom('AND', 'NEAR/5', 'type:pdf', 'two words', 'a (b) * c', 'naïve: "x'.replace('"', ''));
const term = fc.oneof(
  fc.record({ kind: fc.constant('word' as const), text: spelled, prefix: fc.boolean(), field: fc.constant(null) }),
  fc.record({ kind: fc.constant('phrase' as const), text: quotedText, field: fc.constant(null) }),
);
const field = fc.constantFrom('subject' as const, 'people' as const);
const filter = fc.constantFrom(...(['type:mail', 'date:2024', 'date:2024-01..', 'date:..2024-03-05', 'coded:none', 'has:note', 'is:duplicate', 'state:no-text', 'path:a/b', 'path:"a b"', 'label:Key'].map((text): QueryNode => parseQuery(text))));
const terms = fc.array(term, { minLength: 1, maxLength: 3 });
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  term,
  fc.tuple(term, field).map(([node, name]): QueryNode => ({ ...node, field: name })),
  fc.record({ kind: fc.constant('near' as const), left: terms, right: terms, distance: fc.integer({ min: 1, max: 100 }) }),
  fc.tuple(fc.constantFrom('from' as const, 'to' as const), term).map(([role, node]): QueryNode => ({ kind: 'address', role, term: node satisfies NearTerm })),
  filter,
);
const { tree } = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, leaf, tie('tree').map(negated), fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 4 })).map(([kind, nodes]) => joined(kind, nodes)).filter((node) => node !== null)),
}));

describe('properties', () => {
  test('what is printed is parsed to the same tree', () => {
    fc.assert(fc.property(tree, (node) => { expect(parseQuery(printQuery(node))).toEqual(node); }), { numRuns: 500 });
  });

  const pieces = fc.constantFrom('AND', 'OR', 'NOT', 'NEAR/5', 'NEAR', '(', ')', '"', '“', '-', '*', ':', 'type:', 'date:', 'from:', 'subject:', 'path:', 'pdf', 'pump', ' ', ' ', ' ', '\0', '🚢', '\uD83D', '\uFDD0', 'é', ',', '2024', '..');
  const noise = fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 25 }).map((all) => all.join('')));

  test('any text parses or is refused with a place inside it; printing is a fixed point', () => {
    fc.assert(fc.property(noise, (query) => {
      const fault = faultOf(query);
      if (fault !== null) {
        expect(fault.at).toBeGreaterThanOrEqual(0);
        expect(fault.at).toBeLessThanOrEqual(query.length);
        return;
      }
      const node = parseQuery(query);
      expect(parseQuery(printQuery(node))).toEqual(node);
    }), { numRuns: 2000 });
  });
});
