/** Finding words in one document's text. Pure. */
import type { ReaderMark } from './reader-contract.ts';

/** Finds beyond this number are not shown; the count then says "and more". */
export const maxFinds = 2000;

/** Every place where `needle` stands in `text`, upper and lower case alike, from `base` on. White space matches any white space. */
export function findAll(text: string, needle: string, base = 0): readonly ReaderMark[] {
  const wanted = needle.trim();
  if (wanted === '') return [];
  const pattern = wanted.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
  const found: ReaderMark[] = [];
  for (const match of text.matchAll(new RegExp(pattern, 'giu'))) {
    const start = base + match.index;
    found.push({ id: `find-${start}`, start, end: start + match[0].length, kind: 'hit-1', label: 'Found' });
    if (found.length === maxFinds) break;
  }
  return found;
}
