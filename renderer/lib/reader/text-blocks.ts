/**
 * Splits canonical text into what is drawn: paragraphs and quoted lines, each made of leaves. A leaf is a run of the text that is
 * drawn exactly as it stands, so that a place in its text node is a place in the canonical text. Pure.
 */

/** A run of canonical text, end exclusive. */
export interface Leaf {
  readonly start: number;
  readonly end: number;
}

/** A paragraph, or lines of quoted mail with their `>` left out. */
export interface Block extends Leaf {
  readonly kind: 'paragraph' | 'quote';
  /** How deep a quote is nested; 0 for a paragraph. */
  readonly depth: number;
  readonly leaves: readonly Leaf[];
  /** True when it goes on from the block before it, which was cut for its length. */
  readonly isContinued: boolean;
  /** The page that begins here, 2 or higher; null inside a page and on the first. */
  readonly page: number | null;
  /** How sure OCR was of the page that begins here, 0 to 100; null where no page begins, and for text that the document holds itself. */
  readonly ocr: number | null;
}

/** Blocks that are drawn and left out together. */
export interface Chunk extends Leaf {
  readonly blocks: readonly Block[];
  /** Its own text, from `start` to `end`. */
  readonly text: string;
  /** Line breaks in its text, for a guess at its height. */
  readonly lines: number;
}

/** A page's first offset. */
export interface PageStart {
  readonly page: number;
  readonly start: number;
  readonly ocr?: number | undefined;
}

const maxBlockChars = 4000;
const chunkChars = 3000;
const quotePrefix = /^(?:> ?)+/;

interface Line extends Leaf {
  readonly depth: number;
  readonly prefix: number;
  readonly isBlank: boolean;
}

function lineAt(text: string, at: number): Line & { readonly next: number } {
  const newline = text.indexOf('\n', at);
  const end = newline === -1 ? text.length : newline;
  const isQuote = text.charCodeAt(at) === 62;
  const prefix = isQuote ? (quotePrefix.exec(text.slice(at, Math.min(end, at + 200)))?.[0] ?? '') : '';
  const depth = isQuote ? prefix.replaceAll(' ', '').length : 0;
  const isBlank = end - at - prefix.length < 200 && text.slice(at + prefix.length, end).trim() === '';
  return { start: at, end, depth, prefix: prefix.length, isBlank, next: newline === -1 ? end : newline + 1 };
}

/** Where to cut a run that is too long: after the last white space that fits, else at the limit, never inside a surrogate pair. */
function cutOf(text: string, start: number, end: number): number {
  const limit = start + maxBlockChars;
  if (end <= limit) return end;
  for (let at = limit; at > limit - 400; at -= 1) if (/\s/.test(text.charAt(at - 1))) return at;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code < 0xdc00 ? limit - 1 : limit;
}

/**
 * The blocks of `text`, whose first code unit is at `base` in the canonical text. Unless `isLast`, the final block may go on in
 * the next window and is left out; `rest` is where it begins, equal to the end of `text` when nothing is left.
 */
export function blocksOf(text: string, base: number, isLast: boolean, pages: readonly PageStart[] = []): { readonly blocks: readonly Block[]; readonly rest: number } {
  const blocks: Block[] = [];
  const cuts = pages.filter((page) => (page.page > 1 || page.ocr !== undefined) && page.start >= base);
  let cut = 0;
  let lines: Line[] = [];
  let page: number | null = null;
  let ocr: number | null = null;

  const flush = (): void => {
    const [first] = lines;
    const last = lines.at(-1);
    if (first === undefined || last === undefined) return;
    let leaves: Leaf[] = [];
    let isContinued = false;
    const put = (start: number, end: number): void => {
      blocks.push({ kind: first.depth > 0 ? 'quote' : 'paragraph', depth: first.depth, start: base + start, end: base + end, leaves, isContinued, page, ocr });
      leaves = [];
      isContinued = true;
      page = null;
      ocr = null;
    };
    let size = 0;
    let blockStart = first.start;
    for (const line of lines) {
      // A line ends with its break, except the last of the block, so that lines keep apart in one text node after another.
      const end = line === last ? line.end : line.end + 1;
      let start = line.start + line.prefix;
      while (start < end) {
        const to = cutOf(text, start, end);
        leaves.push({ start: base + start, end: base + to });
        size += to - start;
        start = to;
        if (size >= maxBlockChars && !(line === last && start >= end)) {
          put(blockStart, to);
          blockStart = to;
          size = 0;
        }
      }
    }
    if (leaves.length > 0) put(blockStart, last.end);
    lines = [];
  };

  let at = 0;
  while (at < text.length) {
    const next = cuts[cut];
    if (next !== undefined && next.start - base <= at) {
      flush();
      page = next.page;
      ocr = next.ocr ?? null;
      cut += 1;
    }
    const line = lineAt(text, at);
    const [first] = lines;
    if (line.isBlank || (first !== undefined && first.depth !== line.depth)) flush();
    if (!line.isBlank) lines.push(line);
    at = line.next;
  }
  const [open] = lines;
  if (!isLast && open !== undefined && text.length - open.start < 200_000) return { blocks, rest: base + open.start };
  flush();
  return { blocks, rest: base + text.length };
}

/** Groups blocks into chunks of some thousand characters. */
export function chunksOf(blocks: readonly Block[], text: string, base: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    const first = blocks[from];
    const last = blocks[index];
    if (first === undefined || last === undefined) break;
    if (last.end - first.start < chunkChars && index < blocks.length - 1) continue;
    const own = text.slice(first.start - base, last.end - base);
    chunks.push({ start: first.start, end: last.end, blocks: blocks.slice(from, index + 1), text: own, lines: own.split('\n').length });
    from = index + 1;
  }
  return chunks;
}
