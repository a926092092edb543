import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planContext } from '../../../../main/models/embedded/context-plan.ts';
import { createInbox } from '../../../../main/models/embedded/inbox.ts';
import { createStopFilter } from '../../../../main/models/embedded/stop-filter.ts';
import { createTextDecoder } from '../../../../main/models/embedded/token-text.ts';
import { createTurns } from '../../../../main/models/embedded/turns.ts';

const never = new AbortController().signal;

test('text passes up to a stop text, however it is cut into pieces', () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.array(fc.integer({ min: 1, max: 6 })), (before, after, cuts) => {
    fc.pre(!`${before}###`.slice(0, -1).includes('###') && !before.endsWith('#'));
    const filter = createStopFilter(['###', '<end>']);
    fc.pre(!before.includes('<end>'));
    const whole = `${before}###${after}`;
    let out = '';
    for (let at = 0, n = 0; at < whole.length; n += 1) {
      const length = cuts[n % Math.max(1, cuts.length)] ?? 3;
      out += filter.push(whole.slice(at, at + length));
      at += length;
    }
    expect(out + filter.end()).toBe(before);
    expect(filter.isStopped()).toBe(true);
  }));
});

test('what only began like a stop text is given back at the end', () => {
  const filter = createStopFilter(['###']);
  expect([filter.push('a ##'), filter.push('b #'), filter.end(), filter.isStopped()]).toEqual(['a ', '##b ', '#', false]);
});

test('characters that are spread over tokens come whole, and half a character is not lost in silence', () => {
  const bytes = [...Buffer.from('Zoë 🜁.')];
  const decoder = createTextDecoder<number>((tokens) => Buffer.from(tokens).toString('utf8'));
  const pieces = bytes.map(decoder.push);
  expect(pieces.join('')).toBe('Zoë 🜁.');
  expect(pieces.every((piece) => !piece.includes('\uFFFD'))).toBe(true);
  expect(decoder.push(0xf0)).toBe('');
  expect(decoder.end()).toBe('\uFFFD');
});

test('whoever waits for an answer goes before work in the background, each in the order of coming', async () => {
  const order: string[] = [];
  const turns = createTurns(() => order.push('idle'));
  const first = await turns.take('background', never);
  const later = (['background', 'interactive', 'background', 'interactive'] as const).map(async (urgency, n) => {
    const giveBack = await turns.take(urgency, never);
    order.push(`${urgency} ${n}`);
    giveBack();
    giveBack(); // a second time is nothing
  });
  first();
  await Promise.all(later);
  expect(order).toEqual(['interactive 1', 'interactive 3', 'background 0', 'background 2', 'idle']);
});

test('who gives up waiting leaves the queue, and closing refuses who waits and who comes', async () => {
  const turns = createTurns(() => undefined);
  const giveBack = await turns.take('interactive', never);
  const controller = new AbortController();
  const reason = new Error('asked no more');
  const waiting = turns.take('interactive', controller.signal);
  const closed = turns.take('background', never);
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  turns.close(new Error('locked'));
  await expect(closed).rejects.toThrow('locked');
  giveBack();
  await expect(turns.take('interactive', never)).rejects.toThrow('locked');
});

test('an inbox gives messages in order, and nothing when the signal comes first', async () => {
  const inbox = createInbox<number>();
  inbox.put(1);
  inbox.put(2);
  expect([await inbox.next(1000), await inbox.next(1000)]).toEqual([1, 2]);
  const controller = new AbortController();
  const next = inbox.next(1_000_000, controller.signal);
  controller.abort();
  expect(await next).toBe(null);
  expect(await inbox.next(1)).toBe(null);
  const late = inbox.next(1_000_000);
  inbox.put(3);
  expect(await late).toBe(3);
});

const gigabyte = 2 ** 30;
test.each([
  ['the file’s own, when that is little', { trainedTokens: 2048, wantedTokens: null }, 2048],
  ['no more than is usual, without a wish', { trainedTokens: 131_072, wantedTokens: null }, 16_384],
  ['what the profile says', { trainedTokens: 131_072, wantedTokens: 40_000 }, 40_000],
  ['never more than the file was trained for', { trainedTokens: 2048, wantedTokens: 40_000 }, 2048],
  ['what fits into the memory', { trainedTokens: 1_000_000, wantedTokens: 1_000_000 }, Math.floor((16 * gigabyte * 0.6 - 4 * gigabyte) / 131_072)],
  ['a little even where nothing fits', { trainedTokens: 4096, wantedTokens: null, totalMemoryBytes: gigabyte }, 256],
])('the context is %s', (_name, facts, contextTokens) => {
  const plan = planContext({ tokenBytes: 131_072, fileBytes: 4 * gigabyte, totalMemoryBytes: 16 * gigabyte, ...facts });
  expect(plan.contextTokens).toBe(contextTokens);
  expect(plan.memoryMb * 2 ** 20).toBeGreaterThan(4 * gigabyte + contextTokens * 131_072);
});
