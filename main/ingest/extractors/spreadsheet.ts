import { read, utils, version } from '@e965/xlsx';
import type { CellObject, DenseWorkSheet, WorkBook } from '@e965/xlsx';
import { canonicalText } from '../canonical-text.ts';
import { openCompoundFile, type CompoundFile } from '../compound-file.ts';
import { embeddedFile, foundChildren, type FoundFile } from '../embedded-files.ts';
import { looseCells } from '../excel-cells.ts';
import { excelAside, withoutCodes } from '../excel-records.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { ChildFile, Extracted, LostChild, SheetCells } from '../extracted.ts';
import { embeddedParts } from '../office-package.ts';
import { openPackage } from '../ooxml-package.ts';
import type { OoxmlPackage } from '../ooxml-package.ts';
import { pageTexts } from '../open-document-pages.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { walkXml } from '../xml-walk.ts';

/** Cells that one workbook may show. */
const mostCells = 1_000_000;
/** Tabs that stand for a gap in a row: beyond it the place of a cell is told by its map, not by the text. */
const widestGap = 32;

/**
 * A workbook (Office Open XML and its binary form, Excel 97-2003 and before, OpenDocument, and what SheetJS knows besides), read with
 * SheetJS. Each sheet is a page: its name in a line, its rows a line each with cells as they are shown, parted by tabs, then its comments.
 * Hidden sheets are read. The map tells for every cell where it stands. Of Office Open XML also text boxes, of OpenDocument too page headers and footers,
 * where markings stand, and embedded documents as children.
 */
export async function extractSpreadsheet(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const isPackage = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const parts = isPackage ? await openPackage(bytes, 'workbook') : null;
  if (parts !== null && /encryption-data/.test(await parts.text('META-INF/manifest.xml'))) throw new ExtractFailure(reasons.encryptedOtherwise);
  let book: WorkBook;
  try {
    book = read(bytes, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: true, bookVBA: false });
  } catch (cause) {
    if (cause instanceof Error && /password|encrypt/i.test(cause.message)) throw new ExtractFailure(reasons.encryptedOtherwise, cause);
    const left = canonicalText(await leftCells(bytes, parts));
    if (left === '') throw new ExtractFailure(reasons.damaged('workbook'), cause);
    return toExtracted({ type: 'table', mediaType, extractor: 'spreadsheet 1 (records)', text: left, reason: reasons.cutShort });
  }
  const compound = isCompound(bytes) ? openCompoundFile(bytes, 'workbook') : null;
  const older = compound === null ? null : excelAside(compound.stream('Workbook') ?? compound.stream('Book') ?? Buffer.alloc(0));
  const { text, pages, sheets, isWhole } = sheetsOf(book, parts === null ? (older?.texts ?? []) : await aside(parts));
  const { Title: title, Author: author, CreatedDate: created, ModifiedDate: modified } = book.Props ?? {};
  return toExtracted({
    type: 'table', mediaType, extractor: `spreadsheet 1 (SheetJS ${version})`, text, pages, sheets, title: line(title), author: line(author), createdAt: timeOf(created), modifiedAt: timeOf(modified),
    reason: isWhole ? null : reasons.tooManyCells, children: parts !== null ? await embedded(parts) : compound === null ? [] : foundChildren(objectsOf(compound), older?.pictures),
  });
}

/** The words of a workbook that SheetJS cannot put together, without their places: from its records, or from the parts of a package. */
async function leftCells(bytes: Uint8Array, parts: OoxmlPackage | null): Promise<string> {
  if (parts !== null) return [...(await parts.paragraphs(/^xl\/sharedStrings\.xml$/)), ...(await parts.paragraphs(/^xl\/worksheets\/[^/]+\.xml$/))].join('\n');
  if (!isCompound(bytes)) return '';
  const file = openCompoundFile(bytes, 'workbook');
  return looseCells(file.stream('Workbook') ?? file.stream('Book') ?? Buffer.alloc(0));
}

