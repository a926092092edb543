import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { setSource } from '../../../preload/contract/domains/sets.ts';
import { isAppError } from '../../../main/base/errors.ts';
import { countFacets } from '../../../main/search/facets.ts';
import { highlightsIn } from '../../../main/search/highlights.ts';
import { openSet, rankedSearch, type OpenedSet } from '../../../main/search/open-set.ts';
import { readRows } from '../../../main/search/rows.ts';
import { suggestQueries } from '../../../main/search/suggestions.ts';
import type { SqlValue } from '../../../main/store/reader.ts';
import { conditionOf } from '../../../main/store/tables/document-filter.ts';
import { listFirstsSql } from '../../../main/store/tables/sets.ts';
import { rankDocumentsSql } from '../../../main/store/tables/text-index.ts';
import { createCaseDb, type CaseDb } from '../../support/case-db.ts';

let db: CaseDb;

const office = { name: 'Harbour office', address: 'office@harbour.example' };
const works = { name: 'Works manager Méroul', address: 'works@pumps.example' };

beforeAll(() => {
  db = createCaseDb();
  db.add(
    { path: 'notes/one.txt', body: 'The pump was repaired in March.\nThe valve leaks; the repair of the valve waits.', date: '2024-03-05' },
    { path: 'notes/two.txt', body: 'Valves and seals. No word of the other machine.', date: '2024-01-31T23:59:59Z' },
    { path: 'mail/three.eml', subject: 'Pump house', mail: { from: [office], to: [works], subject: 'Pump house' }, body: 'The inspection is on Monday.', date: '2024-02-01' },
    { path: 'mail/four.eml', mail: { from: [works], to: [], cc: [office], subject: 'Prices' }, body: 'The price of a pump rose. Payment was split in two parts; the rest is divided later.', date: '2023-12-31' },
    { path: 'scans/five.pdf', type: 'pdf', state: 'no-text' },
    { path: 'scans/six.pdf', type: 'pdf', body: 'A pump, a pump and a pump again: AC-4B.', pages: [{ page: 1, start: 0, end: 39 }] },
    { path: 'broken/seven.bin', type: 'other', state: 'quarantined' },
  );
  db.add({ path: 'copies/100%_one.txt', sameAs: 1, date: '2024-03-05' }, { path: 'mail/three.eml!/list.csv', parent: 3, type: 'table', body: 'pump;hours\n4B;33' });
  db.code(1, 'relevant');
  db.code(4, 'deferred');
  db.note(2, 'Ask the works.');
  db.annotate(6, 'Key fact');
});
afterAll(() => db.close());

function search(query: string, more: object = {}): OpenedSet {
  return openSet(db.read, setSource.parse({ kind: 'search', query, ...more }));
}
const numbers = (query: string, more: object = {}): number[] => [...search(query, { order: 'ingested', ...more }).documents];

