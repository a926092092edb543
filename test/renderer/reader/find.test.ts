import { describe, expect, test } from 'vitest';
import { findAll, maxFinds } from '../../../renderer/lib/reader/find.ts';

describe('findAll', () => {
  test('finds words in upper and lower case, with their offsets', () => {
    expect(findAll('Pump and pump', 'pump', 10).map((mark) => [mark.start, mark.end])).toEqual([[10, 14], [19, 23]]);
  });

  test('takes what looks like a pattern for the letters it is', () => {
    expect(findAll('a.c abc (x)', 'a.c')).toHaveLength(1);
    expect(findAll('a.c abc (x)', '(x)')).toHaveLength(1);
  });

  test('lets a space in the query match a line break', () => {
    expect(findAll('two\nwords', 'two words').map((mark) => mark.end)).toEqual([9]);
  });

  test('finds nothing for white space alone', () => {
    expect(findAll('a b c', '  ')).toEqual([]);
  });

  test('keeps offsets right where lower case would change the length', () => {
    expect(findAll('İİ key', 'KEY').map((mark) => mark.start)).toEqual([3]);
  });

  test('stops at its limit', () => {
    expect(findAll('a '.repeat(maxFinds + 5), 'a')).toHaveLength(maxFinds);
  });
});
