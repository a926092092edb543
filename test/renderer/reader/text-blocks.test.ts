import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, blocksOf, chunksOf } from '../../../renderer/lib/reader/text-blocks.ts';

const drawnOf = (block: Block, text: string, base = 0): string => block.leaves.map((leaf) => text.slice(leaf.start - base, leaf.end - base)).join('');
const lines = fc.array(fc.constantFrom('', ' ', 'one line', '> quoted', '> > deeper', '>tight', 'word '.repeat(30), '\u{1F4C4}'.repeat(5)), { maxLength: 40 }).map((all) => all.join('\n'));

describe('blocksOf', () => {
  test('parts paragraphs at blank lines and keeps single line breaks inside them', () => {
    const text = 'First line\nsecond line\n\n \nThird';
    const { blocks } = blocksOf(text, 0, true);
    expect(blocks.map((block) => drawnOf(block, text))).toEqual(['First line\nsecond line', 'Third']);
  });

  test('leaves the quotation marks of mail out of what is drawn and counts their depth', () => {
    const text = 'They wrote:\n> yes\n> > no\nend';
    const { blocks } = blocksOf(text, 0, true);
    expect(blocks.map((block) => [block.kind, block.depth, drawnOf(block, text)])).toEqual([
      ['paragraph', 0, 'They wrote:'], ['quote', 1, 'yes'], ['quote', 2, 'no'], ['paragraph', 0, 'end'],
    ]);
  });

  test('counts offsets from the base of its window', () => {
    const { blocks, rest } = blocksOf('abc\n\nde', 1000, true);
    expect(blocks.map((block) => [block.start, block.end])).toEqual([[1000, 1003], [1005, 1007]]);
    expect(rest).toBe(1007);
  });

  test('leaves the open paragraph of a window to the next one', () => {
    const text = 'done\n\nstill go';
    const { blocks, rest } = blocksOf(text, 0, false);
    expect(blocks).toHaveLength(1);
    expect(text.slice(rest)).toBe('still go');
  });

  test('begins a block where a page begins', () => {
    const text = 'page one text page two text';
    const whole = 'page one text\npage two text';
    expect(blocksOf(text, 0, true, [{ page: 1, start: 0 }]).blocks).toHaveLength(1);
    const { blocks } = blocksOf(whole, 0, true, [{ page: 1, start: 0 }, { page: 2, start: 14 }]);
    expect(blocks.map((block) => block.page)).toEqual([null, 2]);
  });

  test('cuts a paragraph that is too long without losing a character or splitting a pair', () => {
    const text = '\u{1F4C4}'.repeat(9001);
    const { blocks } = blocksOf(text, 0, true);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.map((block) => drawnOf(block, text)).join('')).toBe(text);
    for (const block of blocks) expect(drawnOf(block, text).isWellFormed()).toBe(true);
    expect(blocks.map((block) => block.isContinued)).toEqual(blocks.map((_, index) => index > 0));
  });

  test('draws every character that is neither white space nor a quotation mark, once and in order', () => {
    fc.assert(fc.property(lines, (text) => {
      const { blocks } = blocksOf(text, 0, true);
      const leaves = blocks.flatMap((block) => block.leaves);
      for (const [index, leaf] of leaves.entries()) expect(leaf.start).toBeGreaterThanOrEqual(leaves[index - 1]?.end ?? 0);
      const bare = (value: string): string => value.replace(/[\s>]/g, '');
      expect(bare(leaves.map((leaf) => text.slice(leaf.start, leaf.end)).join(''))).toBe(bare(text));
    }));
  });

  test('cut in windows it draws what it draws whole', () => {
    fc.assert(fc.property(lines, fc.integer({ min: 1, max: 400 }), (text, size) => {
      const drawn: string[] = [];
      let carry = '';
      for (let from = 0; from < text.length; from += size) {
        const window = carry + text.slice(from, from + size);
        const base = from - carry.length;
        const { blocks, rest } = blocksOf(window, base, from + size >= text.length);
        for (const block of blocks) drawn.push(drawnOf(block, window, base));
        carry = window.slice(rest - base);
      }
      expect(drawn.join('\n').replace(/[\s>]/g, '')).toBe(text.replace(/[\s>]/g, ''));
    }));
  });
});

describe('chunksOf', () => {
  test('holds every block once, in order, with its own text', () => {
    const text = Array.from({ length: 200 }, (_, index) => `Paragraph ${index} ${'x'.repeat(index)}`).join('\n\n');
    const { blocks } = blocksOf(text, 50, true);
    const chunks = chunksOf(blocks, text, 50);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.flatMap((chunk) => chunk.blocks)).toEqual(blocks);
    for (const chunk of chunks) expect(chunk.text).toBe(text.slice(chunk.start - 50, chunk.end - 50));
  });
});
