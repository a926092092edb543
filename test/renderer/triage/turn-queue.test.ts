import { expect, test } from 'vitest';
import { createTurnQueue, type Turn } from '../../../renderer/lib/turn-queue.ts';

function setUp(): { readonly log: string[]; readonly turn: (name: string) => { readonly turn: Turn; readonly end: (isDone: boolean) => Promise<void> } } {
  const log: string[] = [];
  return {
    log,
    turn: (name) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      return {
        turn: () => { log.push(name); return promise; },
        end: async (isDone) => { resolve(isDone); await promise; await Promise.resolve(); },
      };
    },
  };
}

test('the first turn begins at once and the next only when it has ended', async () => {
  const { log, turn } = setUp();
  const queue = createTurnQueue();
  const first = turn('first');
  const second = turn('second');
  queue.add(first.turn);
  queue.add(second.turn);
  expect(log).toEqual(['first']);
  await first.end(true);
  expect(log).toEqual(['first', 'second']);
});

test('a key pressed while one is saved is not lost', async () => {
  const { log, turn } = setUp();
  const queue = createTurnQueue();
  const all = ['a', 'b', 'c', 'd'].map((name) => turn(name));
  for (const one of all) queue.add(one.turn);
  expect(queue.size()).toBe(4);
  for (const one of all) await one.end(true);
  expect(log).toEqual(['a', 'b', 'c', 'd']);
  expect(queue.size()).toBe(0);
});

test('a failure drops what waits, and the queue goes on with what comes later', async () => {
  const { log, turn } = setUp();
  const queue = createTurnQueue();
  const failing = turn('failing');
  queue.add(failing.turn);
  queue.add(turn('dropped').turn);
  await failing.end(false);
  expect(queue.size()).toBe(0);
  queue.add(turn('again').turn);
  expect(log).toEqual(['failing', 'again']);
});
