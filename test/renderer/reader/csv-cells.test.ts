import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimiterOf, tableRowsOf } from '../../../renderer/lib/reader/csv-cells.ts';

const valuesOf = (text: string, delimiter = ',', base = 0): readonly (readonly string[])[] =>
  tableRowsOf(text, base, delimiter, true).rows.map((row) => row.cells.map((cell) => cell.leaves.map((leaf) => text.slice(leaf.start - base, leaf.end - base)).join('')));

describe('tableRowsOf', () => {
  test('reads plain cells, empty ones among them', () => {
    expect(valuesOf('a,b,c\n1,,3\n')).toEqual([['a', 'b', 'c'], ['1', '', '3']]);
  });

  test('reads quoted cells with delimiters, line breaks and doubled marks', () => {
    expect(valuesOf('"a, b","c ""d"" e","f\ng"\n1,2,3')).toEqual([['a, b', 'c "d" e', 'f\ng'], ['1', '2', '3']]);
  });

  test('leaves a carriage return before the line feed out', () => {
    expect(valuesOf('a,b\r\n1,2\r\n')).toEqual([['a', 'b'], ['1', '2']]);
  });

  test('keeps what follows a closing mark and what never closes', () => {
    expect(valuesOf('"a"x,b\n"open')).toEqual([['ax', 'b'], ['open']]);
  });

  test('counts offsets from the base of its window', () => {
    expect(tableRowsOf('a,b', 70, ',', true).rows[0]?.cells[1]?.leaves).toEqual([{ start: 72, end: 73 }]);
  });

  test('leaves a record without its line break to the next window', () => {
    const text = 'a,b\n1,"2';
    const { rows, rest } = tableRowsOf(text, 0, ',', false);
    expect(rows).toHaveLength(1);
    expect(text.slice(rest)).toBe('1,"2');
  });

  test('reads back whatever was written with every cell quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é') });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect(valuesOf(text)).toEqual(rows);
    }));
  });
});

describe('delimiterOf', () => {
  test('finds the delimiter that splits every line alike', () => {
    expect(delimiterOf('a;b;c\n1,5;2;3\n')).toBe(';');
    expect(delimiterOf('a\tb\n1\t2')).toBe('\t');
  });

  test('answers null where nothing splits', () => {
    expect(delimiterOf('only words here\nand here')).toBeNull();
  });
});