describe('what a query finds', () => {
  test.each([
    ['pump', [1, 3, 4, 6, 9]],
    ['PUMPS', [1, 3, 4, 6, 9]],
    ['pump valve', [1]],
    ['pump OR valve', [1, 2, 3, 4, 6, 9]],
    ['pump -valve', [3, 4, 6, 9]],
    ['NOT pump', [2, 5, 7]],
    ['NOT (pump OR type:pdf)', [2, 7]],
    ['type:pdf OR (pump date:2024-03)', [1, 5, 6]],
    ['NOT date:2024', [4, 5, 6, 7, 9]],
    ['"repair of the valve"', [1]],
    ['"of repair"', []],
    ['AC-4B', [6]],
    ['rep*', [1]],
    ['split NEAR/3 parts', [4]],
    ['split NEAR/1 divided', []],
    ['price NEAR/20 (divided OR nothing)', [4]],
    ['subject:pump', [3]],
    ['people:office', [3, 4]],
    ['from:office', [3]],
    ['to:office', [4]],
    ['from:office@harbour.example', [3]],
    ['from:meroul', [4]],
    ['from:harb*', [3]],
    ['from:manager to:office price', [4]],
    ['path:scans/', [5, 6]],
    ['path:copies', [1]],
    ['path:100%_', [1]],
    ['path:*.eml', [3, 4, 9]],
    ['path:%', [1]],
    ['date:2024-01', [2]],
    ['date:2024-02..', [1, 3]],
    ['date:..2024-01-31', [2, 4]],
    ['coded:relevant', [1]],
    ['coded:any', [1, 4]],
    ['coded:none pump', [3, 6, 9]],
    ['has:note', [2]],
    ['has:annotation', [6]],
    ['has:attachment', [3]],
    ['label:"key FACT"', [6]],
    ['is:duplicate', [1]],
    ['state:no-text', [5]],
    ['state:quarantined', [7]],
    ['type:table OR NOT type:table', [1, 2, 3, 4, 5, 6, 7, 9]],
  ])('%s', (query, expected) => expect(numbers(query)).toEqual(expected));

  test('coding and types of the source narrow further', () => {
    expect(numbers('pump', { coding: 'uncoded', types: ['pdf', 'table'] })).toEqual([6, 9]);
    expect([...search('pump', { coding: 'relevant' }).documents]).toEqual([1]);
  });

  test('orders', () => {
    expect(numbers('pump', { order: 'newest' })).toEqual([1, 3, 4, 6, 9]);
    expect(numbers('pump', { order: 'oldest' })).toEqual([4, 3, 1, 6, 9]);
    expect(numbers('pump', { order: 'path' })).toEqual([4, 3, 9, 1, 6]);
  });

  test('a hit in the subject outranks one in the body, whichever way the ranking is computed', () => {
    expect([...search('pump -path:scans').documents][0]).toBe(3);
    expect([...search('(pump OR type:image) -path:scans').documents][0]).toBe(3);
    const { documents, scores } = rankedSearch(db.read, 'pump (inspection OR type:pdf)');
    expect([...documents]).toEqual([3, 6]);
    expect(scores[0]).toBeGreaterThan(scores[1] ?? Infinity);
  });

  test('what cannot be ranked comes in the order of numbers', () => expect([...search('type:pdf').documents]).toEqual([5, 6]));

  test('equal matches stand by number, though the later content belongs to the earlier document', () => {
    const own = createCaseDb();
    try {
      own.add({ path: 'one.txt', body: 'one ibis' }, { path: 'two.txt', body: 'one ibis' });
      own.swapContents(1, 2);
      expect([...openSet(own.read, setSource.parse({ kind: 'search', query: 'ibis' })).documents]).toEqual([1, 2]);
    } finally {
      own.close();
    }
  });

  test('says how many could have been found', () => expect(search('pump').searched).toBe(8));

  test('a queue is everything that its coding and types let through', () => {
    const queue = (more: object): number[] => [...openSet(db.read, setSource.parse({ kind: 'queue', coding: 'any', ...more })).documents];
    expect(queue({})).toEqual([1, 2, 3, 4, 5, 6, 7, 9]);
    expect(queue({ coding: 'uncoded', types: ['mail', 'pdf'] })).toEqual([3, 5, 6]);
    expect(queue({ coding: 'deferred', order: 'newest' })).toEqual([4]);
  });

  test('whatever parses also runs', () => {
    const pieces = fc.constantFrom('pump', 'AND', 'OR', 'NOT', '-', 'NEAR/5', '(', ')', '"a b"', '"AND', '"', '*', 'type:pdf', 'date:2024', 'from:office', 'to:"x y"', 'subject:pump', "path:'", 'label:%', 'é', '🚢', '\0', '日本', '{subject}', ':', '^', '+', "';--");
    fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), fc.constantFrom(' ', ''), (all, gap) => {
      try {
        const set = search(all.join(gap));
        expect(readRows(db.read, set, 0, 50)).toHaveLength(Math.min(50, set.documents.length));
        highlightsIn(db.read, db.id(1), all.join(gap));
      } catch (error) {
        if (!isAppError(error, 'search.bad-query')) throw error;
      }
    }), { numRuns: 300 });
  });

  test('the deepest nesting that parses also runs', () => {
    expect(numbers(`${'(valve OR pump ('.repeat(10)}pump${'))'.repeat(10)}`)).toEqual([1, 2, 3, 4, 6, 9]);
    expect(numbers(`${'(type:pdf OR NOT '.repeat(9)}pump${')'.repeat(9)}`)).toEqual([2, 5, 6, 7]);
  });
});

