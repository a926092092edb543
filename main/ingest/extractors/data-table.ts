import { codePageOfDriver, nameOfCodePage } from '../code-pages.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted, SheetCells } from '../extracted.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { decodeText } from '../text-encoding.ts';

const mostCells = 1_000_000;
/** Types of fields whose value is no text: pointers into a memo file, which is a file of its own. */
const memos = new Set(['M', 'G', 'P', 'B', 'W']);

/** A dBASE or FoxPro table, read by ours: its fields' names, then a line for each record that is not deleted, with the place of every cell. Memos lie in another file. */
export async function extractDataTable(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const headBytes = file.readUInt16LE(8);
  const recordBytes = file.readUInt16LE(10);
  if (recordBytes < 2 || headBytes < 33 || headBytes > file.length) throw new ExtractFailure(reasons.damaged('dBASE table'));
  // Many writers leave the driver out: the records themselves tell then.
  const driver = codePageOfDriver(file[29] ?? 0);
  const decoder = new TextDecoder(driver === null ? (decodeText(file.subarray(headBytes)).encoding ?? 'windows-1252') : nameOfCodePage(driver));
  const decode = (part: Uint8Array): string => decoder.decode(part);
  const fields: { readonly name: string; readonly type: string; readonly length: number }[] = [];
  for (let at = 32; at + 32 <= headBytes && file[at] !== 0x0d; at += 32) fields.push({ name: decode(file.subarray(at, at + 11)).replace(/\0.*$/s, ''), type: String.fromCharCode(file[at + 11] ?? 0), length: file[at + 16] ?? 0 });
  const builder = pagedTextBuilder();
  const places: number[] = [];
  builder.beginPage();
  const row = (values: readonly string[], number: number): void => {
    for (const [column, value] of values.entries()) {
      if (column > 0) builder.between('\t');
      if (value === '') continue;
      builder.item(value);
      places.push(number, column);
    }
    builder.between('\n');
  };
  row(fields.map(({ name }) => name), 0);
  const count = Math.min(file.readUInt32LE(4), Math.floor((file.length - headBytes) / recordBytes));
  for (let record = 0; record < count && places.length < mostCells * 2; record += 1) {
    let at = headBytes + record * recordBytes;
    if (file[at] === 0x2a) continue;
    at += 1;
    row(fields.map(({ type, length }) => {
      const value = valueOf(file.subarray(at, at + length), type, decode);
      at += length;
      return value;
    }), record + 1);
  }
  const { text, pages, pageItems } = builder.finish();
  const items = pageItems[0] ?? new Uint32Array();
  const cells = new Uint32Array(items.length * 2);
  for (let at = 0; at + 1 < items.length; at += 2) cells.set([items[at] ?? 0, items[at + 1] ?? 0, places[at] ?? 0, places[at + 1] ?? 0], at * 2);
  const sheets: SheetCells[] = [{ page: 1, name: '', cells }];
  return toExtracted({ type: 'table', mediaType, extractor: 'data table 1', text, pages, sheets, reason: places.length >= mostCells * 2 ? reasons.tooManyCells : null });
}

function valueOf(bytes: Buffer, type: string, decode: (part: Uint8Array) => string): string {
  if (type === 'I' && bytes.length === 4) return String(bytes.readInt32LE(0));
  if (memos.has(type)) return '';
  const text = decode(bytes).replace(/[\s\0]+/g, ' ').trim();
  return type === 'D' && /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
}
