import { expect, test } from 'vitest';
import { residentMbOf, tenTimesASecond, watchChild } from '../../../main/work/index.ts';
import type { ChildHandle } from '../../../main/work/index.ts';

function fakeChild(pid: number | null = null): { readonly child: ChildHandle; readonly killed: () => number } {
  let killed = 0;
  return {
    child: { pid: Promise.resolve(pid), post: () => undefined, onMessage: () => undefined, exited: new Promise(() => undefined), kill: () => (killed += 1) },
    killed: () => killed,
  };
}

test('by the clock a task has four times its time before its child is ended; one that was done in time is forgotten', async () => {
  let now = 1000;
  const { child, killed } = fakeChild();
  const watch = watchChild(child, { timeMs: 500, memoryMb: 100 }, { nowMs: () => now });
  watch.begin();
  now += 400;
  expect(await watch.check()).toBeNull();
  watch.end();
  now += 400;
  expect(await watch.check()).toBeNull();
  watch.begin();
  now += 2000;
  expect(await watch.check()).toBeNull();
  now += 1;
  expect(await watch.check()).toBe('time');
  expect(killed()).toBe(1);
});

test.skipIf(process.platform !== 'linux')('a task is ended for the processor time that it used, and not for waiting its turn', async () => {
  let now = 0;
  const { child, killed } = fakeChild(process.pid);
  const watch = watchChild(child, { timeMs: 300, memoryMb: 100_000 }, { nowMs: () => now });
  await child.pid;
  watch.begin();
  await watch.check();
  now = 400;
  expect(await watch.check()).toBeNull();
  const until = process.cpuUsage().user + 500_000;
  while (process.cpuUsage().user < until);
  expect(await watch.check()).toBe('time');
  expect(killed()).toBe(1);
});

test('a child that reports more memory than it may have is ended, with or without a task', async () => {
  const { child, killed } = fakeChild();
  const watch = watchChild(child, { timeMs: 500, memoryMb: 100 }, { nowMs: () => 0 });
  watch.reportResident(99 * 2 ** 20);
  expect(await watch.check()).toBeNull();
  watch.reportResident(101 * 2 ** 20);
  expect(await watch.check()).toBe('memory');
  expect(killed()).toBe(1);
});

test.skipIf(process.platform !== 'linux')('the memory of a process that runs is known, of one that does not is not', async () => {
  expect(await residentMbOf(process.pid)).toBeGreaterThan(1);
  expect(await residentMbOf(2 ** 22 + 1)).toBeNull();
});

test('progress goes out at most ten times a second and its last word is never lost', () => {
  let now = 0;
  const heard: number[] = [];
  const progress = tenTimesASecond<number>({ nowMs: () => now }, (value) => heard.push(value));
  for (const at of [0, 10, 99, 100, 150]) {
    now = at;
    progress.push(at);
  }
  expect(heard).toEqual([0, 100]);
  progress.flush();
  progress.flush();
  expect(heard).toEqual([0, 100, 150]);
});
