/** Plans over sheets against an evaluator of a few lines, and against whoever proposes a bad one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentId } from '../../../../preload/contract/domains/basics.ts';
import { tablePlan, type TableFilter, type TablePlan } from '../../../../preload/contract/domains/exhaustive.ts';
import { checkPlan, readTable, rowDoubts, runTable, type SheetTable } from '../../../../main/chat/tables/index.ts';
import { separatedCells } from '../../../../main/ingest/separated-cells.ts';

const document = '0'.repeat(32) as DocumentId;

function tableOf(csv: string): { readonly body: string; readonly table: SheetTable } {
  const table = readTable('', csv, separatedCells(csv, ','), null);
  if (table === null) throw new Error('the table has no heads');
  return { body: csv, table };
}

type Part = Partial<Pick<TablePlan, 'filters' | 'groupBy' | 'measure' | 'sort' | 'limit'>>;
const planOf = (part: Part): Pick<TablePlan, 'filters' | 'groupBy' | 'measure' | 'sort' | 'limit'> => ({ filters: [], groupBy: null, measure: { kind: 'rows' }, sort: null, limit: null, ...part });
const run = (csv: string, part: Part) => {
  const { body, table } = tableOf(csv);
  return runTable(document, body, table, checkPlan(table, planOf(part)));
};

const ledger = 'voucher,paid on,supplier,gross\nP-1,2024-01-12,Quay Works,"1,200.50"\nP-2,2024-02-02,Lamp & Son,99.50\nP-3,2024-02-09,Quay Works,300.00\nP-4,2024-03-01,Crane Hire,n/a\nP-5,2024-03-05,crane hire,0.10\nTotal,,,1600.10\n';

describe('a small ledger', () => {
  test('its heads, types and rows; the total is no row', () => {
    const { table } = tableOf(ledger);
    expect(table.columns.map(({ name, letter, type }) => `${letter} ${name} ${type}`)).toEqual(['A voucher text', 'B paid on date', 'C supplier text', 'D gross number']);
    expect(table.rows).toHaveLength(5);
    expect(table.leftOut).toEqual(['Row 7 is a total and is left out.']);
  });

  test('a sum is exact, and names the cell that holds no number', () => {
    expect(run(ledger, { measure: { kind: 'sum', column: 'gross' } })).toMatchObject({ figure: '1,600.10', total: 4 });
    expect(run(ledger, { measure: { kind: 'sum', column: 'gross' } }).notes.join(' ')).toContain('1 cell holds no number and is left out: D5.');
  });

  test('rows are found by text in any case, by number, by date, and cited by their cells', () => {
    const found = run(ledger, { filters: [{ column: 'Supplier', is: '=', value: 'CRANE HIRE' }] });
    expect(found.items.map(({ cells }) => cells?.[1]?.text)).toEqual(['P-4', 'P-5']);
    expect(found.items[1]?.cells?.map(({ name }) => name)).toEqual(['C6', 'A6', 'B6', 'D6']);
    for (const { start, end, quote, cells = [] } of found.items) {
      expect(ledger.slice(start ?? 0, end ?? 0)).toBe(quote);
      for (const cell of cells) expect(cell.start === null ? '' : ledger.slice(cell.start, cell.end ?? 0)).toBe(cell.text);
    }
    expect(run(ledger, { filters: [{ column: 'gross', is: '>', value: '1,000' }] }).total).toBe(1);
    expect(run(ledger, { filters: [{ column: 'paid on', is: '=', value: '2024-02' }] }).total).toBe(2);
    expect(run(ledger, { filters: [{ column: 'paid on', is: '>=', value: '2024-02-09' }] }).total).toBe(3);
  });

  test('groups have their rows counted and their figure, and can be ordered by it', () => {
    const found = run(ledger, { groupBy: 'supplier', measure: { kind: 'sum', column: 'gross' }, sort: { column: 'gross', isDescending: true } });
    expect(found.items.map(({ cells }) => cells?.map(({ text }) => text).join('|'))).toEqual(['Quay Works|2|1,500.50', 'Lamp & Son|1|99.50', 'Crane Hire|2|0.10']);
  });

  test('greatest and least name the rows that have it; the average is rounded', () => {
    expect(run(ledger, { measure: { kind: 'max', column: 'gross' } })).toMatchObject({ figure: '1,200.50', items: [{ cells: [{ text: '1,200.50' }, { text: 'P-1' }, {}, {}] }] });
    expect(run(ledger, { measure: { kind: 'min', column: 'paid on' } })).toMatchObject({ figure: '2024-01-12' });
    expect(run(ledger, { measure: { kind: 'avg', column: 'gross' } }).figure).toBe('400.0250');
  });

  test('amounts in different currencies are never put together', () => {
    expect(() => run('item,price\na,10 EUR\nb,20 USD\nc,5 EUR\n', { measure: { kind: 'sum', column: 'price' } })).toThrow(expect.objectContaining({ code: 'case.bad-plan' }));
    expect(run('item,price\na,10 EUR\nb,20 EUR\nc,5 EUR\n', { measure: { kind: 'sum', column: 'price' } }).figure).toBe('35 EUR');
  });
});

/** The sum of the last column, and what is in doubt of it. */
function summed(csv: string): { readonly figure: string | null; readonly doubts: number } {
  const { body, table } = tableOf(csv);
  const plan = checkPlan(table, planOf({ measure: { kind: 'sum', column: table.columns.at(-1)?.name ?? '' } }));
  return { figure: runTable(document, body, table, plan).figure, doubts: rowDoubts(table, plan).length };
}

