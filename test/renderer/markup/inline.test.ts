import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineRuns, plainRun, type InlineRun } from '../../../renderer/lib/markup/inline.ts';

const brief = (text: string): string[] => inlineRuns(text).filter((run) => run.text.trim() !== '').map(({ text: own, look }) => (look === 'plain' ? own.trim() : `${look}: ${own.trim()}`));

describe('what models write within a line', () => {
  test('emphasis, code and struck words lose their signs, one inside another too', () => {
    expect(brief('A **b** and *c* and `d` and ~~e~~ and __f__')).toEqual(['A', 'strong: b', 'and', 'emphasis: c', 'and', 'code: d', 'and', 'struck: e', 'and', 'strong: f']);
    expect(brief('**see [the log](http://a.example/x)**')).toEqual(['strong: see', 'strong: the log', 'address: http://a.example/x']);
  });

  test('figures, snake case and single stars are no emphasis', () => {
    for (const text of ['2*3*4 = 24', 'a snake_case_word', 'f(x) * g(x) * h', '5 ** 2']) expect(inlineRuns(text)).toEqual([{ text, look: 'plain' }]);
  });

  test('a link is its words and then, whole, where it would have gone', () => {
    expect(brief('See [the report](https://evil.example/x?d=secret "more").')).toEqual(['See', 'the report', 'address: https://evil.example/x?d=secret "more"', '.']);
    expect(brief('See https://evil.example/x. It')).toEqual(['See', 'address: https://evil.example/x', '.', 'It']);
  });

  test('an image is not loaded, and says so', () => {
    expect(brief('![logo](https://evil.example/x.png)')).toEqual(['note: image, not loaded', 'logo', 'address: https://evil.example/x.png']);
  });

  test('HTML is text', () => {
    const text = '<img src=x onerror=alert(1)><script>a()</script><svg/onload=b()>';
    expect(inlineRuns(text)).toEqual([{ text, look: 'plain' }]);
  });
});

describe('hosts that are not what they look like', () => {
  test.each([
    ['other letters in an address', 'https://аpple.com/login', 'host in other letters: xn--pple-43d.com'],
    ['a punycode host', 'https://xn--pple-43d.com/', 'host in other letters: xn--pple-43d.com'],
    ['other letters without a scheme', 'Log in at аpple.com today', 'host in other letters: xn--pple-43d.com'],
    ['a name before an @', 'https://bank.example@evil.example/x', 'leads to evil.example'],
    ['words that name another host', '[bank.example](https://evil.example/x)', 'leads to evil.example'],
    ['a word of mixed letters', 'Paid by Вrask in May', 'Latin and Cyrillic letters'],
  ])('%s', (_name, text, note) => {
    expect(inlineRuns(text).filter(({ look }) => look === 'note').map((run) => run.text)).toEqual([note]);
  });

  test.each(['https://example.org/x', '[example.org](https://www.example.org/x)', '[the report](https://example.org)', 'Москва was cold, ΔT was 5 µm', 'Größe, naïve, café.'])('nothing is said of %s', (text) => {
    expect(inlineRuns(text).filter(({ look }) => look === 'note')).toEqual([]);
  });
});

test('no letter is lost but signs of emphasis, whatever is written, and quotes keep those too', () => {
  const piece = fc.oneof(fc.constantFrom('*', '**', '_', '`', '~~', '[', '](', ')', '!', 'http://a.example/', '<b>', ' ', '"', '|', 'а', 'a.com'), fc.string({ maxLength: 4 }));
  const letters = (text: string): string => text.replace(/[*_`~![\]()<>\s]/g, '');
  const said = (runs: readonly InlineRun[]): string => runs.filter(({ look }) => look !== 'note').map((run) => run.text).join('');
  fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
    const text = pieces.join('');
    expect(letters(said(inlineRuns(text)))).toBe(letters(text));
    expect(said(plainRun(text))).toBe(text);
  }), { numRuns: 400 });
});

test('a text made to be slow is read as far as it goes', () => {
  for (const unit of ['[', '![', '*a', '**a', '`', '_a_', '[a](', 'http:', '~~a']) expect(said(inlineRuns(unit.repeat(20_000))).length).toBeGreaterThan(0);
  function said(runs: readonly InlineRun[]): string {
    return runs.map((run) => run.text).join('');
  }
}, 30_000);
