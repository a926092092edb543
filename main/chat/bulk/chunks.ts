import type { Span } from '../../../preload/contract/domains/basics.ts';

/** A cut lies in the last part of a chunk, so that none is shorter than this share of the longest. */
const leastShare = 0.6;

/** The best place to cut in [from, to): behind a blank line, else a sentence, else a word; `to` where there is none. */
function cutIn(body: string, from: number, to: number): number {
  const part = body.slice(from, to);
  const behind = (at: number, length: number): number => (at < 0 ? -1 : from + at + length);
  const found = [behind(part.lastIndexOf('\n\n'), 2), behind(part.lastIndexOf('. '), 2), behind(part.lastIndexOf('\n'), 1), behind(part.lastIndexOf(' '), 1)].find((at) => at > from);
  if (found !== undefined) return found;
  const isPair = /[\uD800-\uDBFF]/.test(body[to - 1] ?? '');
  return isPair ? to - 1 : to;
}

/** Spans that cover a text without gap or overlap, none longer than `most` (at least 16), cut where the text pauses. A text without a word has none. */
export function cutChunks(body: string, most: number): Span[] {
  if (body.trim() === '') return [];
  const chunks: Span[] = [];
  for (let start = 0; start < body.length;) {
    const limit = start + most;
    const end = limit >= body.length ? body.length : cutIn(body, start + Math.floor(most * leastShare), limit);
    if (body.slice(start, end).trim() !== '') chunks.push({ start, end });
    start = end;
  }
  return chunks;
}
