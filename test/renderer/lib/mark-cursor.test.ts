import { expect, test } from 'vitest';
import { stepped } from '../../../renderer/lib/mark-cursor.ts';

test('begins at the first forwards and at the last backwards', () => {
  expect(stepped(null, 1, 3)).toBe(0);
  expect(stepped(null, -1, 3)).toBe(2);
});
test('goes round at both ends', () => {
  expect(stepped(2, 1, 3)).toBe(0);
  expect(stepped(0, -1, 3)).toBe(2);
});
test('stays off where there is nothing', () => expect(stepped(null, 1, 0)).toBeNull());
