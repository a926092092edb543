import fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowRows, windowsOf } from '../../../renderer/lib/set-rows.ts';

test('every drawn row lies in a window that is asked for', () => {
  fc.assert(fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(60), (total, start, drawn) => {
    const end = Math.min(total, start + drawn);
    const offsets = windowsOf({ start, end }, total);
    for (let index = start; index < end; index += 1) {
      expect(offsets.some((offset) => index >= offset && index < offset + windowRows)).toBe(true);
    }
  }), { numRuns: 100 });
});
test('asks for the first window before anything is drawn, and for none of an empty set', () => {
  expect(windowsOf({ start: 0, end: 0 }, 5000)).toEqual([0]);
  expect(windowsOf({ start: 0, end: 0 }, 0)).toEqual([]);
});
test('asks for the neighbour shortly before it is reached', () => {
  expect(windowsOf({ start: 60, end: 80 }, 5000)).toEqual([0, 100]);
});
