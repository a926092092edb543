/**
 * The blocks of a text as models write it: paragraphs, headings, list items, quotations, rows of tables, code. Of Markdown (CommonMark 0.31)
 * only what changes how a text is laid out; there is no HTML in it, no image and no link. Pure, and linear in the text.
 */
import type { AnswerBlock } from '../../preload/contract/domains/chat.ts';

/** A block with its text, without the signs that made it one. */
export interface WrittenBlock extends Omit<AnswerBlock, 'index'> {
  readonly text: string;
}

interface Line extends WrittenBlock {
  /** Lines that follow go on with it. */
  readonly isOpen: boolean;
}

const deepest = 5;
const fenceLine = /^ {0,3}(`{3,}|~{3,})/;
const ruleLine = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const rowLine = /^ {0,3}\|.*\|[ \t]*$/;
const rowRule = /^[ \t|:-]+$/;

/** A line that begins a block; null for one that goes on with the last, or begins a paragraph. `before` is the block it follows. */
function beginning(line: string, before: WrittenBlock | undefined): Line | null {
  const heading = /^ {0,3}(#{1,6})[ \t]+(.*)$/.exec(line);
  if (heading !== null) return { kind: 'heading', depth: heading[1]?.length ?? 1, ordinal: '', text: (heading[2] ?? '').replace(/[ \t]#+[ \t]*$/, ''), isOpen: false };
  const item = /^([ \t]*)([-*+•‣◦]|\d{1,3}[.)])[ \t]+(\S.*)$/.exec(line);
  if (item !== null && isOrdinal(item[2] ?? '', before)) return { kind: 'item', depth: Math.min(deepest, Math.floor((item[1] ?? '').replaceAll('\t', '    ').length / 2)), ordinal: /\d/.test(item[2] ?? '') ? item[2] ?? '' : '', text: item[3] ?? '', isOpen: true };
  const quote = /^ {0,3}>[ \t]?(.*)$/.exec(line);
  if (quote !== null) return before?.kind === 'quote' ? null : { kind: 'quote', depth: 0, ordinal: '', text: quote[1] ?? '', isOpen: true };
  if (rowLine.test(line)) return { kind: 'row', depth: 0, ordinal: '', text: line.trim(), isOpen: false };
  return null;
}

/** "15. March" is a date where no 14th point stands before it. */
function isOrdinal(sign: string, before: WrittenBlock | undefined): boolean {
  const number = Number.parseInt(sign, 10);
  if (Number.isNaN(number) || number === 1) return true;
  return before?.kind === 'item' && (Number.parseInt(before.ordinal, 10) === number - 1 || before.ordinal === '');
}

/** Splits a text into its blocks, in order. Every word of the text is in one. */
export function blocksOf(text: string): WrittenBlock[] {
  const blocks: Line[] = [];
  let fence: string | null = null;
  let isFresh = true;
  for (const line of text.split(/\r\n|\n/)) {
    const last = blocks.at(-1);
    if (fence !== null) {
      if (line.trim().startsWith(fence) && line.trim() === fence.charAt(0).repeat(line.trim().length)) {
        fence = null;
        isFresh = true;
      } else if (last !== undefined) blocks[blocks.length - 1] = { ...last, text: last.text === '' ? line : `${last.text}\n${line}` };
      continue;
    }
    const opening = fenceLine.exec(line)?.[1];
    if (opening !== undefined) {
      fence = opening;
      blocks.push({ kind: 'code', depth: 0, ordinal: '', text: line.trim().slice(opening.length).trim(), isOpen: false });
    } else if (line.trim() === '') isFresh = true;
    else if (!ruleLine.test(line) && !(last?.kind === 'row' && rowRule.test(line))) {
      const begun = beginning(line, last);
      if (begun !== null) blocks.push(begun);
      else if (last === undefined || !last.isOpen || isFresh) blocks.push({ kind: 'paragraph', depth: 0, ordinal: '', text: line, isOpen: true });
      else blocks[blocks.length - 1] = { ...last, text: `${last.text}\n${last.kind === 'quote' ? line.replace(/^ {0,3}>[ \t]?/, '') : line}` };
      isFresh = false;
    }
  }
  return blocks.filter((block) => block.text.trim() !== '').map(({ isOpen: _isOpen, ...block }) => block);
}

/** The words of a sentence without the signs of emphasis, code and links: what is compared with quotes. A link's address stays. */
export function withoutSigns(text: string): string {
  return text
    .replace(/!?\[([^[\]\n]{0,400})\]\(([^()\s]{0,2000})[^()\n]{0,400}\)/g, '$1 ($2)')
    .replace(/(`+)(?=\S)([^`\n]+?)\1/g, '$2')
    .replace(/(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])/g, '$2')
    .replace(/(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])/g, '$2')
    .replace(/~~(?=\S)([^~\n]+?)~~/g, '$1')
    .replace(/^\|\s*|\s*\|$/g, '')
    .replace(/\s\|\s/g, ' ');
}
