/** Sheets as reading threads see them: which there are, and the places of all cells of one. */
import * as z from 'zod';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import { idOf } from '../../base/ids.ts';
import type { ReadDb } from '../sqlite.ts';

const row = z.object({ name: z.string(), cells: z.instanceof(Uint8Array) });

/** A sheet's cells: start, end, row and column of each, rows and columns counted from 0, starts never falling. */
export interface SheetCells {
  readonly page: number;
  readonly name: string;
  readonly cells: Uint32Array;
}

const placeRow = z.object({ document: z.number().int(), id: z.instanceof(Uint8Array).transform((bytes) => idOf<DocumentId>(bytes)), title: z.string(), path: z.string(), content: z.number().int(), page: z.number().int(), name: z.string(), cells: z.number().int() });

/** A sheet of a document, with the number of its cells. */
export type SheetPlace = z.infer<typeof placeRow>;

/** Sheets of first documents of their bytes, in the order of documents and pages; `documents` null takes the whole case. */
export function listSheets(db: ReadDb, documents: readonly number[] | null, limit: number): SheetPlace[] {
  const within = documents === null ? '' : ' AND d.document IN (SELECT value FROM json_each(?))';
  const sql = `SELECT d.document, d.id, d.title, d.path, s.content, s.page, s.name, octet_length(s.cells) / 16 AS cells FROM sheets s JOIN documents d ON d.content = s.content WHERE d.duplicate_of IS NULL${within} ORDER BY d.document, s.page LIMIT ?`;
  return z.array(placeRow).parse(documents === null ? db.all(sql, limit) : db.all(sql, JSON.stringify(documents), limit));
}

/** A sheet's name and the places of its cells; null where the content has no such sheet. */
export function readSheet(db: ReadDb, content: number, page: number): SheetCells | null {
  const found = db.get('SELECT name, cells FROM sheets WHERE content = ? AND page = ?', content, page);
  if (found === undefined) return null;
  const { name, cells: bytes } = row.parse(found);
  const copy = bytes.slice(); // SQLite's bytes need not lie on a multiple of four
  return { page, name, cells: new Uint32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4) };
}
