import fc from 'fast-check';
import { expect, test } from 'vitest';
import { radixOrder } from '../../../main/search/radix-order.ts';

const keys = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 0xFFFF_FFFF }), fc.constantFrom(2047, 2048, 0x3F_FFFF, 0x40_0000)), { maxLength: 400 });

test('orders as a stable sort that compares', () => {
  fc.assert(fc.property(keys, (all) => {
    const compared = [...all.keys()].sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
    expect([...radixOrder(Uint32Array.from(all))]).toEqual(compared);
  }));
});

test('ties stand as in the order that is given', () => {
  fc.assert(fc.property(keys, (all) => {
    const backwards = Uint32Array.from([...all.keys()].reverse());
    const compared = [...backwards].sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
    expect([...radixOrder(Uint32Array.from(all), backwards)]).toEqual(compared);
  }));
});
