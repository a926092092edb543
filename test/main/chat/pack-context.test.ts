import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../main/base/errors.ts';
import { estimateTokens } from '../../../main/chat/estimate-tokens.ts';
import { packContext } from '../../../main/chat/pack-context.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 });
const toPack = fc.record({ limitTokens: fc.integer({ min: 256, max: 9000 }), answerTokens: fc.integer({ min: 1, max: 1024 }), fixedTokens: fc.integer({ min: 1, max: 3000 }), turns: sizes, passages: sizes });
const of = (all: readonly number[], indices: readonly number[]): number => indices.reduce((sum, index) => sum + (all[index] ?? Number.NaN), 0);

describe('packing', () => {
  test('never goes above the limit with the answer, keeps the order, sends the question always or says that it does not fit', () => {
    fc.assert(fc.property(toPack, (asked) => {
      const fits = asked.fixedTokens + asked.answerTokens <= asked.limitTokens;
      try {
        const { passages, turns, usedTokens } = packContext(asked, 'Desk');
        expect(fits).toBe(true);
        expect(usedTokens).toBe(asked.fixedTokens + of(asked.passages, passages) + asked.turns.slice(0, turns).reduce((a, b) => a + b, 0));
        expect(usedTokens + asked.answerTokens).toBeLessThanOrEqual(asked.limitTokens);
        expect(passages).toEqual(passages.toSorted((a, b) => a - b));
      } catch (error) {
        if (!isAppError(error, 'endpoint.context-too-long')) throw error;
        expect(fits).toBe(false);
      }
    }));
  });

  test('leaves out no passage that would still fit', () => {
    fc.assert(fc.property(toPack, (asked) => {
      fc.pre(asked.fixedTokens + asked.answerTokens <= asked.limitTokens);
      const { passages, usedTokens } = packContext(asked, 'Desk');
      const free = asked.limitTokens - asked.answerTokens - usedTokens;
      expect(asked.passages.filter((tokens, index) => !passages.includes(index) && tokens <= free)).toEqual([]);
    }));
  });

  test('gives what was said before no more than a quarter, newest first, and the passages the rest', () => {
    expect(packContext({ limitTokens: 1000, answerTokens: 100, fixedTokens: 100, turns: [150, 60, 10], passages: [400, 300, 200] }, 'Desk')).toEqual({ turns: 1, passages: [0, 2], usedTokens: 850 });
  });

  test('says which endpoint takes how much when the question alone is too long, and nothing of the question', () => {
    expect(() => packContext({ limitTokens: 512, answerTokens: 128, fixedTokens: 400, turns: [], passages: [] }, 'Desk')).toThrow('The question is longer than what Desk takes at once: it takes 512 tokens, 128 of them for the answer.');
  });
});

describe('tokens of a text', () => {
  test('are more for a longer text, whatever it is written in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 12 }), (a, b) => {
      expect(estimateTokens(a + b)).toBeGreaterThan(estimateTokens(a));
    }));
  });
  test.each([
    ['The pump tripped at 15:00 because the lower bearing reached 94 degrees.', 14, 40], ['水位が上がったのでポンプを止めた。', 12, 40], ['Насос остановился из-за перегрева.', 8, 40], ['2024-03-20 15:00 148,500.00', 12, 30],
  ])('%j takes at least %i and not absurdly many', (text, least, most) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(least);
    expect(estimateTokens(text)).toBeLessThanOrEqual(most);
  });
});
