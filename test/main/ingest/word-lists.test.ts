import { expect, test } from 'vitest';
import { labelled, listLabels, type TextPiece } from '../../../main/ingest/word-lists.ts';

interface Paragraph {
  readonly text: string;
  /** Counted from 1; 0 for none. */
  readonly list: number;
  readonly level: number;
}

/** A level ([MS-DOC] 2.9.148): what it starts at, its form of numbers, its text with characters below 9 for the numbers of levels. */
function level(startAt: number, format: number, text: string): Buffer {
  const head = Buffer.alloc(30);
  head.writeInt32LE(startAt, 0);
  head.writeUInt8(format, 4);
  head.writeUInt16LE(text.length, 28);
  return Buffer.concat([head, Buffer.from(text, 'utf16le')]);
}

/** The streams of a document whose paragraphs are in one list, and of a second entry that starts that list at 5. */
function made(paragraphs: readonly Paragraph[], levels: readonly Buffer[]): { readonly main: Buffer; readonly table: Buffer; readonly text: string; readonly pieces: readonly TextPiece[] } {
  const text = paragraphs.map((paragraph) => `${paragraph.text}\r`).join('');
  const main = Buffer.alloc(0x800);
  main.write(text, 0x400, 'latin1');
  const page = main.subarray(0x600, 0x800);
  page.writeUInt8(paragraphs.length, 511);
  let at = 0;
  for (const [index, { text: own, list, level: depth }] of paragraphs.entries()) {
    page.writeUInt32LE(0x400 + at, index * 4);
    at += own.length + 1;
    page.writeUInt32LE(0x400 + at, index * 4 + 4);
    const words = 220 - index * 6;
    page.writeUInt8(words, (paragraphs.length + 1) * 4 + index * 13);
    // Five words less one byte: a style, the list, the level.
    Buffer.from([5, 0, 0, 0x0b, 0x46, list, 0, 0x0a, 0x26, depth]).copy(page, words * 2);
  }
  const lists = Buffer.alloc(30);
  lists.writeUInt16LE(1, 0);
  lists.writeInt32LE(77, 2);
  const all = [...levels, ...Array.from({ length: 9 - levels.length }, () => level(1, 255, ''))];
  const overrides = Buffer.alloc(4 + 32 + 4 + 4 + 8);
  overrides.writeUInt32LE(2, 0);
  overrides.writeInt32LE(77, 4);
  overrides.writeInt32LE(77, 20);
  overrides.writeUInt8(1, 32);
  overrides.writeInt32LE(5, 44);
  overrides.writeUInt32LE(0x10, 48);
  const bins = Buffer.alloc(12);
  [0x400, 0x400 + text.length, 3].forEach((value, index) => bins.writeUInt32LE(value, index * 4));
  const parts = [lists, ...all, overrides, bins];
  const table = Buffer.concat(parts);
  const named = (place: number, from: number, length: number): void => {
    main.writeUInt32LE(from, place);
    main.writeUInt32LE(length, place + 4);
  };
  named(0x2e2, 0, lists.length);
  named(0x2ea, table.length - bins.length - overrides.length, overrides.length);
  named(0x102, table.length - bins.length, bins.length);
  return { main, table, text, pieces: [{ start: 0, end: text.length, place: 0x400, width: 1 }] };
}

const shown = ({ main, table, text, pieces }: ReturnType<typeof made>): string => labelled(text, listLabels(main, table, text, pieces)).replaceAll('\r', '\n').trim();

test('paragraphs of a list stand behind their numbers, deeper levels count anew, an entry that starts elsewhere does', () => {
  const levels = [level(1, 0, '\0.'), level(1, 4, '\0.\x01)'), level(3, 2, '(\x02)')];
  expect(shown(made([
    { text: 'Berths', list: 1, level: 0 }, { text: 'four', list: 1, level: 1 }, { text: 'five', list: 1, level: 1 }, { text: 'deep', list: 1, level: 2 }, { text: 'between', list: 0, level: 0 },
    { text: 'Cranes', list: 1, level: 0 }, { text: 'one', list: 1, level: 1 }, { text: 'anew', list: 2, level: 0 }, { text: 'on', list: 2, level: 0 },
  ], levels))).toBe('1. Berths\n1.a) four\n1.b) five\n(iii) deep\nbetween\n2. Cranes\n2.a) one\n5. anew\n6. on');
});

test.each([[0, 27, '27'], [1, 1994, 'MCMXCIV'], [2, 4, 'iv'], [3, 28, 'BB'], [4, 26, 'z'], [5, 1, '1st'], [5, 12, '12th'], [5, 23, '23rd'], [22, 7, '07']])('the form of numbers %i shows %i as %s', (format, value, text) => {
  expect(shown(made([{ text: 'x', list: 1, level: 0 }], [level(value, format, '\0')]))).toBe(`${text} x`);
});

test('a mark of a symbol font is a bullet, and an empty paragraph has none', () => {
  expect(shown(made([{ text: 'x', list: 1, level: 0 }, { text: '', list: 1, level: 0 }], [level(1, 23, '\uF0B7')]))).toBe('\u2022 x');
});

test('tables that are damaged cost the numbers and not the text', () => {
  const document = made([{ text: 'x', list: 1, level: 0 }], [level(1, 0, '\0.')]);
  for (const length of [0, 1, 20, 31, 60, 300]) expect(shown({ ...document, table: document.table.subarray(0, length) })).toBe('x');
  expect(shown({ ...document, table: Buffer.alloc(document.table.length, 0xff) })).toBe('x');
});
