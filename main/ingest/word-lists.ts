/** The numbers and marks of list paragraphs in a binary Word document ([MS-DOC] 2.4.6.3 and 2.9): they are computed when it is shown and stand nowhere in its text. */

import { listCounter, type ListLevel, type ListUse } from './list-counter.ts';

/** Where the tables are named in the document's information block (2.5.6). */
const places = { styles: 0xa2, paragraphs: 0x102, lists: 0x2e2, overrides: 0x2ea } as const;
const sprm = { level: 0x260a, list: 0x460b } as const;
const mostParagraphs = 200_000;

/** A run of text: its first character, its place in the main stream, one or two bytes a character. */
export interface TextPiece {
  readonly start: number;
  readonly end: number;
  readonly place: number;
  readonly width: 1 | 2;
}

interface Place {
  readonly list: number | null;
  readonly level: number | null;
}

/** Labels by the first character of their paragraph; `text` is the body. Empty where the document has no lists, or their tables are damaged. */
export function listLabels(main: Buffer, table: Buffer, text: string, pieces: readonly TextPiece[]): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  try {
    const levels = listLevels(part(main, table, places.lists), table, main.readUInt32LE(places.lists));
    const overrides = listOverrides(part(main, table, places.overrides));
    if (levels.size === 0 || overrides.length === 0) return labels;
    const properties = paragraphProperties(main, part(main, table, places.paragraphs), styleLists(part(main, table, places.styles)));
    const count = listCounter(levels);
    let start = 0;
    for (const { index } of text.matchAll(/[\r\x07\f]/g)) {
      const place = placeOf(pieces, index);
      const { list, level } = place === null ? { list: null, level: null } : properties(place);
      const label = list === null || list === 0 || list > overrides.length ? null : count(overrides[list - 1], list, level ?? 0);
      if (label !== null && label.trim() !== '' && index > start && labels.size < mostParagraphs) labels.set(start, label);
      start = index + 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // a damaged table costs the labels, never the text
  }
  return labels;
}

/** The text with each label and a blank before its paragraph. */
export function labelled(text: string, labels: ReadonlyMap<number, string>): string {
  if (labels.size === 0) return text;
  const parts: string[] = [];
  let done = 0;
  for (const [at, label] of labels) {
    parts.push(text.slice(done, at), label, ' ');
    done = at;
  }
  return parts.join('') + text.slice(done);
}

function part(main: Buffer, table: Buffer, at: number): Buffer {
  return table.subarray(main.readUInt32LE(at), main.readUInt32LE(at) + main.readUInt32LE(at + 4));
}

function placeOf(pieces: readonly TextPiece[], character: number): number | null {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece === undefined) return null;
    if (character < piece.start) high = middle - 1;
    else if (character >= piece.end) low = middle + 1;
    else return piece.place + (character - piece.start) * piece.width;
  }
  return null;
}

/** 2.9.131, 2.9.147: lists by their identifiers; their levels stand behind the table that names them. */
function listLevels(lists: Buffer, table: Buffer, from: number): Map<number, ListLevel[]> {
  const found = new Map<number, ListLevel[]>();
  if (lists.length < 2) return found;
  const count = lists.readUInt16LE(0);
  let at = from + 2 + count * 28;
  for (let index = 0; index < count; index += 1) {
    const head = 2 + index * 28;
    const levels: ListLevel[] = [];
    for (let level = 0; level < (((lists[head + 26] ?? 0) & 1) === 1 ? 1 : 9); level += 1) {
      const read = levelAt(table, at);
      levels.push(read.level);
      at = read.next;
    }
    found.set(lists.readInt32LE(head), levels);
  }
  return found;
}

/** 2.9.148 and 2.9.149. */
function levelAt(table: Buffer, at: number): { readonly level: ListLevel; readonly next: number } {
  const textAt = at + 28 + table.readUInt8(at + 24) + table.readUInt8(at + 25);
  const chars = table.readUInt16LE(textAt);
  return { level: { startAt: table.readInt32LE(at), format: table.readUInt8(at + 4), isLegal: (table.readUInt8(at + 5) & 4) !== 0, text: table.toString('utf16le', textAt + 2, textAt + 2 + chars * 2) }, next: textAt + 2 + chars * 2 };
}

