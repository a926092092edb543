/**
 * Marks that stand in a text: portion marks at the beginning of a paragraph, and banner lines (Register B.1, C.1; the author's marks, as
 * found). They are proposals. A lone (C) or (S) is taken for one only beside other marks: it may be a copyright or a list. Pure, and
 * linear in the length of the text.
 */
import type { Marking } from '../../preload/contract/domains/basics.ts';
import type { PageSpan } from '../../preload/contract/domains/documents.ts';
import { AppError } from '../base/errors.ts';
import { toMarking } from './markings.ts';

/** A mark and what it speaks of. Offsets are UTF-16 units of the text, end exclusive. */
export interface FoundMark {
  readonly kind: 'portion' | 'banner';
  /** The passage: from the mark to the end of its paragraph, or the page (without pages, the text) that a banner stands on. */
  readonly start: number;
  readonly end: number;
  /** The mark itself. */
  readonly markStart: number;
  readonly markEnd: number;
  /** Set for a banner in a text with pages. */
  readonly page: number | null;
  /** Null when it looks like a mark and cannot be read as one: `fault` says why, `at` in the mark. */
  readonly marking: Marking | null;
  readonly fault: { readonly at: number; readonly message: string } | null;
}

/** More marks than anybody looks through. */
const mostMarks = 20_000;
const level = '(?:TS|S|C|U|CUI|TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|CONTROLLED)';
/** At the start of a line, after a number or a bullet: (S//NF), (U), (//GBR S), (TLP:AMBER). */
const portionMark = new RegExp(String.raw`^[^\S\n]{0,40}(?:(?:[-•*–—]|\d{1,3}[.)]|[a-zA-Z][.)])[^\S\n]{1,10})?(\((?:${level}(?:[^\S\n]*//[^()\n]{1,200})?|//[^()\n]{1,200}|TLP:[A-Z+]{3,20})\))`, 'gm');
const bannerLine = new RegExp(String.raw`^[^\S\n]{0,200}((?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|CUI|CONTROLLED)(?:[^\S\n]*//[^\n]{1,200})?|//[A-Z][^\n]{1,200}|TLP:[A-Z+]{3,20})[^\S\n]{0,200}$`, 'gm');

function read(text: string): Pick<FoundMark, 'marking' | 'fault'> {
  try {
    return { marking: toMarking(text), fault: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'policy.bad-marking') throw error;
    return { marking: null, fault: { at: Number(error.data['at'] ?? 0), message: error.message } };
  }
}

/** The first value of a rising list that is at least `from`; null when none is. */
function firstFrom(rising: readonly number[], from: number): number | null {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return rising[low] ?? null;
}

/** True when there is more than lone letters: (C) may be a copyright, (S) an item of a list. */
function areMarks(marks: readonly string[]): boolean {
  return marks.some((mark) => mark !== '(C)' && mark !== '(S)') || marks.filter((mark) => mark === '(S)').length > 1;
}

/** The marks of a text in its order. `pages` in order; empty where the format has none. */
export function findMarks(text: string, pages: readonly PageSpan[]): FoundMark[] {
  const portions = found(text, portionMark);
  // A line between slashes may be a comment in a program: it is a banner only when it can be read.
  const banners = found(text, bannerLine).flatMap((piece) => {
    const { marking } = read(piece.mark);
    return marking === null ? [] : [{ ...piece, marking }];
  });
  const kept = banners.length > 0 || areMarks(portions.map(({ mark }) => mark)) ? portions : [];
  const emptyLines = Array.from(text.matchAll(/\n(?=[^\S\n]*\n)/g), ({ index }) => index);
  const pageEnds = pages.map((page) => page.end - 1);
  const pageOf = (at: number): PageSpan | null => {
    const last = firstFrom(pageEnds, at);
    const page = last === null ? undefined : pages[pageEnds.indexOf(last)];
    return page !== undefined && page.start <= at ? page : null;
  };
  const out: FoundMark[] = kept.map(({ mark, at }, index) => {
    const textFrom = at + mark.length;
    const limit = Math.min(kept[index + 1]?.at ?? text.length, pageOf(at)?.end ?? text.length, firstFrom(emptyLines, textFrom) ?? text.length);
    return { kind: 'portion', start: at, end: textFrom + text.slice(textFrom, limit).trimEnd().length, markStart: at, markEnd: textFrom, page: null, ...read(mark) };
  });
  const seen = new Set<string>();
  for (const { mark, marking, at } of banners) {
    const page = pageOf(at);
    const { start, end } = page ?? { start: 0, end: text.length };
    // The same words at the top and at the bottom of a page are one banner.
    if (seen.has(`${start} ${marking}`)) continue;
    seen.add(`${start} ${marking}`);
    out.push({ kind: 'banner', start, end, markStart: at, markEnd: at + mark.length, page: page?.page ?? null, marking, fault: null });
  }
  return out.sort((a, b) => a.start - b.start || b.end - a.end);
}

function found(text: string, pattern: RegExp): { readonly mark: string; readonly at: number }[] {
  const out: { mark: string; at: number }[] = [];
  for (const match of text.matchAll(pattern)) {
    const mark = match[1] ?? '';
    out.push({ mark, at: match.index + match[0].lastIndexOf(mark) });
    if (out.length === mostMarks) break;
  }
  return out;
}
