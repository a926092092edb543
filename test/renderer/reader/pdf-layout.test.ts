import { expect, test } from 'vitest';
import { fitScale, fullScale, nextScale, pageAt, typedPage } from '../../../renderer/lib/reader/pdf/pdf-layout.ts';

test('a page fits the desk and is never larger than 100%', () => {
  expect(fitScale(660, 612)).toBeCloseTo(1);
  expect(fitScale(5000, 612)).toBe(fullScale);
  expect(fitScale(0, 612)).toBeGreaterThan(0);
});

test('zoom goes to the next step from between two and stays at the ends', () => {
  expect(nextScale(0.95 * fullScale, 1)).toBeCloseTo(fullScale);
  expect(nextScale(0.95 * fullScale, -1)).toBeCloseTo(0.9 * fullScale);
  expect(nextScale(4 * fullScale, 1)).toBe(4 * fullScale);
  expect(nextScale(fullScale, 1)).toBeCloseTo(1.1 * fullScale);
});

test('the current page is the last whose top is above the line', () => {
  expect([0, 100, 250, 251, 999].map((line) => pageAt([20, 120, 251], line))).toEqual([1, 1, 2, 3, 3]);
});

test('a typed page is kept within the document, and words are none', () => {
  expect([typedPage('3', 5), typedPage(' 99 ', 5), typedPage('0', 5), typedPage('two', 5), typedPage('', 5), typedPage('1.5', 5)]).toEqual([3, 5, 1, null, null, null]);
});