/** 2.9.132, 2.9.133: a paragraph names one of these, counted from 1; it names a list and what differs in it. */
function listOverrides(overrides: Buffer): ListUse[] {
  if (overrides.length < 4) return [];
  const count = Math.min(overrides.readUInt32LE(0), Math.floor((overrides.length - 4) / 16));
  const found: ListUse[] = [];
  let at = 4 + count * 16;
  for (let index = 0; index < count; index += 1) {
    const head = 4 + index * 16;
    const levels = new Map<number, { readonly startAt: number | null; readonly level: ListLevel | null }>();
    at += 4;
    for (let entry = 0; entry < overrides.readUInt8(head + 12); entry += 1) {
      const flags = overrides.readUInt32LE(at + 4);
      const startAt = (flags & 0x10) !== 0 ? overrides.readInt32LE(at) : null;
      at += 8;
      let level: ListLevel | null = null;
      if ((flags & 0x20) !== 0) {
        const read = levelAt(overrides, at);
        [level, at] = [read.level, read.next];
      }
      levels.set(flags & 15, { startAt: startAt !== null && level !== null ? level.startAt : startAt, level });
    }
    found.push({ list: overrides.readInt32LE(head), levels });
  }
  return found;
}

/** List and level that styles give (2.9.259, 2.9.260), with those of the styles that they are based on. */
function styleLists(styles: Buffer): Place[] {
  const found: (Place & { readonly base: number })[] = [];
  if (styles.length < 6) return [];
  const baseBytes = styles.readUInt16LE(4);
  for (let at = 2 + styles.readUInt16LE(0); at + 2 <= styles.length; ) {
    const length = styles.readUInt16LE(at);
    const style = styles.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    let own: Place = { list: null, level: null };
    let base = 0xfff;
    if (style.length > baseBytes + 2) {
      base = style.readUInt16LE(2) >> 4;
      const updates = baseBytes + 4 + style.readUInt16LE(baseBytes) * 2;
      if ((style.readUInt16LE(2) & 15) === 1 && updates + 4 <= style.length) own = placeIn(style.subarray(updates + 4, updates + 2 + style.readUInt16LE(updates)));
    }
    found.push({ ...own, base });
  }
  return found.map((style) => {
    let { list, level } = style;
    let { base } = style;
    for (let depth = 0; depth < 16 && base !== 0xfff && (list === null || level === null); depth += 1) {
      const above = found[base];
      list ??= above?.list ?? null;
      level ??= above?.level ?? null;
      base = above?.base ?? 0xfff;
    }
    return { list, level };
  });
}

/** Finds the properties of the paragraph whose mark stands at a place of the main stream (2.8.6, 2.9.175). */
function paragraphProperties(main: Buffer, table: Buffer, styles: readonly Place[]): (place: number) => Place {
  const runs: { readonly from: number; readonly to: number; readonly place: Place }[] = [];
  const count = Math.floor((table.length - 4) / 8);
  for (let index = 0; index < count; index += 1) {
    const page = main.subarray(table.readUInt32LE((count + 1) * 4 + index * 4) * 512).subarray(0, 512);
    if (page.length < 512) continue;
    const paragraphs = page[511] ?? 0;
    for (let number = 0; number < paragraphs && (paragraphs + 1) * 4 + paragraphs * 13 <= 511; number += 1) {
      const at = (page[(paragraphs + 1) * 4 + number * 13] ?? 0) * 2;
      runs.push({ from: page.readUInt32LE(number * 4), to: page.readUInt32LE(number * 4 + 4), place: at === 0 ? { list: null, level: null } : placeAt(page, at, styles) });
    }
  }
  runs.sort((a, b) => a.from - b.from);
  return (place) => {
    let [low, high] = [0, runs.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const run = runs[middle];
      if (run === undefined) break;
      if (place < run.from) high = middle - 1;
      else if (place >= run.to) low = middle + 1;
      else return run.place;
    }
    return { list: null, level: null };
  };
}

function placeAt(page: Buffer, at: number, styles: readonly Place[]): Place {
  const short = page[at] ?? 0;
  const [from, length] = short === 0 ? [at + 2, (page[at + 1] ?? 0) * 2] : [at + 1, short * 2 - 1];
  if (from + 2 > page.length) return { list: null, level: null };
  const own = placeIn(page.subarray(from + 2, from + length));
  const style = styles[page.readUInt16LE(from)];
  return { list: own.list ?? style?.list ?? null, level: own.level ?? style?.level ?? null };
}

/** 2.2.5.1: modifications, each a number that tells the length of what follows it. */
function placeIn(modifications: Buffer): Place {
  let list: number | null = null;
  let level: number | null = null;
  for (let at = 0; at + 2 < modifications.length; ) {
    const code = modifications.readUInt16LE(at);
    at += 2;
    if (code === sprm.level) level = modifications[at] ?? 0;
    else if (code === sprm.list && at + 2 <= modifications.length) list = modifications.readUInt16LE(at);
    const kind = code >> 13;
    if (code === 0xd608 && at + 2 <= modifications.length) at += 1 + modifications.readUInt16LE(at);
    else at += kind < 2 ? 1 : kind === 3 ? 4 : kind === 7 ? 3 : kind === 6 ? 1 + (modifications[at] ?? 0) : 2;
  }
  return { list, level };
}
