/** Finds words in a text although blanks, quote marks, hyphens at line ends or letters differ. Pure, and bounded in time. */
import type { Span } from '../../../preload/contract/domains/basics.ts';

/** Where the words stand; `score` is 1 where they stand letter for letter once layout is set aside, below that the share of letters that do. */
export interface FoundWords extends Span {
  readonly score: number;
}

/** From here on words count as found, shown as near. */
export const nearlyFound = 0.9;
/** Letters of the sentence times letters of the text that a comparison may cost. */
const mostCells = 3_000_000;

interface Folded {
  readonly text: string;
  /** Offset in the original of each unit, and of the end. */
  readonly at: Int32Array;
}

const folds: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '‚': "'", '‛': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-', '…': '...', 'ﬁ': 'fi', 'ﬂ': 'fl' };

/** Lower case, NFC, one blank for any run of them, plain quote marks and dashes, words joined that a line end had cut; offsets kept. */
function foldLayout(text: string): Folded {
  const out: string[] = [];
  const at: number[] = [];
  const add = (piece: string, offset: number): void => {
    for (const unit of piece.split('')) {
      out.push(unit);
      at.push(offset);
    }
  };
  for (const match of text.matchAll(/\u00AD|(?<=\p{L})[-\u2010][^\S\n]{0,20}\n\s{0,20}(?=\p{Ll})|[\s\u00A0]+|\P{M}\p{M}*|\p{M}+/gu)) {
    const [piece] = match;
    if (piece === '\u00AD' || /^[-\u2010][^\S\n]*\n/.test(piece)) continue;
    if (/^\s/.test(piece)) add(out.length === 0 || out.at(-1) === ' ' ? '' : ' ', match.index);
    else add((folds[piece] ?? piece.normalize('NFC')).toLowerCase(), match.index);
  }
  if (out.at(-1) === ' ') {
    out.pop();
    at.pop();
  }
  return { text: out.join(''), at: Int32Array.from([...at, text.trimEnd().length]) };
}

const isWordUnit = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text[at] ?? '');

/** The place of whole words in a text; null when they do not stand there. */
function wholeWords(text: string, wanted: string): number | null {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!(isWordUnit(text, at - 1) && isWordUnit(text, at)) && !(isWordUnit(text, end - 1) && isWordUnit(text, end))) return at;
  }
  return null;
}

/** Finds `wanted` in `text`: whole words, layout set aside, else the nearest stretch of at least `nearlyFound`; null when there is none, or nothing is wanted. */
export function findWords(text: string, wanted: string): FoundWords | null {
  const needle = foldLayout(wanted).text.replace(/[.,;:!?\s]+$/, '');
  if (!/[\p{L}\p{N}]/u.test(needle)) return null;
  const { text: folded, at } = foldLayout(text);
  const exact = wholeWords(folded, needle);
  if (exact !== null) return { start: at[exact] ?? 0, end: endAt(text, at, exact + needle.length), score: 1 };
  return needle.length * folded.length > mostCells || needle.length < 12 ? null : nearest(text, { text: folded, at }, needle);
}

/** Offset in the original behind the unit before `index`. */
function endAt(text: string, at: Int32Array, index: number): number {
  const last = at[index - 1] ?? 0;
  let end = Math.min(at[index] ?? text.length, text.length);
  while (end > last + 1 && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** The stretch of the text with the fewest edits (Sellers, 1980: approximate search by dynamic programming). */
function nearest(text: string, { text: folded, at }: Folded, needle: string): FoundWords | null {
  const size = needle.length;
  const costs = Int32Array.from({ length: size + 1 }, (_, index) => index);
  const starts = new Int32Array(size + 1);
  let best = { cost: size, start: 0, end: 0 };
  for (let end = 1; end <= folded.length; end += 1) {
    let diagonal = 0;
    let diagonalStart = end - 1;
    starts[0] = end;
    const code = folded.charCodeAt(end - 1);
    for (let index = 1; index <= size; index += 1) {
      const above = costs[index] ?? 0;
      const aboveStart = starts[index] ?? 0;
      let cost = diagonal + (needle.charCodeAt(index - 1) === code ? 0 : 1);
      let start = diagonalStart;
      if (above + 1 < cost) [cost, start] = [above + 1, aboveStart];
      if ((costs[index - 1] ?? 0) + 1 < cost) [cost, start] = [(costs[index - 1] ?? 0) + 1, starts[index - 1] ?? 0];
      costs[index] = cost;
      starts[index] = start;
      diagonal = above;
      diagonalStart = aboveStart;
    }
    const cost = costs[size] ?? size;
    if (cost < best.cost) best = { cost, start: starts[size] ?? 0, end };
  }
  const score = 1 - best.cost / Math.max(size, best.end - best.start);
  if (score < nearlyFound) return null;
  let { start, end } = best;
  while (isWordUnit(folded, start - 1) && isWordUnit(folded, start)) start -= 1;
  while (isWordUnit(folded, end - 1) && isWordUnit(folded, end)) end += 1;
  return { start: at[start] ?? 0, end: endAt(text, at, end), score };
}
