import { expect, test } from 'vitest';
import { findPersonalData } from '../../../main/entities/index.ts';
import { partsOf } from '../../../main/entities/parts.ts';

const size = 1_000_000;
const pieces = ['a.', '@', 'a@b.', '1', '1 ', '12-12-', '1/', '+1(', '(1) ', '1:', 'a:', 'GB82', 'GB82 ', 'www.', 'http://', 'https://a', 'driver licence number is ', 'january ', 'tel ', 'phone number is ', 'a\u0301', `${'a'.repeat(60)}.`, 'Aa ', '4111 1111 1111 ', '\n', ' ', 'x', '\uD835', '[PERSON-', 'ext ', '::1', '0 ', '123-45-'];

test.each(pieces)('a million signs of %j end, in spans that are in order', (piece) => {
  const text = piece.repeat(Math.ceil(size / piece.length));
  let end = 0;
  for (const span of findPersonalData(text)) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    end = span.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
});

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
