/** Numbers and dates of cells, and decimals that are exact. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daySpan, orderOf, readDay } from '../../../../main/chat/tables/date-cells.ts';
import { add, compare, divide, format } from '../../../../main/chat/tables/decimal.ts';
import { readNumber, styleOf } from '../../../../main/chat/tables/number-cells.ts';

const shown = (text: string, column: readonly string[] = [text]): string | null => {
  const style = styleOf(column);
  const read = style === null ? null : readNumber(text, style);
  return read === null ? null : `${format(read.value)}${read.unit === '' ? '' : ` ${read.unit}`}`;
};

describe('numbers', () => {
  test.each([
    ['1234', '1,234'], ['1,234.50', '1,234.50'], ['1.234,50', '1,234.50'], ['1.234.567', '1,234,567'], ['31 200 €', '31,200 EUR'], ['31\u00A0200,5 EUR', '31,200.5 EUR'], ['€ 12', '12 EUR'], ['$1,000', '1,000 USD'], ['US$5', '5 USD'], ['(1,200.00)', '-1,200.00'],
    ['-7', '-7'], ['−7', '-7'], ['£-7.10', '-7.10 GBP'], ['12%', '12 %'], ['0.125', '0.125'], ['0,125', '0.125'], ['.5', '0.5'], ['1’234.00', '1,234.00'], ['9', '9'],
  ])('%s is %s', (text, value) => {
    expect(shown(text)).toBe(value);
  });

  test.each(['', 'n/a', 'PV-2140', '12.3.4,5', '1,23,456', '4B', '2024-03-05', '1 2 3', 'Box 12', '12 13', '(5', '--5', '1e5', '0x10'])('%s is none', (text) => {
    expect(shown(text)).toBeNull();
  });

  test('the cells of a column decide together how its numbers are written', () => {
    expect(styleOf(['1.234', '2,5'])).toMatchObject({ decimal: ',' });
    expect(shown('1.234', ['1.234', '2,5'])).toBe('1,234');
    expect(shown('1.234', ['1.234', '2.5'])).toBe('1.234');
    expect(styleOf(['1.234', '5.678'])).toEqual({ decimal: '.', isUnclear: true });
    expect(styleOf(['1.5', '1,5'])).toBeNull();
  });
});

describe('dates', () => {
  const iso = (text: string, column: readonly string[] = [text]): string | null => {
    const day = readDay(text, orderOf(column));
    return day === null ? null : new Date(day).toISOString().slice(0, 10);
  };

  test.each([
    ['2024-03-05', '2024-03-05'], ['2024-03-05 09:41', '2024-03-05'], ['2024-03-05T09:41:00Z', '2024-03-05'], ['13/02/2024', '2024-02-13'], ['02/13/2024', '2024-02-13'], ['5.3.2024', '2024-03-05'], ['5 March 2024', '2024-03-05'], ['05-Mar-24', '2024-03-05'], ['Mar 5, 2024', '2024-03-05'], ['03/03/2024', '2024-03-03'],
  ])('%s is %s', (text, day) => {
    expect(iso(text)).toBe(day);
  });

  test('what could be March or April is neither, unless another cell of the column decides', () => {
    expect(iso('03/04/2024')).toBeNull();
    expect(iso('03/04/2024', ['03/04/2024', '25/04/2024'])).toBe('2024-04-03');
    expect(iso('03/04/2024', ['03/04/2024', '04/25/2024'])).toBe('2024-03-04');
    expect(iso('03/04/2024', ['25/04/2024', '04/25/2024'])).toBeNull();
  });

  test.each(['31/02/2024', '2024-13-01', '45', 'March', '2024', '1/2'])('%s is none', (text) => {
    expect(iso(text)).toBeNull();
  });

  test('a span ends where the next begins', () => {
    expect(daySpan('2024-02')).toEqual({ from: Date.UTC(2024, 1, 1), to: Date.UTC(2024, 2, 1) });
    expect(daySpan('2024')).toEqual({ from: Date.UTC(2024, 0, 1), to: Date.UTC(2025, 0, 1) });
    expect(daySpan('2024-02-30')).toBeNull();
    expect(daySpan('soon')).toBeNull();
  });
});

const decimal = fc.record({ units: fc.bigInt(-(10n ** 15n), 10n ** 15n), scale: fc.integer({ min: 0, max: 6 }) });

test('sums are exact, in any order, and what is written is read again', () => {
  fc.assert(fc.property(fc.array(decimal, { minLength: 1, maxLength: 20 }), (values) => {
    const sum = values.reduce(add);
    expect(compare(values.toReversed().reduce(add), sum)).toBe(0);
    const scaled = values.reduce((so, { units, scale }) => so + units * 10n ** BigInt(6 - scale), 0n);
    expect(sum.units * 10n ** BigInt(6 - sum.scale)).toBe(scaled);
    const again = readNumber(format(sum), { decimal: '.', isUnclear: false });
    expect(again === null ? null : compare(again.value, sum)).toBe(0);
  }));
  expect(format([0.1, 0.2].map((value) => ({ units: BigInt(value * 10), scale: 1 })).reduce(add))).toBe('0.3');
});

test('an average is rounded half away from zero', () => {
  expect(format(divide({ units: 10n, scale: 0 }, 3, 2))).toBe('3.33');
  expect(format(divide({ units: 20n, scale: 0 }, 3, 2))).toBe('6.67');
  expect(format(divide({ units: -5n, scale: 1 }, 2, 1))).toBe('-0.3');
  expect(format(divide({ units: 1000n, scale: 2 }, 4, 2))).toBe('2.50');
});
