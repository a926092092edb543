import { expect, test } from 'vitest';
import { createLanes, type Lanes } from '../../../../main/chat/bulk/lanes.ts';
import { createPresence, placeOf, type Presence } from '../../../../main/models/index.ts';
import type { EndpointRow } from '../../../../main/store/index.ts';
import { endpointAt } from '../../../support/model-servers/asking.ts';
import { testClock, type TestClock } from '../../../support/vaults.ts';

const limits = { failures: 3, firstPauseMs: 20, longestPauseMs: 100, overloadPauseMs: 10 };
const never = new AbortController().signal;

interface Bench {
  readonly lanes: Lanes;
  readonly presence: Presence;
  readonly clock: TestClock;
}

function bench(): Bench {
  const [clock, presence] = [testClock(), createPresence()];
  return { clock, presence, lanes: createLanes({ clock, presence, circuit: limits }) };
}

const server = endpointAt('http://127.0.0.1:1/v1');
const laptop: EndpointRow = endpointAt('', { id: 'b2'.repeat(16) as EndpointRow['id'], profile: { dialect: 'embedded' } });
const settled = async (promise: Promise<unknown>): Promise<boolean> => Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => { setTimeout(() => resolve(false), 15); })]);

test('a server gets two requests at first, and the next when one of them has ended', async () => {
  const { lanes } = bench();
  const first = await lanes.take(server, never);
  await lanes.take(server, never);
  const third = lanes.take(server, never);
  expect(await settled(third)).toBe(false);
  first.end({ kind: 'answered', tookMs: 5 });
  expect(await settled(third)).toBe(true);
  expect(lanes.state(server)).toMatchObject({ busy: 2, limit: 2, circuit: 'closed' });
});

test('a person takes no slot, and while one asks bulk work has one less', async () => {
  const { lanes, presence } = bench();
  const leave = presence.enter(placeOf(server));
  const first = await lanes.take(server, never);
  const second = lanes.take(server, never);
  expect(await settled(second)).toBe(false);
  expect(first.signal.aborted).toBe(false);
  leave();
  expect(await settled(second)).toBe(true);
});

test('the one process that runs model files is left at once when a person asks, and taken again afterwards', async () => {
  const { lanes, presence } = bench();
  const slot = await lanes.take(laptop, never);
  const next = lanes.take(laptop, never);
  expect(await settled(next)).toBe(false); // it answers one at a time
  const leave = presence.enter(placeOf(laptop));
  expect(slot.signal.aborted).toBe(true);
  slot.end({ kind: 'neither' });
  expect(await settled(next)).toBe(false);
  leave();
  expect(await settled(next)).toBe(true);
});

test('after failures in a row nothing is sent until the pause is over, then one request finds out', async () => {
  const { lanes, clock } = bench();
  for (let failure = 0; failure < limits.failures; failure += 1) (await lanes.take(server, never)).end({ kind: 'failed', askedMs: null });
  expect(lanes.state(server)).toMatchObject({ circuit: 'open', retryAt: clock.nowMs() + limits.firstPauseMs });
  clock.advance(limits.firstPauseMs);
  const trial = await lanes.take(server, never);
  const other = lanes.take(server, never);
  expect(lanes.state(server).circuit).toBe('trying');
  expect(await settled(other)).toBe(false);
  trial.end({ kind: 'answered', tookMs: 5 });
  expect(await settled(other)).toBe(true);
  expect(lanes.state(server).circuit).toBe('closed');
});

test('who stops waiting for a slot leaves it to the next', async () => {
  const { lanes } = bench();
  const [one] = [await lanes.take(server, never), await lanes.take(server, never)];
  const leaving = new AbortController();
  const gone = lanes.take(server, leaving.signal);
  const next = lanes.take(server, never);
  leaving.abort(new Error('paused'));
  await expect(gone).rejects.toThrow('paused');
  one.end({ kind: 'neither' });
  expect(await settled(next)).toBe(true);
});
