import { expect, test } from 'vitest';
import { findPersonalData } from '../../../main/entities/index.ts';
import { partsOf } from '../../../main/entities/parts.ts';

const size = 1_000_000;

function isInOrder(text: string): boolean {
  const spans = findPersonalData(text);
  return spans.every(({ start, end }, at) => start >= (spans[at - 1]?.end ?? 0) && end > start && end <= text.length);
}

// Each part of a text is bounded (below), so what ends soon in five parts takes as many times longer in more.
test.each(['a.', 'a@b.', '1', '1/', '(1) ', '1:', 'a:', 'GB82', 'www.', 'https://a', 'january ', 'tel ', 'phone number is ', 'a\u0301', `${'a'.repeat(60)}.`, 'Aa ', '4111 1111 1111 ', '\n', ' ', 'x', '\uD835', '[PERSON-', 'ext ', '::1', '0 ', '123-45-'])(
  'many times %j ends, in spans that are in order', (piece) => { expect(isInOrder(piece.repeat(Math.ceil(80_000 / piece.length)))).toBe(true); },
);

test.each(['@', '1 ', '+1(', 'GB82 ', 'driver licence number is ', '12-12-', 'http://'])('a million signs of %j end', (piece) => { expect(isInOrder(piece.repeat(Math.ceil(size / piece.length)))).toBe(true); });

test('the parts of a text cover it, are bounded, and grow in number with its length', () => {
  for (const text of ['x'.repeat(size), 'word '.repeat(size / 5), 'line\n'.repeat(size / 5), 'p\n\n'.repeat(size / 3)]) {
    let end = 0;
    let count = 0;
    for (const part of partsOf(text)) {
      expect(part.start).toBeLessThanOrEqual(end);
      expect(part.end).toBeGreaterThan(end);
      expect(part.end - part.start).toBeLessThanOrEqual(20_480);
      end = part.end;
      count += 1;
    }
    expect(end).toBe(text.length);
    expect(count).toBeLessThanOrEqual(130);
  }
  expect([...partsOf('')]).toEqual([]);
});

test('an address that lies across a cut is found whole', () => {
  for (const shift of [0, 100, 250]) {
    const before = 'x'.repeat(16_384 + 4_096 - 20 + shift).replace(/.$/u, ',');
    const text = `${before}kept.whole@example.org,${'y'.repeat(5000)}`;
    expect(findPersonalData(text).filter(({ type }) => type === 'EMAIL_ADDRESS').map((span) => span.text)).toEqual(['kept.whole@example.org']);
  }
});
