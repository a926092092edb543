import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFeed, feed } from '../../../renderer/views/chat/sentence-feed.ts';

function feedAll(pieces: readonly string[]) {
  return pieces.reduce(feed, emptyFeed);
}

test('a sentence is given out once the next one begins', () => {
  expect(feedAll(['The pump was', ' paid for. It'])).toEqual({ sentences: ['The pump was paid for. '], rest: 'It' });
});

test('an amount cut at its decimal point is not a sentence', () => {
  expect(feedAll(['It cost 49.', '500 EUR.']).sentences).toEqual([]);
});

test('a citation number stays with the sentence before it', () => {
  expect(feedAll(['It was paid. [2] Then', ' it stopped.']).sentences).toEqual(['It was paid. [2] ']);
});

test('no character is lost or doubled, however the text is cut', () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zA-Z .[\]\d\n]{0,12}$/), { maxLength: 8 }), (pieces) => {
    const { sentences, rest } = feedAll(pieces);
    expect(sentences.join('') + rest).toBe(pieces.join(''));
  }), { numRuns: 200 });
});
