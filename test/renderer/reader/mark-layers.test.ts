import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexMarks, marksOver, segmentsOf } from '../../../renderer/lib/reader/mark-layers.ts';
import type { ReaderMark } from '../../../renderer/lib/reader/reader-contract.ts';

const mark = (id: string, start: number, end: number, kind: ReaderMark['kind'] = 'hit-1'): ReaderMark => ({ id, start, end, kind, label: id });
const marks = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 })), { maxLength: 12 })
  .map((spans) => spans.map(([start, length], index) => mark(String(index), start, start + length)));

describe('marksOver', () => {
  test('finds the same marks as reading them all', () => {
    fc.assert(fc.property(marks, fc.nat(60), fc.integer({ min: 1, max: 20 }), (all, start, length) => {
      const found = marksOver(indexMarks(all), start, start + length).map((one) => one.id).sort();
      expect(found).toEqual(all.filter((one) => one.start < start + length && one.end > start).map((one) => one.id).sort());
    }));
  });

  test('leaves empty marks out', () => {
    expect(indexMarks([mark('empty', 4, 4)]).marks).toEqual([]);
  });
});

describe('segmentsOf', () => {
  test('is one segment where nothing is marked', () => {
    expect(segmentsOf({ start: 5, end: 9 }, [])).toEqual([{ start: 5, end: 9, marks: [], begins: [] }]);
  });

  test('cuts where overlapping marks begin and end', () => {
    const segments = segmentsOf({ start: 0, end: 10 }, [mark('a', 2, 6), mark('b', 4, 8)]);
    expect(segments.map((one) => [one.start, one.end, one.marks.map((over) => over.id)])).toEqual([
      [0, 2, []], [2, 4, ['a']], [4, 6, ['a', 'b']], [6, 8, ['b']], [8, 10, []],
    ]);
  });

  test('says of which marks a segment is the first, and only in the leaf where they begin', () => {
    const [first] = segmentsOf({ start: 10, end: 20 }, [mark('before', 5, 15), mark('here', 10, 12)]);
    expect(first?.begins.map((one) => one.id)).toEqual(['here']);
  });

  test('draws a hit over a label and a label over a quote', () => {
    const [only] = segmentsOf({ start: 0, end: 4 }, [mark('hit', 0, 4, 'hit-2'), mark('quote', 0, 4, 'quote'), mark('label', 0, 4, 'label-3')]);
    expect(only?.marks.map((one) => one.id)).toEqual(['quote', 'label', 'hit']);
  });

  test('covers the leaf without a gap, each segment under exactly the marks over it', () => {
    fc.assert(fc.property(marks, fc.nat(50), fc.integer({ min: 1, max: 30 }), (all, start, length) => {
      const leaf = { start, end: start + length };
      const segments = segmentsOf(leaf, all);
      expect(segments[0]?.start).toBe(leaf.start);
      expect(segments.at(-1)?.end).toBe(leaf.end);
      for (const [index, segment] of segments.entries()) {
        if (index > 0) expect(segment.start).toBe(segments[index - 1]?.end);
        const over = all.filter((one) => one.start < segment.end && one.end > segment.start);
        expect(new Set(segment.marks)).toEqual(new Set(over));
      }
    }));
  });
});