describe('a total is known by its whole label and its figure', () => {
  test.each<[string, string, string, number]>([
    ['texts that begin like one are rows', 'item,cost\nTotal station hire,100\nPumps,650\nSum paid on account,75\n', '825', 0],
    ['a firm is a row', 'firm,paid\nQuay Works,35\nTotal Energies,900\n', '935', 0],
    ['a label with its sum is none, in any writing', 'item,cost\na,10\nb,20\nGrand Total:,30\n', '30', 0],
    ['a label in another language', 'item,cost\na,10\nb,20\nSumme,30\n', '30', 0],
    ['totals of parts and of the whole', 'item,cost\na,10\nb,20\nSub-total,30\nc,5\nd,6\nSubtotal,11\nGrand total,41\n', '41', 0],
    ['a total of one part, known by its sum', 'item,cost\na,10\nb,20\nQuay Works total,30\nc,5\n', '35', 0],
    ['a sum that nothing names', 'item,day,cost\na,2024-01-01,10\nb,2024-01-02,20\n,,30\n', '30', 0],
    ['a label whose figure is no sum is left out, and in doubt', 'item,cost\na,10\nb,20\nTotal,99\n', '30', 1],
    ['a part total whose figure is no sum is a row, and in doubt', 'item,cost\na,10\nb,20\nTotal for March,99\n', '129', 1],
    ['an opening balance is in doubt', 'item,note,cost\nOpening balance,,500\na,x,10\nb,y,20\n', '30', 1],
    ['a label beside other keys is a row, and in doubt', 'item,town,cost\na,Lowfen,10\nSum,Quern,20\nc,Lowfen,5\n', '35', 1],
    ['a lone figure that is no sum is left out, and in doubt', 'item,town,cost\na,Lowfen,10\nb,Quern,20\n,,7\n', '30', 1],
    ['a note under the table has no figure to leave out', 'item,town,cost\na,Lowfen,10\nb,Quern,20\nSource: the ledger,,\n', '30', 0],
  ])('%s', (_name, csv, figure, doubts) => {
    expect(summed(csv)).toEqual({ figure, doubts });
  });

  test('a row that may be none is a doubt of a count, named with its row, unless a condition shuts it out', () => {
    const { table } = tableOf('item,town,cost\na,Lowfen,10\nb,Quern,20\nSource: the ledger,,\n');
    expect(rowDoubts(table, checkPlan(table, planOf({ measure: { kind: 'count' } })))).toEqual(['Row 4 fills one cell only and is left out.']);
    expect(rowDoubts(table, checkPlan(table, planOf({ measure: { kind: 'count' }, filters: [{ column: 'town', is: '=', value: 'Quern' }] })))).toEqual([]);
  });
});

