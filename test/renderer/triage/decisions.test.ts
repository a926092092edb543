import { expect, test } from 'vitest';
import type { DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { createDecisions, type Standing } from '../../../renderer/lib/decisions.ts';

const counts = { total: 0, coded: 0, relevant: 0, notRelevant: 0, deferred: 0, lastHour: 0 };
const id = (index: number): DocumentId => `doc_${index}` as DocumentId;
const step = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

/** A queue of `total` documents whose saves take several turns of the event loop; saves listed in `failing` are refused. */
function setUp(total: number, { coded = [], failing = [] }: { readonly coded?: readonly number[]; readonly failing?: readonly number[] } = {}) {
  const verdicts = new Map<number, Verdict | null>(coded.map((index) => [index, 'deferred']));
  const saves: string[] = [];
  const events: string[] = [];
  let here: Standing | null = { document: id(0), index: 0 };
  let inFlight = 0;
  let nowMs = 0;
  const decisions = createDecisions({
    standing: () => here,
    save: async (document, verdict) => {
      inFlight += 1;
      for (let wait = 0; wait < 3; wait += 1) await step();
      inFlight -= 1;
      const index = Number(document.slice(4));
      if (failing.includes(index)) throw new Error('The disk is full.');
      verdicts.set(index, verdict);
      saves.push(`${index} ${verdict}`);
      return counts;
    },
    nextUncoded: async (index) => {
      await step();
      if (index === null) return null;
      for (let by = 1; by < total; by += 1) {
        const at = (index + by) % total;
        if ((verdicts.get(at) ?? null) === null) return at;
      }
      return null;
    },
    show: async (index) => {
      await step();
      here = { document: id(index), index };
      return true;
    },
    onDecided: ({ at }) => events.push(`decided ${at.index}`),
    onFailed: ({ at }, _error, dropped) => events.push(`failed ${at.index}, dropped ${dropped}`),
    onDropped: (dropped, why) => events.push(`dropped ${dropped} ${why}`),
  }, () => nowMs);
  return {
    decisions, saves, events,
    here: () => here?.index ?? null,
    pass: (byMs: number) => { nowMs += byMs; },
    goTo: (index: number) => { here = { document: id(index), index }; },
    settle: async () => { for (let wait = 0; wait < 40 + total * 12; wait += 1) await step(); expect(inFlight).toBe(0); },
  };
}

const mixed: readonly Verdict[] = ['relevant', 'not-relevant', 'deferred'];

test('forty mixed keys of one burst decide on forty documents in order', async () => {
  const { decisions, saves, here, settle } = setUp(50);
  const pressed = Array.from({ length: 40 }, (_, index) => mixed[index % 3] ?? 'deferred');
  for (const verdict of pressed) decisions.decide(verdict, false);
  await settle();
  expect(saves).toEqual(pressed.map((verdict, index) => `${index} ${verdict}`));
  expect(here()).toBe(40);
});

test('keys that come between the steps of a save are no different', async () => {
  const { decisions, saves, settle } = setUp(20);
  for (let key = 0; key < 12; key += 1) {
    decisions.decide(mixed[key % 3] ?? 'deferred', false);
    await step();
  }
  await settle();
  expect(saves.map((save) => Number(save.split(' ')[0]))).toEqual(Array.from({ length: 12 }, (_, index) => index));
});

test('a burst passes over documents that were coded before it', async () => {
  const { decisions, saves, settle } = setUp(6, { coded: [1, 2] });
  for (const verdict of mixed) decisions.decide(verdict, false);
  await settle();
  expect(saves).toEqual(['0 relevant', '3 not-relevant', '4 deferred']);
});

test('a key alone decides again on the document that is shown', async () => {
  const { decisions, saves, settle } = setUp(3, { coded: [0] });
  decisions.decide('relevant', true);
  await settle();
  decisions.decide('not-relevant', true);
  await settle();
  expect(saves).toEqual(['0 relevant', '0 not-relevant']);
});

test('a key that waits behind one that stays leaves its decision alone', async () => {
  const { decisions, saves, here, settle } = setUp(4);
  decisions.decide('relevant', true);
  decisions.decide('not-relevant', true);
  await settle();
  expect(saves).toEqual(['0 relevant', '1 not-relevant']);
  expect(here()).toBe(1);
});

test('a failed save drops the keys behind it and tells how many', async () => {
  const { decisions, saves, events, here, settle } = setUp(6, { failing: [1] });
  for (const verdict of [...mixed, ...mixed]) decisions.decide(verdict, false);
  await settle();
  expect(saves).toEqual(['0 relevant']);
  expect(events).toEqual(['decided 0', 'failed 1, dropped 4']);
  expect(here()).toBe(1);
});

test('keys beyond the last document are dropped and told', async () => {
  const { decisions, saves, events, settle } = setUp(2);
  for (const verdict of [...mixed, ...mixed]) decisions.decide(verdict, false);
  await settle();
  expect(saves).toEqual(['0 relevant', '1 not-relevant']);
  expect(events.at(-1)).toBe('dropped 4 through');
});

test('keys that wait do not decide on a document that was opened from elsewhere', async () => {
  const { decisions, saves, events, goTo, here, settle } = setUp(9);
  decisions.decide('relevant', false);
  decisions.decide('not-relevant', false);
  goTo(7);
  await settle();
  // The first key goes on only from its own document, so the second finds the one that was opened.
  expect(saves).toEqual(['0 relevant']);
  expect(events.at(-1)).toBe('dropped 1 elsewhere');
  expect(here()).toBe(7);
});

test('moves wait their turn and start from what stands there then', async () => {
  const { decisions, saves, settle } = setUp(9);
  decisions.decide('relevant', false);
  decisions.move((at) => (at?.index ?? 0) + 1);
  decisions.move((at) => (at?.index ?? 0) + 1);
  decisions.decide('deferred', false);
  await settle();
  expect(saves).toEqual(['0 relevant', '3 deferred']);
});

test('a key after the last document is part of the burst until a pause', async () => {
  const { decisions, saves, events, pass, settle } = setUp(1);
  decisions.decide('relevant', false);
  await settle();
  pass(35);
  decisions.decide('not-relevant', false);
  await settle();
  expect(saves).toEqual(['0 relevant']);
  expect(events.at(-1)).toBe('dropped 1 through');
  pass(1000);
  decisions.decide('deferred', false);
  await settle();
  expect(saves).toEqual(['0 relevant', '0 deferred']);
});
