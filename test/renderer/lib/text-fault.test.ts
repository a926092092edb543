import { describe, expect, test } from 'vitest';
import { faultAt, splitAtFault } from '../../../renderer/lib/text-fault.ts';

describe('faultAt', () => {
  test('takes the offset of the error', () => expect(faultAt('a AND', { at: 2 })).toBe(2));
  test('stays inside the query when it was shortened since', () => expect(faultAt('a', { at: 40 })).toBe(1));
  test('does not stand inside a surrogate pair', () => expect(faultAt('🚢x', { at: 1 })).toBe(0));
  test.each([{}, { at: '3' }, { at: -1 }, { at: 1.5 }, { at: Number.NaN }])('is null for %j', (data) => expect(faultAt('abc', data)).toBeNull());
});

describe('splitAtFault', () => {
  test('names the character', () => {
    expect(splitAtFault('invoice NEAR/ (split', 14)).toEqual({ before: 'invoice NEAR/ ', fault: '(', after: 'split' });
  });

  test('an early end has no character', () => {
    expect(splitAtFault('"unclosed', 9)).toEqual({ before: '"unclosed', fault: '', after: '' });
  });

  test('cuts both sides and says so', () => {
    const split = splitAtFault(`${'a'.repeat(50)}(${'b'.repeat(50)}`, 50);
    expect(split).toEqual({ before: `…${'a'.repeat(32)}`, fault: '(', after: `${'b'.repeat(32)}…` });
  });

  test('never cuts a surrogate pair', () => {
    const query = `${'🚢'.repeat(40)}(${'🚢'.repeat(40)}`;
    for (const at of [79, 80, 81]) {
      const split = splitAtFault(query, faultAt(query, { at }) ?? 0);
      expect((split.before + split.fault + split.after).isWellFormed()).toBe(true);
    }
  });

  test('a character of two units is one fault', () => {
    expect(splitAtFault('a🚢b', 1)).toEqual({ before: 'a', fault: '🚢', after: 'b' });
  });
});
