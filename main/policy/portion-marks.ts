/**
 * Marks that stand in a text: portion marks, and banner lines (Register B.1, C.1; the author's marks, as found). They are proposals, and
 * raise what they stand on until a person has looked at them: so a mark that is written loosely, or that cannot be read, counts too.
 * Letters alone are marks at the beginning of a line only; (C) may be a copyright there, or the third item of a list. Pure, and linear in
 * the length of the text.
 */
import type { Marking } from '../../preload/contract/domains/basics.ts';
import type { PageSpan } from '../../preload/contract/domains/documents.ts';
import { AppError, bug } from '../base/errors.ts';
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
  /** What it marks at the least: `marking`, or the level that can be read of a mark that as a whole cannot, and for nobody else. */
  readonly least: Marking;
}

/** More marks than anybody looks through. */
const mostMarks = 20_000;
const level = '(?:TS|S|C|U|CUI|TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|CONTROLLED)';
/** At the start of a line, after a number or a bullet: (S), (S//NF), (U), (//GBR S), (TLP:AMBER). */
const portionMark = new RegExp(String.raw`^[^\S\n]{0,40}(?:(?:[-•*–—]|\d{1,3}[.)]|[a-zA-Z][.)])[^\S\n]{1,10})?(\((?:${level}(?:[^\S\n]*//[^()\n]{1,200})?|//[^()\n]{1,200}|TLP:[A-Z+]{3,20})\))`, 'gm');
/** With controls it is one wherever it stands, in brackets of either kind, in small letters, and with one stroke before a control that is known. */
const controls = '(?:NF|NOFORN|REL|RELIDO|OC|ORCON|FOUO|PR|PROPIN|FGI|RD|FRD|SI|TK|HCS|IMC|IMCON|DSEN|LES|SBU)';
const markWithControls = new RegExp(String.raw`([(\[](?:${level}[^\S\n]{0,5}(?://[^()[\]\n]{1,200}|/[^\S\n]{0,5}${controls}\b[^()[\]\n]{0,200})|TLP:[A-Z+]{3,20})[)\]])`, 'gi');
const bannerLine = new RegExp(String.raw`^[^\S\n]{0,200}((?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|CUI|CONTROLLED)(?:[^\S\n]*//[^\n]{1,200})?|//[A-Z][^\n]{1,200}|TLP:[A-Z+]{3,20})[^\S\n]{0,200}$`, 'gm');
/** A line that says what it is: "Classification: SECRET//NOFORN". */
const labelledLine = new RegExp(String.raw`^[^\S\n]{0,200}(?:(?:overall|security)[^\S\n]{1,10})?classification[^\S\n]{0,10}[:=][^\S\n]{0,10}(${level}(?:[^\S\n]*//?[^\n]{1,200})?)[^\S\n]{0,200}$`, 'gim');

const nobodyElse = (levelName: string): Marking => toMarking(`${levelName}//NOFORN`);

/** The level of a mark that cannot be read as a whole. What names no level of ours may be of any. */
function leastOf(mark: string): Marking {
  const [first = ''] = mark.replace(/^[([]/, '').toUpperCase().split('/');
  if (first.startsWith('TLP:')) return toMarking('TLP:RED');
  if (/^(?:S|SECRET)\b/.test(first)) return nobodyElse('SECRET');
  if (/^(?:C|CONFIDENTIAL)\b/.test(first)) return nobodyElse('CONFIDENTIAL');
  if (/^(?:U|UNCLASSIFIED|CUI|CONTROLLED)\b/.test(first)) return nobodyElse('UNCLASSIFIED');
  return nobodyElse('TOP SECRET');
}

/** As it would be written by the rules. */
function tidy(mark: string): string {
  const [open, inner, close] = /^[([]/.test(mark) ? ['(', mark.slice(1, -1), ')'] : ['', mark, ''];
  return `${open}${(inner.includes('//') ? inner : inner.replace('/', '//')).toUpperCase()}${close}`;
}

function read(text: string): Pick<FoundMark, 'marking' | 'fault' | 'least'> {
  const tidied = tidy(text);
  for (const candidate of tidied === text ? [text] : [text, tidied]) {
    try {
      const marking = toMarking(candidate);
      return { marking, fault: null, least: marking };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'policy.bad-marking') throw error;
      if (candidate === tidied) return { marking: null, fault: { at: Number(error.data['at'] ?? 0), message: error.message }, least: leastOf(text) };
    }
  }
  return bug('a mark that was not read');
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

interface Piece {
  readonly mark: string;
  readonly at: number;
}

/** Marks that are letters alone and something else: in a list after their neighbour, or a copyright before its year. */
function withoutOthers(text: string, pieces: readonly Piece[]): Piece[] {
  const isItem = { '(C)': /^[^\S\n]*\(B\)/m.test(text), '(S)': /^[^\S\n]*\(R\)/m.test(text) };
  const isCopyright = ({ mark, at }: Piece): boolean => /^[^\S\n]*(?:(?:19|20)\d\d\b|copyright|all rights)/i.test(text.slice(at + mark.length, at + mark.length + 40));
  return pieces.filter((piece) => (piece.mark === '(C)' ? !isItem['(C)'] && !isCopyright(piece) : piece.mark !== '(S)' || !isItem['(S)']));
}

/** The marks of a text in its order. `pages` in order; empty where the format has none. */
export function findMarks(text: string, pages: readonly PageSpan[]): FoundMark[] {
  const starting = found(text, portionMark);
  const known = new Set(starting.map(({ at }) => at));
  const portions = [...starting, ...found(text, markWithControls).filter(({ at }) => !known.has(at))].sort((a, b) => a.at - b.at);
  // A line between slashes may be a comment in a program: it is a banner only when it can be read.
  const banners = [...found(text, bannerLine), ...found(text, labelledLine)].map((piece) => ({ ...piece, ...read(piece.mark) })).filter(({ mark, marking }) => marking !== null || !mark.startsWith('//'));
  const isMarked = banners.length > 0 || portions.some(({ mark }) => mark !== '(C)' && mark !== '(S)');
  const kept = isMarked ? portions : withoutOthers(text, portions);
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
  for (const { mark, at, ...said } of banners) {
    const page = pageOf(at);
    const { start, end } = page ?? { start: 0, end: text.length };
    // The same words at the top and at the bottom of a page are one banner.
    const key = `${start} ${said.marking ?? mark}`;
    if (seen.has(key)) continue;
    seen.add(key);
    out.push({ kind: 'banner', start, end, markStart: at, markEnd: at + mark.length, page: page?.page ?? null, ...said });
    // A page whose picture was read by OCR has two spans: a banner in one of them marks both.
    for (const other of pages) if (page !== null && other !== page && other.page === page.page && other.start < other.end) out.push({ kind: 'banner', start: other.start, end: other.end, markStart: at, markEnd: at + mark.length, page: other.page, ...said });
  }
  const last = kept.at(-1);
  if (last !== undefined && kept.length >= mostMarks) out.push({ kind: 'portion', start: last.at, end: text.length, markStart: last.at, markEnd: last.at + last.mark.length, page: null, marking: null, fault: { at: 0, message: 'The text has more marks than are read. What follows here is not looked through.' }, least: nobodyElse('TOP SECRET') });
  return out.sort((a, b) => a.start - b.start || b.end - a.end);
}

function found(text: string, pattern: RegExp): Piece[] {
  const out: Piece[] = [];
  for (const match of text.matchAll(pattern)) {
    const mark = match[1] ?? '';
    out.push({ mark, at: match.index + match[0].lastIndexOf(mark) });
    if (out.length === mostMarks) break;
  }
  return out;
}
