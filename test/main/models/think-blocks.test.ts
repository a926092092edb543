import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createThinkFilter, type Sorted } from '../../../main/models/think-blocks.ts';

const sort = (pieces: readonly string[]): Sorted => {
  const filter = createThinkFilter();
  const all = [...pieces.map((piece) => filter.push(piece)), filter.end()];
  return { text: all.map(({ text }) => text).join(''), reasoning: all.map(({ reasoning }) => reasoning).join('') };
};

describe('thinking aloud', () => {
  const cases: readonly { readonly said: string; readonly text: string; readonly reasoning: string }[] = [
    { said: '<think>hm</think>Yes.', text: 'Yes.', reasoning: 'hm' },
    { said: '\n<think>\nhm\n</think>\n\nYes.', text: 'Yes.', reasoning: '\nhm\n' },
    { said: '<Reasoning>hm</REASONING> Yes.', text: 'Yes.', reasoning: 'hm' },
    { said: '<think></think><think>b</think>Yes.', text: 'Yes.', reasoning: 'b' },
    { said: 'One.\n<thinking>hm</thinking>Two.', text: 'One.\nTwo.', reasoning: 'hm' },
    { said: 'The <think> tag</think> is quoted.', text: 'The <think> tag</think> is quoted.', reasoning: '' },
    { said: '<think>never closed', text: '', reasoning: 'never closed' },
    { said: 'One.\n<think>never closed. Two.', text: 'One.\n<think>never closed. Two.', reasoning: '' },
    { said: 'One.\n<thin', text: 'One.\n<thin', reasoning: '' },
    { said: '<thinker>Yes.', text: '<thinker>Yes.', reasoning: '' },
    { said: 'a < b and\n< c', text: 'a < b and\n< c', reasoning: '' },
    { said: '', text: '', reasoning: '' },
  ];
  test.each(cases)('$said', ({ said, text, reasoning }) => {
    expect(sort([said])).toEqual({ text, reasoning });
  });

  test('is sorted the same however the text is cut', () => {
    const parts = fc.array(fc.constantFrom('<think>', '</think>', '<reasoning>', '</reasoning>', '<', '</', 'th', '\n', ' ', 'word', '>', '<thinking>'), { maxLength: 14 });
    fc.assert(fc.property(parts, fc.array(fc.nat({ max: 6 }), { maxLength: 40 }), (words, sizes) => {
      const said = words.join('');
      const pieces: string[] = [];
      let at = 0;
      for (const size of sizes) {
        pieces.push(said.slice(at, at + size));
        at += size;
      }
      pieces.push(said.slice(at));
      expect(sort(pieces)).toEqual(sort([said]));
    }), { numRuns: 3000 });
  });

  test('shows text as soon as it cannot be a tag', () => {
    const filter = createThinkFilter();
    expect(filter.push('Yes, ').text).toBe('Yes, ');
    expect(filter.push('<b').text).toBe('<b');
  });
});