describe('rows', () => {
  test('one turn reads at least one row, and no more than it has time for', () => {
    expect(readRows(db.read, search('pump'), 0, 5, () => true)).toHaveLength(1);
    expect(readRows(db.read, search('pump'), 0, 5, () => false)).toHaveLength(5);
  });

  test('carry what a list shows, and the document that holds the family', () => {
    const [row] = readRows(db.read, search('path:one.txt'), 0, 10);
    expect(row).toMatchObject({ index: 0, document: db.id(1), number: 1, title: 'notes/one.txt', type: 'text', state: 'text', duplicates: 1, verdict: 'relevant', marking: null, annotations: 0, snippets: [] });
    expect(readRows(db.read, search('type:pdf'), 1, 10)).toMatchObject([{ index: 1, number: 6, annotations: 1 }]);
    expect(readRows(db.read, search('has:attachment'), 0, 1)).toMatchObject([{ attachments: 1, title: 'Pump house', date: Date.UTC(2024, 1, 1) }]);
  });

  test('snippets show the hits in their colours', () => {
    const [row] = readRows(db.read, search('split valve* OR payment'), 0, 10);
    expect(row?.number).toBe(4);
    expect(row?.snippets.flat().filter(({ group }) => group !== null)).toEqual([{ text: 'Payment', group: 2 }, { text: 'split', group: 1 }]);
    expect(row?.snippets.flat().map(({ text }) => text).join('')).toContain('price of a pump rose. Payment was split');
  });

  test('a hit in a header alone is shown from the header', () => {
    expect(readRows(db.read, search('subject:pump'), 0, 1)[0]?.snippets).toEqual([[{ text: 'Pump', group: 1 }, { text: ' house', group: null }]]);
    expect(readRows(db.read, search('from:office'), 0, 1)[0]?.snippets.flat()).toContainEqual({ text: 'office', group: 1 });
  });

  test('two lines at most, in the order of the text', () => {
    const [long] = db.add({ path: 'long.txt', body: `${'filler text without it. '.repeat(40)}first heron. ${'more filler here. '.repeat(40)}then a kingfisher. ${'the end. '.repeat(40)}heron` });
    const [row] = readRows(db.read, search('heron kingfisher'), 0, 1);
    expect(row?.number).toBe(long);
    expect(row?.snippets).toHaveLength(2);
    expect(row?.snippets.map((line) => line.find(({ group }) => group !== null)?.text)).toEqual(['heron', 'kingfisher']);
    expect(row?.snippets.every((line) => line[0]?.text.startsWith('…'))).toBe(true);
  });

  test('a very long text is cut before it is brought over', () => {
    const [long] = db.add({ path: 'very-long.txt', body: `${'filler text without it. '.repeat(10_000)}a bittern. ${'more filler. '.repeat(10)}` });
    expect(readRows(db.read, search('bittern'), 0, 1)[0]).toMatchObject({ number: long });
    expect(readRows(db.read, search('bittern'), 0, 1)[0]?.snippets.flat()).toContainEqual({ text: 'bittern', group: 1 });
  });
});