function sheetsOf(book: WorkBook, extra: readonly string[]): Pick<Extracted, 'text' | 'pages'> & { readonly sheets: readonly SheetCells[]; readonly isWhole: boolean } {
  const builder = pagedTextBuilder();
  const places: number[][] = [];
  let cells = 0;
  for (const name of book.SheetNames) {
    builder.beginPage();
    builder.between(`${oneLine(name)}\n`);
    const place: number[] = [];
    places.push(place);
    const comments: string[] = [];
    const sheet: Partial<DenseWorkSheet> | undefined = book.Sheets[name];
    const rows = sheet?.['!data'] ?? [];
    // Rows and cells may be absent: the arrays have holes.
    for (const [row, given] of rows.entries() as IterableIterator<[number, (CellObject | undefined)[] | undefined]>) {
      let last = -1;
      for (const [column, cell] of (given ?? []).entries()) {
        if (cell === undefined) continue;
        for (const comment of cell.c ?? []) comments.push(`${utils.encode_cell({ r: row, c: column })}${comment.a === undefined ? '' : ` (${oneLine(comment.a)})`}: ${oneLine(comment.t ?? '')}`);
        const shown = shownCell(cell);
        if (shown === '' || cells >= mostCells) continue;
        if (column > 0) builder.between('\t'.repeat(Math.min(widestGap, last < 0 ? column : column - last)));
        builder.item(shown);
        place.push(row, column);
        cells += 1;
        last = column;
      }
      if (last >= 0) builder.between('\n');
    }
    for (const comment of comments) builder.between(`\n${comment}`);
  }
  for (const text of extra) builder.between(`\n\n${text}`);
  const { text, pages, pageItems } = builder.finish();
  const sheets = pageItems.map((items, index) => ({ page: index + 1, name: oneLine(book.SheetNames[index] ?? ''), cells: withPlaces(items, places[index] ?? []) }));
  return { text: cells === 0 && extra.length === 0 ? '' : text, pages, sheets, isWhole: cells < mostCells };
}

/** Start, end, row, column of each cell, both counted from 0. */
function withPlaces(items: Uint32Array, places: readonly number[]): Uint32Array {
  const cells = new Uint32Array(items.length * 2);
  for (let at = 0; at + 1 < items.length; at += 2) cells.set([items[at] ?? 0, items[at + 1] ?? 0, places[at] ?? 0, places[at + 1] ?? 0], at * 2);
  return cells;
}

function shownCell({ w, v, t }: CellObject): string {
  if (t === 'z') return '';
  return oneLine(w ?? (v instanceof Date ? v.toISOString() : v === undefined ? '' : String(v)));
}

const oneLine = (text: string): string => text.replace(/[\s\0]+/g, ' ').trim();
const line = (text: string | undefined): string | null => canonicalText(oneLine(text ?? '')) || null;

function timeOf(given: unknown): number | null {
  const time = given instanceof Date ? given.getTime() : typeof given === 'string' ? Date.parse(given) : Number.NaN;
  return Number.isFinite(time) && time >= 0 ? time : null;
}

/** Text that stands beside the cells: page headers and footers, text boxes. */
async function aside(parts: OoxmlPackage): Promise<string[]> {
  const texts = new Set<string>();
  for (const name of parts.names.filter((part) => /^xl\/(?:worksheets|chartsheets)\/[^/]+\.xml$/.test(part)).sort()) {
    let inside = false;
    walkXml(await parts.text(name), {
      open: (element) => { inside = /^(?:odd|even|first)(?:Header|Footer)$/.test(element); },
      // ECMA-376 18.3.1.46: codes begin with "&"; only what they surround is text.
      text: (text) => { if (inside) texts.add(withoutCodes(text)); },
      close: () => { inside = false; },
    });
  }
  for (const text of pageTexts(await parts.text('styles.xml'))) texts.add(text);
  texts.delete('');
  return [...texts, ...(await parts.paragraphs(/^xl\/(?:drawings\/[^/]+|diagrams\/data\d*)\.xml$/)), ...(await parts.charts(/^xl\/charts\/[^/]+\.xml$/))];
}

function embedded(parts: OoxmlPackage): Promise<(ChildFile | LostChild)[]> {
  return embeddedParts(parts, /^xl\/(?:embeddings|media)\/|^(?:Pictures|media)\/[^/]+$|^Object [^/]+$/);
}

const isCompound = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf;

/** [MS-XLS] 2.1.7.17: storages whose names begin so hold embedded objects. */
function objectsOf(file: CompoundFile): FoundFile[] {
  return file.entries.filter(({ isStorage, path }) => isStorage && /^MBD[0-9A-F]+$/i.test(path)).flatMap(({ path }) => embeddedFile(file, path) ?? []);
}
