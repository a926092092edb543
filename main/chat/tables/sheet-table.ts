/**
 * A sheet as a table: the row that names its columns, the columns with their types, and the rows under it. What is no row of the table
 * (a total, a note, the heads again) is left out and said. Pure.
 */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import type { TableColumn } from '../../../preload/contract/domains/exhaustive.ts';
import { looksLikeDate, orderOf, readDay, type DayOrder } from './date-cells.ts';
import { readNumber, styleOf, type CellNumber, type NumberStyle } from './number-cells.ts';
import { judgeRows } from './total-rows.ts';

/** A cell with its place in the text. `value` is its text as it is meant: without the doubled quotation marks of a CSV file. */
export interface SheetCell {
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly column: number;
  readonly value: string;
}

/** A row of the table. `row` counts from 1, as spreadsheets do. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly SheetCell[];
}

/** A column and how its cells are read. */
export interface SheetColumn extends TableColumn {
  /** From 0. */
  readonly at: number;
  readonly style: NumberStyle | null;
  readonly order: DayOrder;
}

export interface SheetTable {
  /** The sheet's name; '' for separated values. */
  readonly name: string;
  readonly headRow: number;
  /** Where the row of heads stands in the text. */
  readonly headSpan: Span;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  /** Rows under the heads that are no rows of the table, in sentences. */
  readonly leftOut: readonly string[];
  /** Rows of which nobody knows whether they are rows of the table, left out or not. */
  readonly doubtful: readonly DoubtfulRow[];
}

/** A row that could be taken the other way, and what was done with it, in a sentence. */
export interface DoubtfulRow {
  readonly row: SheetRow;
  readonly why: string;
}

/** Rows among which the heads are looked for. */
const headReach = 25;
/** A column is of a type when this share of its cells is. */
const typeShare = 0.8;

/** Letters of a column, from 0: A, B, … AA. */
function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** Rows of a sheet out of its text and the places of its cells (start, end, row, column of each). */
function rowsOf(body: string, cells: Uint32Array, isSeparated: boolean): SheetRow[] {
  const rows: { row: number; cells: SheetCell[] }[] = [];
  for (let at = 0; at + 3 < cells.length; at += 4) {
    const [start = 0, end = 0, row = 0, column = 0] = cells.subarray(at, at + 4);
    const text = body.slice(start, end);
    if (text.trim() === '') continue;
    let last = rows.at(-1);
    if (last === undefined || last.row !== row + 1) rows.push(last = { row: row + 1, cells: [] });
    last.cells.push({ start, end, column, value: (isSeparated ? text.replaceAll('""', '"') : text).trim() });
  }
  return rows;
}

const anyNumber = (text: string): boolean => readNumber(text, { decimal: '.', isUnclear: false }) !== null || readNumber(text, { decimal: ',', isUnclear: false }) !== null;
const isName = (text: string): boolean => !anyNumber(text) && !looksLikeDate(text) && text.length <= 120;

/** The position of the row that names the columns: the first whose cells are all different names, and as many as the rows below have. Null when there is none. */
function headAt(rows: readonly SheetRow[]): number | null {
  const widths = rows.slice(0, headReach * 2).map(({ cells }) => cells.length).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? 0;
  const found = rows.slice(0, headReach).findIndex(({ cells }, index) => {
    const names = new Set(cells.map(({ value }) => value.toLowerCase()));
    return cells.length >= 2 && cells.length >= usual * 0.7 && names.size === cells.length && cells.every(({ value }) => isName(value)) && index + 1 < rows.length;
  });
  return found < 0 ? null : found;
}

/** A sheet as a table; null when no row names its columns. `headRow` is given by a plan, else looked for. */
export function readTable(name: string, body: string, cells: Uint32Array, headRow: number | null): SheetTable | null {
  const all = rowsOf(body, cells, name === '');
  const at = headRow === null ? headAt(all) : all.findIndex(({ row }) => row === headRow);
  const head = at === null || at < 0 ? undefined : all[at];
  if (head === undefined || at === null) return null;
  const heads = new Map(head.cells.map((cell) => [cell.column, cell.value]));
  const rows: SheetRow[] = [];
  const leftOut: string[] = [];
  const doubtful: DoubtfulRow[] = [];
  const under = all.slice(at + 1);
  const kinds = judgeRows(under.map(({ row, cells: own }) => ({ row, cells: own.filter(({ column }) => heads.has(column)) })), heads);
  for (const [index, row] of under.entries()) {
    const { isRow, isSure, why } = kinds[index] ?? { isRow: true, isSure: true, why: null };
    if (isRow) rows.push(row);
    if (!isRow && why !== null) leftOut.push(why);
    if (!isSure && why !== null) doubtful.push({ row, why });
  }
  const textsByColumn = new Map<number, string[]>([...heads.keys()].map((column) => [column, []]));
  for (const row of rows) for (const { column, value } of row.cells) textsByColumn.get(column)?.push(value);
  const columns = [...heads].map(([column, title]) => columnOf(column, title, textsByColumn.get(column) ?? []));
  const headSpan = { start: Math.min(...head.cells.map(({ start }) => start)), end: Math.max(...head.cells.map(({ end }) => end)) };
  return { name, headRow: head.row, headSpan, columns, rows, leftOut, doubtful };
}

function columnOf(at: number, name: string, texts: readonly string[]): SheetColumn {
  const order = orderOf(texts);
  const style = styleOf(texts);
  const share = (test: (text: string) => boolean): boolean => texts.length > 0 && texts.filter(test).length >= texts.length * typeShare;
  const isDate = share(looksLikeDate);
  const isNumber = !isDate && style !== null && share((text) => readNumber(text, style) !== null);
  return { name, letter: columnLetters(at), type: isDate ? 'date' : isNumber ? 'number' : 'text', at, style, order };
}

/** The cell of a row in a column; null for an empty one. */
export function cellIn(row: SheetRow, column: SheetColumn): SheetCell | null {
  return row.cells.find((cell) => cell.column === column.at) ?? null;
}

/** The number of a row in a column; null for an empty cell and for a text that is none. */
export function numberIn(row: SheetRow, column: SheetColumn): CellNumber | null {
  const cell = cellIn(row, column);
  return cell === null || column.style === null ? null : readNumber(cell.value, column.style);
}

/** The day of a row in a column; null for an empty cell and for a text that is none. */
export function dayIn(row: SheetRow, column: SheetColumn): number | null {
  const cell = cellIn(row, column);
  return cell === null ? null : readDay(cell.value, column.order);
}

/** The name of a cell as spreadsheets have it: `Sheet!A7`, without the sheet for separated values. */
export function nameOfCell(sheet: string, letter: string, row: number): string {
  if (sheet === '') return `${letter}${row}`;
  return `${/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`}!${letter}${row}`;
}
