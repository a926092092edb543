import { expect, test } from 'vitest';
import { checkSupport } from '../../../main/chat/check-support.ts';
import { citeAnswer } from '../../../main/chat/model-answer.ts';

const text = 'Pump 4B tripped at 15:00 on 20 March 2024. The invoice over £77,300.00 was paid twice.\nNobody signed the log.';
const passages = [{ number: 1, start: 100, text }, { number: 2, start: 0, text: 'The weir was painted green in June.' }];

test('each cited sentence gets the quote that stands in the passage, word for word, at its place', () => {
  const { sentences, quotes } = citeAnswer('Pump 4B tripped on 20 March. [1] The weir is green [2]. Somebody profited from it.', passages);
  expect(sentences).toEqual([
    { text: 'Pump 4B tripped on 20 March.', support: 'supported', citations: [1] },
    { text: 'The weir is green.', support: 'supported', citations: [2] },
    { text: 'Somebody profited from it.', support: 'uncited', citations: [] },
  ]);
  expect(quotes[0]).toEqual({ passage: 1, start: 100, end: 142, quote: 'Pump 4B tripped at 15:00 on 20 March 2024.' });
  for (const quote of quotes) {
    const passage = passages.find((candidate) => candidate.number === quote.passage);
    expect(passage?.text.slice(quote.start - passage.start, quote.end - passage.start)).toBe(quote.quote);
  }
});

test('a number that is not in the quote is not supported, and thousands may be written either way', () => {
  const quote = 'The invoice over £77,300.00 was paid twice.';
  expect(checkSupport('The invoice over 77300 was paid twice.', [quote])).toBe('supported');
  expect(checkSupport('The invoice over 78,300 was paid twice.', [quote])).not.toBe('supported');
  expect(checkSupport('The minister resigned over the harbour dispute.', [quote])).toBe('unsupported');
  expect(checkSupport('Anything.', [])).toBe('uncited');
});

test('a marker without a passage cites nothing, and several in one bracket cite each', () => {
  const { sentences } = citeAnswer('The log was signed by nobody [9]. Pump 4B tripped, and the weir was painted green [1, 2].', passages);
  expect(sentences.map(({ citations }) => citations)).toEqual([[], [1, 2]]);
});
