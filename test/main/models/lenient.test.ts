/** Whatever JSON a server sends, reading it throws nothing and comes to one named end. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnswerReader } from '../../../main/models/answer-reader.ts';
import { codecOf } from '../../../main/models/create-client.ts';
import { endpointAt } from '../../support/model-servers/asking.ts';
import { scripts, type Script } from '../../support/model-servers/scripts.ts';

const states = ['complete', 'truncated', 'cut', 'filtered', 'error'];
const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('constructor', '__proto__', 'toString', -1, 1e308, '', null, [], {}, [[null]], [{}]));
/** Frames in the dialect's own shapes. */
const shapesOf = (script: Script): unknown[] => {
  const whole = [script.whole('It is due.', 'complete'), script.wholeCall('shell'), script.refusal('no', 'x')];
  if (script.contentType === 'application/vnd.amazon.eventstream') return [...whole, { delta: { text: 'It', reasoningContent: { text: 'hm' } } }, { start: { toolUse: { name: 'x' } } }, { stopReason: 'end_turn' }, { usage: { inputTokens: 3 } }];
  const lines = Buffer.concat([script.begin, script.text('It'), script.reasoning('hm'), script.call('x'), script.end('complete'), script.after, script.fault('no')]).toString().split('\n');
  return [...whole, ...lines.map((line) => line.replace(/^data: /, '')).filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as unknown)];
};
/** The value with one place of it, counted in the order of reading, put to another use. */
const spoiled = (value: unknown, at: number, by: unknown): unknown => {
  let place = 0;
  const visit = (found: unknown): unknown => {
    if (place++ === at) return by;
    if (Array.isArray(found)) return found.map(visit);
    return typeof found === 'object' && found !== null ? Object.fromEntries(Object.entries(found).map(([key, inner]) => [key, visit(inner)])) : found;
  };
  return visit(value);
};

describe.each(scripts)('over $name', (script) => {
  const { codec, target } = (() => {
    const { name, profile } = endpointAt('http://127.0.0.1:9', { profile: script.profile });
    return { codec: codecOf(name, profile), target: { name, model: profile.model } };
  })();

  test('an answer of any JSON has exactly one end', () => {
    const frame = fc.oneof(odd, fc.tuple(fc.constantFrom(...shapesOf(script)), fc.nat(30), odd).map(([shape, at, by]) => spoiled(shape, at, by)));
    fc.assert(fc.property(fc.array(fc.tuple(frame, fc.constantFrom(null, 'message', 'error', 'response.completed', 'message_delta', 'messageStop')), { maxLength: 8 }), (frames) => {
      const reader = createAnswerReader({ ...target, explain: codec.explain }, codec.answer.meaning);
      const events = [...frames.flatMap(([value, event]) => reader.frame(JSON.stringify(value), event)), ...reader.end(null)];
      const ends = events.filter((event) => event.kind === 'end');
      expect([ends.length, events.at(-1)]).toEqual([1, ends[0]]);
      expect(states).toContain(ends[0]?.state);
      for (const event of events) if (event.kind !== 'end') expect(typeof event.text).toBe('string');
    }), { numRuns: 400 });
  });

  test('a list, vectors and facts of any JSON are read or are not', () => {
    const bodies = [script.lists?.body(['a']), script.embeds?.body([[1]]), { model_info: { 'a.context_length': 9 }, remote_host: null }, { models: [{ name: 'a', context_length: 9 }], version: 'x', default_generation_settings: { n_ctx: 9 } }].filter((body) => body !== undefined);
    fc.assert(fc.property(fc.oneof(odd, fc.tuple(fc.constantFrom(...bodies), fc.nat(20), odd).map(([body, at, by]) => spoiled(body, at, by))), (value) => {
      const list = codec.models?.read(value) ?? null;
      if (list !== null) expect(list.ids.every((id) => typeof id === 'string')).toBe(true);
      codec.embeddings?.read(value);
      for (const { read } of codec.facts) {
        const { contextTokens = 1, version = '' } = read(value);
        expect([Number.isSafeInteger(contextTokens) && contextTokens > 0, typeof version]).toEqual([true, 'string']);
      }
    }), { numRuns: 400 });
  });
});
