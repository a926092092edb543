import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText, canonicalTextWithOffsets } from '../../../main/ingest/canonical-text.ts';
import { pagedTextBuilder } from '../../../main/ingest/page-text.ts';

/** Text rich in what the rules touch. */
const awkward = fc
  .array(fc.oneof(fc.constantFrom('a', 'e', ' ', '\t', '\n', '\r', '\r\n', '\f', '\0', '\u0007', '\u00A0', '\u00AD', '\uFEFF', '\u0301', '\u0323', '\u1100', '\u1161', '\u11A8', '\uD800', '\uDC00', '\uFDD0', '\uFDD1', '\uFFFF', '\u{1FFFE}', '\u2028', '\u0085', '\u2126', '\u{1D15E}'), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 60 })
  .map((pieces) => pieces.join(''));

test('what is canonical stays as it is', () => {
  fc.assert(
    fc.property(awkward, (text) => {
      expect(canonicalText(canonicalText(text))).toBe(canonicalText(text));
    }),
  );
});

test('canonical text is in form C, well formed, and free of what search and screens cannot bear', () => {
  fc.assert(
    fc.property(awkward, (raw) => {
      const text = canonicalText(raw);
      expect(text.normalize('NFC')).toBe(text);
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(/[\p{Noncharacter_Code_Point}\u00AD\uFEFF\r\u00A0]|[\0-\x08\x0B-\x1F\x7F-\x9F]/u);
      expect(text).not.toMatch(/[ \t]\n|\n{4}|^\n|[ \t\n]$/);
    }),
  );
});

test('offsets carried along do not fall, stay within the text, and give the same text', () => {
  fc.assert(
    fc.property(awkward, fc.array(fc.nat(200), { maxLength: 20 }), (raw, places) => {
      const offsets = places.map((place) => Math.min(place, raw.length)).sort((a, b) => a - b);
      const moved = canonicalTextWithOffsets(raw, offsets);
      expect(moved.text).toBe(canonicalText(raw));
      expect(moved.offsets).toHaveLength(offsets.length);
      for (const [index, offset] of moved.offsets.entries()) {
        expect(offset).toBeGreaterThanOrEqual(index === 0 ? 0 : (moved.offsets[index - 1] ?? 0));
        expect(offset).toBeLessThanOrEqual(moved.text.length);
      }
    }),
  );
});

test('an item of a page is found again where its offsets say, whatever stands around it', () => {
  const word = fc.stringMatching(/^[a-z\u00E9\u4E00-\u4E09]{1,6}$/);
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '\r\n', '  \n', '\n\n\n\n\n', '\u00AD ', '\0')), { maxLength: 8 }), { maxLength: 5 }), (pages) => {
      const builder = pagedTextBuilder();
      for (const items of pages) {
        builder.beginPage();
        for (const [text, gap] of items) {
          builder.item(text.normalize('NFD'));
          builder.between(gap);
        }
      }
      const paged = builder.finish();
      expect(paged.text).toBe(canonicalText(paged.text));
      expect(paged.pages.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
      for (const [index, items] of pages.entries()) {
        const offsets = paged.pageItems[index] ?? new Uint32Array();
        expect(items.map((_, item) => paged.text.slice(offsets[2 * item], offsets[2 * item + 1]))).toEqual(items.map(([text]) => text));
        const span = paged.pages[index];
        for (const offset of offsets) expect(span !== undefined && span.start <= offset && offset <= span.end).toBe(true);
      }
    }),
  );
});

test('a letter and its mark in two items become one letter, which belongs to the first', () => {
  const builder = pagedTextBuilder();
  builder.beginPage();
  for (const item of ['caf', 'e', '\u0301', ' noir']) builder.item(item);
  const { text, pageItems } = builder.finish();
  expect(text).toBe('caf\u00E9 noir');
  expect([...(pageItems[0] ?? [])]).toEqual([0, 3, 3, 4, 4, 4, 4, 9]);
});

test('a long run of blanks is read in time that grows with its length only', () => {
  expect(canonicalText(`a${' '.repeat(2_000_000)}b${'\n '.repeat(300_000)}`)).toHaveLength(2_000_002);
});