test('a sheet that may have no heads, and a sum of percentages, are in doubt', () => {
  const counted = (csv: string): string[] => {
    const { table } = tableOf(csv);
    return rowDoubts(table, checkPlan(table, planOf({ measure: { kind: 'count' } })));
  };
  expect(counted('Alpha,Lowfen,open\nBeta,Quern,closed\nGamma,Lowfen,open\nDelta,Tarn,open\n')).toEqual(['Row 1 is taken for the names of the columns and may be a row: what it says in column B, C stands below it too.']);
  expect(counted('ship,town,state\nBeta,Quern,closed\nGamma,Lowfen,open\n')).toEqual([]);
  const levels = 'part,level\na,40%\nb,50%\n';
  expect(summed(levels)).toEqual({ figure: '90%', doubts: 1 });
  const { table } = tableOf(levels);
  expect(rowDoubts(table, checkPlan(table, planOf({ measure: { kind: 'avg', column: 'level' } })))).toEqual([]);
});

test('a bare number compared with several currencies is in doubt', () => {
  const { table } = tableOf('item,price\na,10 EUR\nb,20 USD\n');
  const doubtsOf = (value: string): number => rowDoubts(table, checkPlan(table, planOf({ measure: { kind: 'count' }, filters: [{ column: 'price', is: '>', value }] }))).length;
  expect([doubtsOf('6'), doubtsOf('6 USD')]).toEqual([1, 0]);
});

test('an empty cell is different from a value, and that is said', () => {
  const flags = 'ship,paid\nCorran,yes\nQuern,no\nTarn,\nFell,\n';
  const found = run(flags, { filters: [{ column: 'paid', is: '!=', value: 'yes' }], measure: { kind: 'count' } });
  expect(found).toMatchObject({ figure: '3', notes: ['2 rows have an empty cell in column B: they count as different.'] });
  expect(run(flags, { filters: [{ column: 'paid', is: '=', value: 'yes' }], measure: { kind: 'count' } })).toMatchObject({ figure: '1', notes: [] });
});

