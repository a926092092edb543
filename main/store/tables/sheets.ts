/** Sheets: which cell of a table stands where in its text. A sheet is a page of its content. */
import * as z from 'zod';
import type { ReadDb, WriteDb } from '../connection.ts';

/** A sheet's cells: start, end, row and column of each, rows and columns counted from 0, starts never falling. */
export interface SheetRow {
  readonly page: number;
  readonly name: string;
  readonly cells: Uint32Array;
}

/** A cell, its row and column counted from 1. */
export interface CellPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
}

/** Keeps the cells of a content's sheets. */
export function insertSheets(db: WriteDb, content: number, sheets: readonly SheetRow[]): void {
  for (const { page, name, cells } of sheets) db.run('INSERT INTO sheets(content, page, name, cells) VALUES (?,?,?,?)', content, page, name, new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength));
}

const row = z.object({ name: z.string(), cells: z.instanceof(Uint8Array) });

/** The cell that holds an offset of a content's text; null between cells and where there are none. */
export function cellAt(db: ReadDb, content: number, page: number, offset: number): CellPlace | null {
  const found = db.get('SELECT name, cells FROM sheets WHERE content = ? AND page = ?', content, page);
  if (found === undefined) return null;
  const { name, cells: bytes } = row.parse(found);
  const copy = bytes.slice(); // SQLite's bytes need not lie on a multiple of four
  const cells = new Uint32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4);
  let low = 0;
  let high = cells.length / 4;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cells[middle * 4 + 1] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  const at = low * 4;
  if (at >= cells.length || (cells[at] ?? 0) > offset) return null;
  return { sheet: name, row: (cells[at + 2] ?? 0) + 1, column: (cells[at + 3] ?? 0) + 1 };
}
