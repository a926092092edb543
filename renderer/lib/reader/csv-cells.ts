/** Cells of delimited text (RFC 4180, with any of four delimiters) as leaves of the canonical text. Pure. */
import type { Leaf } from './text-blocks.ts';

/** A cell: the pieces of the text that are its value. A doubled quotation mark is drawn once, which cuts a cell in two. */
export interface Cell {
  readonly leaves: readonly Leaf[];
}

/** A record of the table. */
export interface TableRow extends Leaf {
  readonly cells: readonly Cell[];
}

const delimiters = [',', ';', '\t', '|'] as const;
const quote = '"';

/** The delimiter that splits the first lines most evenly; null when none splits them at all. */
export function delimiterOf(text: string): string | null {
  const lines = text.slice(0, 8000).split('\n').filter((line) => line.trim() !== '').slice(0, 12);
  let best: string | null = null;
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    const score = least > 0 ? least / (1 + most - least) : 0;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/**
 * The records of `text`, which begins at `base`. Unless `isLast`, a record without its line break is left for the next window;
 * `rest` is where it begins.
 */
export function tableRowsOf(text: string, base: number, delimiter: string, isLast: boolean): { readonly rows: readonly TableRow[]; readonly rest: number } {
  const rows: TableRow[] = [];
  let at = 0;
  while (at < text.length) {
    const row = readRow(text, at, delimiter);
    if (!row.isEnded && !isLast) return { rows, rest: base + at };
    if (row.cells.length > 1 || row.end > row.start) {
      const cells = row.cells.map((leaves) => ({ leaves: leaves.map((leaf) => ({ start: base + leaf.start, end: base + leaf.end })) }));
      rows.push({ start: base + row.start, end: base + row.end, cells });
    }
    at = row.next;
  }
  return { rows, rest: base + text.length };
}

function readRow(text: string, start: number, delimiter: string): { start: number; end: number; next: number; isEnded: boolean; cells: Leaf[][] } {
  const cells: Leaf[][] = [];
  let at = start;
  for (;;) {
    const cell = text.charAt(at) === quote ? readQuoted(text, at, delimiter) : readBare(text, at, delimiter);
    cells.push(cell.leaves);
    at = cell.end;
    if (at >= text.length) return { start, end: at, next: at, isEnded: false, cells };
    if (text.charAt(at) === '\n') {
      const end = text.charAt(at - 1) === '\r' && at - 1 >= start ? at - 1 : at;
      return { start, end, next: at + 1, isEnded: true, cells };
    }
    at += 1;
  }
}

function readBare(text: string, start: number, delimiter: string): { leaves: Leaf[]; end: number } {
  let end = start;
  while (end < text.length && text.charAt(end) !== delimiter && text.charAt(end) !== '\n') end += 1;
  const shown = text.charAt(end - 1) === '\r' && end > start ? end - 1 : end;
  return { leaves: shown > start ? [{ start, end: shown }] : [], end };
}

function readQuoted(text: string, start: number, delimiter: string): { leaves: Leaf[]; end: number } {
  const leaves: Leaf[] = [];
  let from = start + 1;
  for (;;) {
    const mark = text.indexOf(quote, from);
    const end = mark === -1 ? text.length : mark;
    const isDoubled = mark !== -1 && text.charAt(mark + 1) === quote;
    if (isDoubled) {
      leaves.push({ start: from, end: mark + 1 });
      from = mark + 2;
      continue;
    }
    if (end > from) leaves.push({ start: from, end });
    if (mark === -1) return { leaves, end };
    const tail = readBare(text, mark + 1, delimiter);
    return { leaves: [...leaves, ...tail.leaves], end: tail.end };
  }
}