const names = ['ann', 'Bo', 'cy'] as const;
const rowArbitrary = fc.record({ name: fc.constantFrom(...names, ''), cents: fc.option(fc.integer({ min: -99_999, max: 99_999 })), day: fc.integer({ min: 1, max: 28 }) });
const written = (cents: number): string => `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

test('filters, counts, sums, groups and orders agree with reading the rows one by one', () => {
  fc.assert(fc.property(fc.array(rowArbitrary, { minLength: 4, maxLength: 25 }), fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom<TableFilter['is']>('=', '!=', '<', '<=', '>', '>='), fc.boolean(), (rows, bound, is, isDescending) => {
    // Enough numbers that the column is one of numbers.
    const all = [...rows.map(({ cents, ...row }) => ({ ...row, cents })), ...names.map((name, at) => ({ name, cents: 1000 + at, day: 3 })), ...Array.from({ length: 5 * rows.filter(({ cents }) => cents === null).length }, () => ({ name: 'Bo', cents: 7, day: 4 }))];
    const csv = `name,amount,day\n${all.map(({ name, cents, day }) => `${name},${cents === null ? '' : written(cents)},2024-03-${String(day).padStart(2, '0')}`).join('\n')}\n`;
    const test_ = (cents: number): boolean => ({ '=': cents === bound, '!=': cents !== bound, '<': cents < bound, '<=': cents <= bound, '>': cents > bound, '>=': cents >= bound, 'contains': false, 'empty': false, 'not-empty': false })[is];
    // An empty amount is different from any; a row with a day alone is none.
    const passing = all.filter(({ name, cents }) => (cents === null ? is === '!=' && name !== '' : test_(cents)));
    const filters: TableFilter[] = [{ column: 'amount', is, value: written(bound) }];
    expect(run(csv, { filters, measure: { kind: 'count' } })).toMatchObject({ total: passing.length, figure: passing.length.toLocaleString('en-US') });
    const sum = passing.reduce((so, { cents }) => so + (cents ?? 0), 0);
    expect(run(csv, { filters, measure: { kind: 'sum', column: 'amount' } }).figure?.replaceAll(',', '') ?? null).toBe(passing.every(({ cents }) => cents === null) ? null : written(sum));
    const groups = new Map<string, number>();
    for (const { name } of passing) groups.set(name.toLowerCase(), (groups.get(name.toLowerCase()) ?? 0) + 1);
    const found = run(csv, { filters, groupBy: 'name', measure: { kind: 'count' } });
    expect(Object.fromEntries(found.items.map(({ cells = [], mentions }) => [cells[0]?.text.toLowerCase() ?? '', mentions]))).toEqual(Object.fromEntries(groups));
    const sorted = run(csv, { filters, sort: { column: 'amount', isDescending } }).items.filter(({ cells = [] }) => cells[0]?.text !== '').map(({ cells = [] }) => Math.round(Number(cells[0]?.text) * 100));
    expect(sorted).toEqual(passing.flatMap(({ cents }) => (cents === null ? [] : [cents])).sort((a, b) => (isDescending ? b - a : a - b)));
  }), { numRuns: 60 });
});

describe('a plan that a model or a script made up', () => {
  test.each<[string, Part]>([
    ['a column that is not there', { filters: [{ column: 'password', is: '=', value: 'x' }] }],
    ['a sum of texts', { measure: { kind: 'sum', column: 'supplier' } }],
    ['a sum of a column that is not there', { measure: { kind: 'sum', column: '__proto__' } }],
    ['groups without a figure', { groupBy: 'supplier', measure: { kind: 'rows' } }],
    ['groups by nothing', { groupBy: 'constructor', measure: { kind: 'count' } }],
    ['texts compared by size', { filters: [{ column: 'supplier', is: '>', value: 'a' }] }],
    ['a number compared with a word', { filters: [{ column: 'gross', is: '>', value: 'process.exit(1)' }] }],
    ['a date compared with a word', { filters: [{ column: 'paid on', is: '<', value: 'yesterday' }] }],
    ['an order by a column that groups do not have', { groupBy: 'supplier', measure: { kind: 'count' }, sort: { column: 'voucher', isDescending: false } }],
    ['looking for nothing', { filters: [{ column: 'supplier', is: 'contains', value: ' ' }] }],
  ])('%s is refused, without a word of the sheet', (_name, part) => {
    const { table } = tableOf(ledger);
    const failed = (() => {
      try {
        checkPlan(table, planOf(part));
        return null;
      } catch (error) {
        return error as Error & { code: string };
      }
    })();
    expect(failed?.code).toBe('case.bad-plan');
    expect(failed?.message).not.toMatch(/password|supplier|gross|process|Quay/);
  });

  test.each<[string, object]>([
    ['a huge limit', { limit: 1e9 }], ['a limit below one', { limit: 0 }], ['a limit that is code', { limit: '1; DROP TABLE' }], ['a measure that is none', { measure: { kind: 'eval', column: 'gross' } }],
    ['more than was asked for', { sql: 'SELECT *' }], ['too many filters', { filters: Array.from({ length: 21 }, () => ({ column: 'a', is: '=', value: 'b' })) }], ['a filter that is none', { filters: [{ column: 'a', is: 'matches', value: '(a+)+$' }] }], ['a row before the first', { headRow: 0 }],
  ])('%s does not pass the schema', (_name, change) => {
    const whole = { kind: 'table', document, sheet: 1, headRow: 1, ...planOf({}) };
    expect(tablePlan.safeParse(whole).success).toBe(true);
    expect(tablePlan.safeParse({ ...whole, ...change }).success).toBe(false);
  });
});

test('a text that looks like code in a cell is a text', () => {
  const csv = 'name,note\n=1+1,"a""b"\n@SUM(A1),x\n';
  const { body, table } = tableOf(csv);
  const found = runTable(document, body, table, checkPlan(table, planOf({ filters: [{ column: 'note', is: '=', value: 'a"b' }] })));
  expect(found.items.map(({ cells }) => cells?.map(({ text }) => text))).toEqual([['a""b', '=1+1']]);
});
