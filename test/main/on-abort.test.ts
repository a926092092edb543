import { expect, test } from 'vitest';
import { onAbort } from '../../main/base/on-abort.ts';

test('all that wait for a signal run once when it aborts, and what was taken back does not', () => {
  const controller = new AbortController();
  const ran: string[] = [];
  onAbort(controller.signal, () => ran.push('first'));
  const takeBack = onAbort(controller.signal, () => ran.push('second'));
  onAbort(controller.signal, () => ran.push('third'));
  takeBack();
  controller.abort();
  expect(ran).toEqual(['first', 'third']);
});
