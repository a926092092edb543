import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchorIn, findAnchor } from '../../../main/annotate/index.ts';

test('an anchor is found at its offsets, and again after text was put before it', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), fc.nat(79), fc.integer({ min: 1, max: 30 }), fc.string({ maxLength: 20 }), (text, from, length, inserted) => {
    const anchor = anchorIn(text, from, Math.min(text.length, from + length));
    if (anchor === null) return;
    expect(findAnchor(text, anchor)).toEqual({ state: 'exact', start: anchor.start, end: anchor.end });
    const moved = findAnchor(inserted + text, anchor);
    expect(moved.state).not.toBe('lost');
    expect((inserted + text).slice(moved.start, moved.end)).toBe(anchor.quote);
  }));
});

test('of several places the one with the same surroundings is taken', () => {
  const text = 'first pump tripped. second pump tripped at noon.';
  const anchor = anchorIn(text, text.lastIndexOf('pump'), text.lastIndexOf('pump') + 4);
  if (anchor === null) throw new Error('no anchor');
  const changed = `A new line here.\n${text}`;
  expect(findAnchor(changed, anchor)).toEqual({ state: 'moved', start: changed.lastIndexOf('pump'), end: changed.lastIndexOf('pump') + 4 });
});

test('a quote that stands nowhere is lost, and keeps its old place', () => {
  const anchor = anchorIn('the pump tripped', 4, 8);
  if (anchor === null) throw new Error('no anchor');
  expect(findAnchor('nothing here', anchor)).toEqual({ state: 'lost', start: 4, end: 8 });
});

test('a span that is empty, outside, or through a character is none', () => {
  expect(anchorIn('abc', 1, 1)).toBeNull();
  expect(anchorIn('abc', 2, 4)).toBeNull();
  expect(anchorIn('a😀b', 0, 2)).toBeNull();
  expect(anchorIn('a😀b', 1, 3)).toMatchObject({ quote: '😀' });
});
