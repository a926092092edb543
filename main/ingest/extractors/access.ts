import { inflateSync } from 'node:zlib';
import { accessTables } from '../access-file.ts';
import type { AccessTable } from '../access-file.ts';
import { foundChildren, type FoundFile } from '../embedded-files.ts';
import { reasons, toExtracted } from '../extracted.ts';
import type { Extracted, SheetCells } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { oleObjectFile } from '../rtf-objects.ts';
import { pagedTextBuilder } from '../page-text.ts';

const mostCells = 1_000_000;
const mostUnfolded = 256 * 2 ** 20;

/**
 * A database of Access, read by ours: each table is a page with its name in a line, the names of its columns, and a line for each row, with the
 * place of every cell. Tables of the program itself are left out; queries and forms are not read. Objects and attachments become children.
 */
export async function extractAccess(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const builder = pagedTextBuilder();
  const names: string[] = [];
  const places: number[][] = [];
  const files: FoundFile[] = [];
  let cells = 0;
  for (const table of accessTables(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) {
    if (isOfAttachments(table)) {
      files.push(...attachmentsOf(table));
      continue;
    }
    builder.beginPage();
    builder.between(`${table.name}\n`);
    const place: number[] = [];
    names.push(table.name);
    places.push(place);
    let row = 0;
    const put = (values: readonly string[]): void => {
      for (const [column, value] of values.entries()) {
        if (column > 0) builder.between('\t');
        if (value === '') continue;
        builder.item(value);
        place.push(row, column);
        cells += 1;
      }
      builder.between('\n');
      row += 1;
    };
    put(table.columns.map(({ name }) => oneLine(name)));
    for (const values of table.rows()) {
      if (cells >= mostCells) break;
      put(values.map((value) => {
        if (typeof value === 'string') return shown(value);
        const file = value === null ? null : objectIn(value);
        if (file !== null) files.push(file);
        return '';
      }));
    }
  }
  const { text, pages, pageItems } = builder.finish();
  const sheets = pageItems.map((items, index): SheetCells => {
    const found = new Uint32Array(items.length * 2);
    const place = places[index] ?? [];
    for (let at = 0; at + 1 < items.length; at += 2) found.set([items[at] ?? 0, items[at + 1] ?? 0, place[at] ?? 0, place[at + 1] ?? 0], at * 2);
    return { page: index + 1, name: names[index] ?? '', cells: found };
  });
  return toExtracted({ type: 'table', mediaType, extractor: 'access 1', text, pages, sheets, children: foundChildren(files), reason: cells >= mostCells ? reasons.tooManyCells : null });
}

const oneLine = (text: string): string => text.replace(/[\s\0]+/g, ' ').trim();
/** Rich text is kept as a page's markup, a link as words, address and place between marks. */
const shown = (value: string): string => oneLine(/^<(?:div|p|font|span|ul|ol|strong|em)\b[^>]*>/i.test(value) ? htmlText(value).text : value.replace(/^([^#]*)#([^#]*)#[^#]*#?$/, '$1 $2'));

/** Access keeps the files of a column of attachments in a table of their own. */
function isOfAttachments({ columns }: AccessTable): boolean {
  return ['FileData', 'FileName', 'FileType'].every((name) => columns.some((column) => column.name === name));
}

function attachmentsOf({ columns, rows }: AccessTable): FoundFile[] {
  const [data, name] = ['FileData', 'FileName'].map((wanted) => columns.findIndex((column) => column.name === wanted));
  return [...rows()].flatMap((row): FoundFile[] => {
    const [value, called] = [row[data ?? -1], row[name ?? -1]];
    const content = Buffer.isBuffer(value) ? attachedFile(value) : null;
    // Themes of the program's own lie among them.
    return content === null || (typeof called === 'string' && called.endsWith('.thmx')) ? [] : [{ name: typeof called === 'string' ? called : null, bytes: Uint8Array.from(content) }];
  });
}

/** Whether it is packed, a length, then a head that tells its own length, and the file. Null where it cannot be unpacked. */
function attachedFile(value: Buffer): Buffer | null {
  if (value.length < 16) return null;
  try {
    const content = value.readUInt32LE(0) === 1 ? inflateSync(value.subarray(8), { maxOutputLength: mostUnfolded }) : value.subarray(8);
    return content.subarray(content.readUInt32LE(0));
  } catch {
    return null; // a damaged attachment costs itself
  }
}

/** An object of Access: a head that tells its own length, then as [MS-OLEDS] 2.2.5 has it. */
function objectIn(value: Buffer): FoundFile | null {
  if (value.length < 8 || value.readUInt16LE(0) !== 0x1c15) return null;
  return oleObjectFile(value.subarray(value.readUInt16LE(2)));
}
