import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromCanonical, piecesOf, toCanonical } from '../../../renderer/lib/reader/offset-map.ts';

const run = fc.record({ start: fc.nat(1000), span: fc.nat(40), length: fc.nat(40) }).map(({ start, span, length }) => ({ start, end: start + span, length }));

describe('places in drawn text', () => {
  test('are offset for offset where the run is drawn as it stands', () => {
    const leaf = { start: 100, end: 110, length: 10 };
    for (let at = 0; at <= 10; at += 1) {
      expect(toCanonical(leaf, at)).toBe(100 + at);
      expect(fromCanonical(leaf, 100 + at)).toBe(at);
    }
  });

  test('stay inside their run and meet its ends whatever the lengths', () => {
    fc.assert(fc.property(run, fc.integer({ min: -5, max: 60 }), (one, at) => {
      const offset = toCanonical(one, at);
      expect(offset).toBeGreaterThanOrEqual(one.start);
      expect(offset).toBeLessThanOrEqual(one.end);
      expect(toCanonical(one, 0)).toBe(one.start);
      if (one.length > 0) expect(toCanonical(one, one.length)).toBe(one.end);
    }));
  });

  test('never go backwards', () => {
    fc.assert(fc.property(run, fc.nat(40), fc.nat(40), (one, a, b) => {
      expect(toCanonical(one, Math.max(a, b))).toBeGreaterThanOrEqual(toCanonical(one, Math.min(a, b)));
    }));
  });

  test('in a ligature that was taken apart the whole run is one place and its end the other', () => {
    const ligature = { start: 20, end: 22, length: 1 };
    expect(toCanonical(ligature, 0)).toBe(20);
    expect(toCanonical(ligature, 1)).toBe(22);
    expect(fromCanonical(ligature, 22)).toBe(1);
  });
});

describe('piecesOf', () => {
  const runs = [{ start: 0, end: 5, length: 5 }, { start: 6, end: 6, length: 3 }, { start: 8, end: 12, length: 4 }];

  test('gives the part of each run that a span covers', () => {
    expect(piecesOf(runs, 3, 10)).toEqual([{ index: 0, from: 3, to: 5 }, { index: 2, from: 0, to: 2 }]);
  });

  test('gives nothing for a span between runs', () => {
    expect(piecesOf(runs, 5, 8)).toEqual([]);
  });
});
