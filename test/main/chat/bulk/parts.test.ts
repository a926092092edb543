import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsBudget } from '../../../../main/chat/bulk/budget.ts';
import { cutChunks } from '../../../../main/chat/bulk/chunks.ts';
import { afterFailure, closedCircuit, mayAsk, usualCircuit, type Circuit } from '../../../../main/chat/bulk/circuit.ts';
import { firstPace, paceAfterOverload, paceAfterSuccess } from '../../../../main/chat/bulk/pace.ts';
import { placeQuote } from '../../../../main/chat/bulk/quotes.ts';

test('chunks cover every word of a text once, in order, and none is longer than it may be', () => {
  const text = fc.array(fc.constantFrom('The quay was surveyed. ', 'nine hours', '\n\n', '\n', ' ', 'x'.repeat(70), '🚢'), { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, fc.integer({ min: 16, max: 120 }), (body, most) => {
    const chunks = cutChunks(body, most);
    let end = 0;
    for (const chunk of chunks) {
      expect(body.slice(end, chunk.start).trim()).toBe('');
      expect(chunk.end - chunk.start).toBeLessThanOrEqual(most);
      expect(chunk.end).toBeGreaterThan(chunk.start);
      expect(body.slice(chunk.start, chunk.end)).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
      ({ end } = chunk);
    }
    expect(body.slice(end).trim()).toBe('');
  }));
});

test('a chunk ends at a blank line where there is one near its end', () => {
  const body = `${'a word '.repeat(12)}end.\n\n${'other words '.repeat(10)}`;
  expect(body.slice(0, cutChunks(body, 110)[0]?.end).endsWith('end.\n\n')).toBe(true);
});

test('the pace starts at two, grows by one after a window of good answers, and is halved once for all that were sent before', () => {
  let pace = firstPace(32);
  expect(pace.limit).toBe(2);
  for (let answer = 0; answer < 8; answer += 1) pace = paceAfterSuccess(pace, 100);
  expect(pace.limit).toBe(3);
  for (let answer = 0; answer < 12; answer += 1) pace = paceAfterSuccess(pace, 100);
  expect(pace.limit).toBe(4);
  const { generation } = pace;
  for (let failed = 0; failed < 4; failed += 1) pace = paceAfterOverload(pace, generation);
  expect(pace.limit).toBe(2);
  pace = paceAfterOverload(paceAfterOverload(pace, pace.generation), pace.generation + 1);
  expect(pace.limit).toBe(1);
});

test('answers that come much slower raise nothing', () => {
  let pace = firstPace(32);
  for (let answer = 0; answer < 8; answer += 1) pace = paceAfterSuccess(pace, 100);
  for (let answer = 0; answer < 12; answer += 1) pace = paceAfterSuccess(pace, 500);
  expect(pace.limit).toBe(3);
});

test('whatever happens, the pace stays between one and what the endpoint takes', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.boolean(), { maxLength: 200 }), (most, outcomes) => {
    let pace = firstPace(most);
    for (const isGood of outcomes) {
      pace = isGood ? paceAfterSuccess(pace, 10) : paceAfterOverload(pace, pace.generation);
      expect(pace.limit).toBeGreaterThanOrEqual(1);
      expect(pace.limit).toBeLessThanOrEqual(most);
    }
  }));
});

test('a circuit opens after failures in a row, lets one request find out, and waits longer each time that fails', () => {
  let circuit: Circuit = closedCircuit;
  for (let failure = 0; failure < usualCircuit.failures - 1; failure += 1) circuit = afterFailure(circuit, 0, null, usualCircuit);
  expect(mayAsk(circuit, 0)).toBe('all');
  circuit = afterFailure(circuit, 0, null, usualCircuit);
  expect(mayAsk(circuit, usualCircuit.firstPauseMs - 1)).toBe('none');
  expect(mayAsk(circuit, usualCircuit.firstPauseMs)).toBe('one');
  circuit = afterFailure({ kind: 'trying', pauseMs: usualCircuit.firstPauseMs }, 100, null, usualCircuit);
  expect(circuit).toEqual({ kind: 'open', untilMs: 100 + 2 * usualCircuit.firstPauseMs, pauseMs: 2 * usualCircuit.firstPauseMs });
  expect(afterFailure(closedCircuit, 0, 9000, usualCircuit)).toMatchObject({ kind: 'open', untilMs: 9000 });
  expect(afterFailure({ kind: 'trying', pauseMs: usualCircuit.longestPauseMs }, 0, null, usualCircuit)).toMatchObject({ pauseMs: usualCircuit.longestPauseMs });
});

test('a budget is never gone over, whatever is under way', () => {
  const amount = fc.nat(50).map((tokens) => ({ tokens, requests: 1 }));
  fc.assert(fc.property(fc.option(fc.integer({ min: 1, max: 300 })), fc.option(fc.integer({ min: 1, max: 12 })), fc.array(amount, { maxLength: 40 }), (tokens, requests, items) => {
    let sum = { tokens: 0, requests: 0 };
    for (const item of items) if (fitsBudget({ tokens, requests }, { tokens: 0, requests: 0 }, sum, item)) sum = { tokens: sum.tokens + item.tokens, requests: sum.requests + 1 };
    expect(sum.tokens).toBeLessThanOrEqual(tokens ?? Infinity);
    expect(sum.requests).toBeLessThanOrEqual(requests ?? Infinity);
  }));
});

test('a quote opens only what stands in the text', () => {
  const chunk = { text: 'On 3 May the pilot reported that the “north quay” was\nclosed to vessels.', start: 100 };
  expect(placeQuote('the pilot reported', chunk)).toMatchObject({ start: 109, end: 127, check: 'verbatim' });
  expect(placeQuote('the "north quay" was closed', chunk)).toMatchObject({ check: 'verbatim', quote: 'the “north quay” was\nclosed' });
  expect(placeQuote('the pilot repotred that the north', chunk)?.check).not.toBe('not-found');
  expect(placeQuote('the south quay was opened to all', chunk)).toMatchObject({ check: 'not-found', start: 100, end: 100 });
  expect(placeQuote('  ', chunk)).toBeNull();
});
