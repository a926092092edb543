import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnTexts } from '../../../renderer/lib/reader/drawn-runs.ts';

describe('drawnTexts', () => {
  test('draws ordinary text as one run', () => {
    expect(drawnTexts('plain text\n', 7)).toEqual([{ start: 7, end: 18, text: 'plain text\n', isEscape: false }]);
  });

  test('writes a reversing character out and keeps the offsets around it', () => {
    expect(drawnTexts('a\u202Eb', 0)).toEqual([
      { start: 0, end: 1, text: 'a', isEscape: false },
      { start: 1, end: 2, text: '⟨U+202E⟩', isEscape: true },
      { start: 2, end: 3, text: 'b', isEscape: false },
    ]);
  });

  test('its spans follow one another without a gap over the whole text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', 'é', '\u200B', '\u202E', '\u{1F4C4}', '\u{E0041}', '❤\uFE0F') });
    fc.assert(fc.property(text, fc.nat(100), (value, start) => {
      const drawn = drawnTexts(value, start);
      let at = start;
      for (const run of drawn) {
        expect(run.start).toBe(at);
        if (!run.isEscape && run.text !== '\n') expect(value.slice(run.start - start, run.end - start)).toBe(run.text);
        at = run.end;
      }
      expect(at).toBe(start + value.length);
    }));
  });
});