describe('highlights', () => {
  const body = 'The pump was repaired in March.\nThe valve leaks; the repair of the valve waits.';
  const found = (query: string): string[] => highlightsIn(db.read, db.id(1), query).map(({ start, end, group }) => `${body.slice(start, end)} ${group}`);

  test('are the exact spans of each term, with its colour', () => {
    expect(found('repair valve')).toEqual(['repaired 1', 'valve 2', 'repair 1', 'valve 2']);
    expect(found('"the valve" leak*')).toEqual(['The valve 1', 'leaks 2', 'the valve 1']);
    expect(found('repair NEAR/2 valve')).toEqual(['valve 2', 'repair 1', 'valve 2']);
    expect(found('-pump type:pdf')).toEqual([]);
  });

  test('phrases that overlap keep every word marked', () => {
    const marked = highlightsIn(db.read, db.id(1), '"repair of" "of the valve"');
    expect(marked.map(({ start, end }) => body.slice(start, end)).join(' ')).toContain('repair of');
  });

  test('of a duplicate are those of the first', () => expect(highlightsIn(db.read, db.id(8), 'pump')).toEqual([{ start: 4, end: 8, group: 1 }]));

  test('of an unknown document are refused', () => {
    expect(() => highlightsIn(db.read, db.id(4000), 'pump')).toThrow(expect.objectContaining({ code: 'case.unknown-document' }));
  });

  test('are exact in any text', () => {
    const words = fc.constantFrom('heron', 'Herons', 'éclair', '🚢', '日本', ' ', '\n', '.', 'e\u0301', 'ﬁne', '𝒳');
    let made = 0;
    fc.assert(fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), (all) => {
      made += 1;
      const text = all.join(' ').normalize('NFC');
      const [number = 0] = db.add({ path: `random-${made}`, body: text });
      for (const hit of highlightsIn(db.read, db.id(number), 'heron eclair')) expect(text.slice(hit.start, hit.end)).toMatch(hit.group === 1 ? /^herons?$/i : /^éclair$/);
      expect(highlightsIn(db.read, db.id(number), 'heron OR eclair')).toHaveLength(all.filter((word) => /^(herons?|éclair)$/i.test(word)).length);
    }), { numRuns: 40 });
  });
});

describe('facets and suggestions', () => {
  test('facets count over the query alone', () => {
    const { coding, types } = countFacets(db.read, 'pump path:notes OR pump path:scans OR valve');
    expect(coding).toEqual([{ value: 'relevant', count: 1 }, { value: 'not-relevant', count: 0 }, { value: 'deferred', count: 0 }, { value: 'uncoded', count: 2 }]);
    expect(types).toEqual([{ value: 'text', count: 2 }, { value: 'pdf', count: 1 }]);
  });

  test.each([
    ['inspektion', { query: 'inspection', count: 1 }],
    ['pmup house', { query: 'pump house', count: 1 }],
    ['price date:2019', { query: 'price', count: 1, why: 'At any date' }],
    ['price from:office', { query: 'price', count: 1 }],
    ['seals kingfishers inspection', { query: 'seals OR kingfishers OR inspection' }],
    ['"valve repair"', { query: 'valve repair', count: 1 }],
  ])('%s', (query, expected) => expect(suggestQueries(db.read, query)).toContainEqual(expect.objectContaining(expected)));

  test('each suggestion finds what it counts', () => {
    for (const query of ['inspektion date:2019', 'price from:office', 'seals price -divided']) {
      for (const suggestion of suggestQueries(db.read, query)) expect(search(suggestion.query).documents).toHaveLength(suggestion.count);
    }
  });
});

describe('plans', () => {
  function planOf(sql: string, ...values: readonly SqlValue[]): string {
    return db.read.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map((row) => (row as { detail: string }).detail).join('\n');
  }

  test('ranking goes from the index to the first document of each content, without reading other documents', () => {
    const { sql, values } = conditionOf({ kind: 'and', children: [{ kind: 'types', types: ['text'] }, { kind: 'date', from: 0, to: 1 }] });
    expect(planOf(rankDocumentsSql(sql), '"pump"', ...values)).toContain('SEARCH d USING COVERING INDEX documents_by_content (content=? AND duplicate_of=? AND type=?');
    expect(planOf(listFirstsSql, 0)).toContain('USING COVERING INDEX documents_by_content (content>?)');
  });

  test('the queue of what is coded reads the index of verdicts', () => {
    const { sql, values } = conditionOf({ kind: 'coded', verdict: 'relevant' });
    expect(planOf(`SELECT d.document FROM documents d WHERE d.duplicate_of IS NULL AND ${sql} ORDER BY d.document`, ...values)).toContain('USING COVERING INDEX document_state_by_verdict (verdict=?)');
  });

  test('a list in the order of dates is read from its index', () => {
    const plan = planOf('SELECT d.document FROM documents d WHERE d.duplicate_of IS NULL AND TRUE ORDER BY d.date ASC NULLS LAST, d.document');
    expect(plan).toContain('documents_by_date');
  });
});
