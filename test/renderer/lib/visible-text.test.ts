import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visibleLine, visibleRuns, visibleText } from '../../../renderer/lib/visible-text.ts';

describe('visibleText', () => {
  test('leaves ordinary writing alone, accents, other scripts and emoji included', () => {
    const text = 'Zahlung über 49.500,00 €\n\tПлатёж ₽ 支払い ❤️ 🚢';
    expect(visibleText(text)).toBe(text);
  });

  test.each([
    ['a control', '\u0007', '⟨U+0007⟩'],
    ['an escape', '\u001B', '⟨U+001B⟩'],
    ['a C1 control', '\u009B', '⟨U+009B⟩'],
    ['a soft hyphen', '\u00AD', '⟨U+00AD⟩'],
    ['a right-to-left override', '\u202E', '⟨U+202E⟩'],
    ['an isolate', '\u2066', '⟨U+2066⟩'],
    ['an Arabic letter mark', '\u061C', '⟨U+061C⟩'],
    ['a zero-width space', '\u200B', '⟨U+200B⟩'],
    ['a zero-width joiner', '\u200D', '⟨U+200D⟩'],
    ['a word joiner', '\u2060', '⟨U+2060⟩'],
    ['a byte order mark', '\uFEFF', '⟨U+FEFF⟩'],
    ['a line separator', '\u2028', '⟨U+2028⟩'],
    ['a tag character', '\u{E0041}', '⟨U+E0041⟩'],
    ['a variation selector', '\uFE01', '⟨U+FE01⟩'],
    ['a supplementary variation selector', '\u{E0100}', '⟨U+E0100⟩'],
    ['a lone surrogate', '\uDC00', '⟨U+DC00⟩'],
    ['a lone carriage return', '\r', '⟨U+000D⟩'],
    ['an empty Braille cell', '\u2800', '⟨U+2800⟩'],
    ['a noncharacter', '\uFFFF', '⟨U+FFFF⟩'],
  ])('writes out %s', (_name, character, escape) => {
    expect(visibleText(`a${character}b`)).toBe(`a${escape}b`);
  });

  test('writes out marks heaped on one letter from the fifth on', () => {
    expect(visibleText(`a${'\u0301'.repeat(6)}b`)).toBe(`a${'\u0301'.repeat(4)}⟨U+0301⟩⟨U+0301⟩b`);
  });

  test('an emoji selector after a letter is written out: only a pictograph may have one', () => {
    expect(visibleText('a\uFE0F')).toBe('a⟨U+FE0F⟩');
  });

  test('nothing that it gives back would be written out by it again, whatever comes in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = visibleText(text);
      expect(visibleText(once)).toBe(once);
    }));
  });

  test('only what was escaped is marked as an escape', () => {
    expect(visibleRuns('a\u202Eb')).toEqual([
      { text: 'a', isEscape: false },
      { text: '⟨U+202E⟩', isEscape: true },
      { text: 'b', isEscape: false },
    ]);
  });

  test('markup is text like any other', () => {
    expect(visibleText('<img src=x onerror=1> [a](http://b)')).toBe('<img src=x onerror=1> [a](http://b)');
  });
});

test('visibleLine joins lines and keeps escapes', () => {
  expect(visibleLine(' one\r\n two\u200B\tthree ')).toBe('one two⟨U+200B⟩ three');
});
