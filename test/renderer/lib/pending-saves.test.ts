import { afterEach, expect, test, vi } from 'vitest';
import { savePending, trackSave } from '../../../renderer/lib/pending-saves.ts';

afterEach(() => vi.useRealTimers());

test('waits for a save that runs', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void trackSave(promise);
  let isOver = false;
  const over = savePending().then(() => { isOver = true; });
  await Promise.resolve();
  expect(isOver).toBe(false);
  resolve(undefined);
  await over;
  expect(isOver).toBe(true);
});

test('a save that fails does not stop it, and one that hangs does so for half a second only', async () => {
  vi.useFakeTimers();
  trackSave(Promise.reject(new Error('The disk is full.'))).catch(() => undefined);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void trackSave(promise);
  const over = savePending();
  await vi.advanceTimersByTimeAsync(500);
  await expect(over).resolves.toBeUndefined();
  resolve(undefined);
});
