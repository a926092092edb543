/** Databases of Access, version 3 (Access 97), 4 (2000 to 2003) and ACE (2007 and later), by the description in mdbtools' HACKING and what Jackcess documents. */
import { ExtractFailure, reasons } from './extracted.ts';
import { textOfCodePage } from './code-pages.ts';

/** A column: its type is Jet's number of it. */
export interface AccessColumn {
  readonly name: string;
  readonly type: number;
  readonly number: number;
  readonly isFixed: boolean;
  readonly fixedAt: number;
  readonly variableIndex: number;
  readonly length: number;
}

/** A table and its rows, each a value by the place of its column: text, or the bytes of an object; null for none. */
export interface AccessTable {
  readonly name: string;
  readonly columns: readonly AccessColumn[];
  readonly rows: () => Generator<readonly (string | Buffer | null)[], void, undefined>;
}

interface Layout {
  readonly pageBytes: number;
  readonly isOld: boolean;
}

const kinds = { boolean: 1, byte: 2, short: 3, long: 4, money: 5, float: 6, double: 7, date: 8, binary: 9, text: 10, object: 11, memo: 12, guid: 15, numeric: 16, complex: 18, big: 19 } as const;
const mostTables = 2000;
const longestValue = 64 * 2 ** 20;

/** The tables that people made, by their names in the catalogue; those of attachments too. Throws ExtractFailure for an encrypted or damaged database. */
export function accessTables(file: Buffer): AccessTable[] {
  const isOld = (file[0x14] ?? 0) === 0;
  const layout = { pageBytes: isOld ? 2048 : 4096, isOld };
  const catalogue = pageAt(file, layout, 2);
  if (catalogue.length === layout.pageBytes && catalogue[0] !== 2) throw new ExtractFailure(reasons.encryptedOtherwise);
  const objects = tableAt(file, layout, 2, 'MSysObjects');
  if (objects === null) throw new ExtractFailure(reasons.damaged('Access database'));
  const at = (name: string): number => objects.columns.findIndex((column) => column.name === name);
  const [id, name, type, flags] = [at('Id'), at('Name'), at('Type'), at('Flags')];
  const tables: AccessTable[] = [];
  for (const row of objects.rows()) {
    const own = row[name];
    const isSystem = (Number(row[flags] ?? 0) & 0x80000002) !== 0;
    if (Number(row[type]) !== 1 || typeof own !== 'string' || (isSystem && !own.startsWith('f_')) || /^(?:MSys|USys|~)/.test(own)) continue;
    const table = tableAt(file, layout, Number(row[id] ?? 0) & 0xffffff, own);
    if (table !== null) tables.push(table);
    if (tables.length >= mostTables) break;
  }
  return tables;
}

const pageAt = (file: Buffer, { pageBytes }: Layout, number: number): Buffer => file.subarray(number * pageBytes, (number + 1) * pageBytes);

/** The definition of a table, which may go on over several pages. Null where there is none. */
function tableAt(file: Buffer, layout: Layout, number: number, name: string): AccessTable | null {
  const parts: Buffer[] = [];
  const seen = new Set<number>();
  for (let page = number; page > 0 && !seen.has(page); ) {
    seen.add(page);
    const bytes = pageAt(file, layout, page);
    if (bytes.length < layout.pageBytes || bytes[0] !== 2) break;
    parts.push(parts.length === 0 ? bytes : bytes.subarray(8));
    page = bytes.readUInt32LE(4);
  }
  const definition = Buffer.concat(parts);
  if (definition.length < 64) return null;
  const columns = columnsOf(definition, layout.isOld);
  if (columns === null) return null;
  const used = definition.readUInt32LE(layout.isOld ? 35 : 55);
  return { name, columns, rows: () => rowsOf(file, layout, number, columns, used) };
}

function columnsOf(definition: Buffer, isOld: boolean): AccessColumn[] | null {
  const count = definition.readUInt16LE(isOld ? 25 : 45);
  const indexes = definition.readUInt32LE(isOld ? 31 : 51);
  const [each, eachIndex, from] = isOld ? [18, 8, 43] : [25, 12, 63];
  const start = from + indexes * eachIndex;
  let at = start + count * each;
  if (at > definition.length || count > 1024) return null;
  const columns: AccessColumn[] = [];
  for (let index = 0; index < count; index += 1) {
    const head = definition.subarray(start + index * each, start + (index + 1) * each);
    const length = isOld ? definition[at] : at + 2 <= definition.length ? definition.readUInt16LE(at) : undefined;
    if (length === undefined) return null;
    at += isOld ? 1 : 2;
    const bytes = definition.subarray(at, at + length);
    at += length;
    columns.push({
      name: isOld ? textOfCodePage(bytes, 1252) : bytes.toString('utf16le'),
      type: head[0] ?? 0,
      number: head.readUInt16LE(isOld ? 1 : 5),
      variableIndex: head.readUInt16LE(isOld ? 3 : 7),
      isFixed: ((head[isOld ? 13 : 15] ?? 0) & 1) !== 0,
      fixedAt: head.readUInt16LE(isOld ? 14 : 21),
      length: head.readUInt16LE(isOld ? 16 : 23),
    });
  }
  return columns;
}

/** The rows of a table's pages: those that its map of used pages names, else all that say that they are its own. */
function* rowsOf(file: Buffer, layout: Layout, table: number, columns: readonly AccessColumn[], used: number): Generator<readonly (string | Buffer | null)[], void, undefined> {
  const count = Math.floor(file.length / layout.pageBytes);
  const mapped = usedPages(file, layout, used);
  for (let number = 1; number < count; number += 1) {
    if (mapped !== null && !mapped.has(number)) continue;
    const page = pageAt(file, layout, number);
    if (page[0] !== 1 || page.readUInt32LE(4) !== table) continue;
    for (let row = 0; row < page.readUInt16LE(layout.isOld ? 8 : 12); row += 1) {
      const bytes = rowBytes(file, layout, number, row, false);
      if (bytes !== null && bytes.length > 2) yield valuesOf(file, layout, bytes, columns);
    }
  }
}

/** A row's bytes, also where it had to move to another page; null for one that is deleted or has moved when it is come upon, not asked for. */
function rowBytes(file: Buffer, layout: Layout, number: number, row: number, isAsked: boolean): Buffer | null {
  const page = pageAt(file, layout, number);
  const table = layout.isOld ? 10 : 14;
  if (table + row * 2 + 2 > page.length || page[0] !== 1) return null;
  const mark = page.readUInt16LE(table + row * 2);
  const start = mark & 0x1fff;
  const end = row === 0 ? page.length : page.readUInt16LE(table + row * 2 - 2) & 0x1fff;
  if ((mark & 0x8000) !== 0 && !isAsked) return null;
  if (start >= end) return null;
  const bytes = page.subarray(start, end);
  if ((mark & 0x4000) === 0 || isAsked) return bytes;
  return bytes.length < 4 ? null : rowBytes(file, layout, bytes.readUIntLE(1, 3), bytes.readUInt8(0), true);
}

/** Pages of a table: bits from a first page on, or pages of bits. Null where the map cannot be read. */
function usedPages(file: Buffer, layout: Layout, used: number): Set<number> | null {
  const map = rowBytes(file, layout, used >>> 8, used & 0xff, true);
  if (map === null || map.length < 5) return null;
  const pages = new Set<number>();
  const add = (bits: Buffer, first: number): void => {
    for (const [index, byte] of bits.entries()) {
      for (let bit = 0; byte >> bit > 0; bit += 1) if (((byte >> bit) & 1) === 1) pages.add(first + index * 8 + bit);
    }
  };
  if (map[0] === 0) add(map.subarray(5), map.readUInt32LE(1));
  else if (map[0] === 1) {
    for (let at = 1, index = 0; at + 4 <= map.length; at += 4, index += 1) {
      const number = map.readUInt32LE(at);
      const page = number === 0 ? Buffer.alloc(0) : pageAt(file, layout, number);
      if (page[0] === 5) add(page.subarray(4), index * (layout.pageBytes - 4) * 8);
    }
  } else return null;
  return pages;
}

function valuesOf(file: Buffer, layout: Layout, row: Buffer, columns: readonly AccessColumn[]): (string | Buffer | null)[] {
  const count = layout.isOld ? row.readUInt8(0) : row.readUInt16LE(0);
  const maskBytes = Math.ceil(count / 8);
  const last = row.length - 1;
  const places = layout.isOld ? oldPlaces(row, last, maskBytes) : newPlaces(row, last, maskBytes);
  return columns.map((column) => {
    const isSet = column.number < count && (((row[row.length - maskBytes + (column.number >> 3)] ?? 0) >> (column.number & 7)) & 1) === 1;
    if (column.type === kinds.boolean) return isSet ? 'true' : 'false';
    if (!isSet) return null;
    if (column.isFixed) {
      const at = (layout.isOld ? 1 : 2) + column.fixedAt;
      return fixedValue(row.subarray(at, at + column.length), column.type);
    }
    const [from, to] = [places[column.variableIndex], places[column.variableIndex + 1]];
    if (from === undefined || to === undefined || to <= from || to > row.length) return null;
    const bytes = row.subarray(from, to);
    if (column.type === kinds.text) return textValue(bytes, layout.isOld);
    if (column.type === kinds.memo) return textValue(longValue(file, layout, bytes), layout.isOld);
    if (column.type === kinds.object) return longValue(file, layout, bytes);
    return column.type === kinds.binary ? null : fixedValue(bytes, column.type);
  });
}

/** Where variable values begin, and where the last one ends, behind the row's fixed ones; the table stands backwards before the mask of nulls. */
function newPlaces(row: Buffer, last: number, maskBytes: number): number[] {
  const at = last - maskBytes - 1;
  if (at < 2) return [];
  const count = row.readUInt16LE(at);
  const places: number[] = [];
  for (let index = 0; index <= count && at - 2 - index * 2 >= 0; index += 1) places.push(row.readUInt16LE(at - 2 - index * 2));
  return places;
}

/** As newPlaces, of one byte each; rows above 255 bytes have a table of where the upper byte rises. */
function oldPlaces(row: Buffer, last: number, maskBytes: number): number[] {
  const count = row[last - maskBytes] ?? 0;
  let jumps = Math.floor(last / 256);
  const at = last - maskBytes - jumps - 1;
  if (Math.floor((at - count) / 256) < jumps) jumps -= 1;
  const places: number[] = [];
  let used = 0;
  for (let index = 0; index <= count && at - index >= 0; index += 1) {
    while (used < jumps && index === row[last - maskBytes - used - 1]) used += 1;
    places.push((row[at - index] ?? 0) + used * 256);
  }
  return places;
}

/** A memo or an object: in the row, in one row elsewhere, or in a chain of rows. */
function longValue(file: Buffer, layout: Layout, head: Buffer): Buffer {
  if (head.length < 12) return Buffer.alloc(0);
  const length = head.readUInt32LE(0) & 0x3fffffff;
  if ((head.readUInt32LE(0) & 0x80000000) !== 0) return head.subarray(12, 12 + length);
  const parts: Buffer[] = [];
  let got = 0;
  let next = head.readUInt32LE(4);
  const isSingle = (head.readUInt32LE(0) & 0x40000000) !== 0;
  const seen = new Set<number>();
  while (next !== 0 && !seen.has(next) && got < Math.min(length, longestValue)) {
    seen.add(next);
    const row = rowBytes(file, layout, next >>> 8, next & 0xff, true);
    if (row === null || (!isSingle && row.length < 4)) break;
    const part = isSingle ? row : row.subarray(4);
    parts.push(part);
    got += part.length;
    next = isSingle ? 0 : row.readUInt32LE(0);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** Text; since version 4 UTF-16, which a mark says is packed: one byte a character, zeros switch to two and back. */
function textValue(bytes: Buffer, isOld: boolean): string {
  if (isOld) return textOfCodePage(bytes, 1252);
  if (bytes.length < 2 || bytes[0] !== 0xff || bytes[1] !== 0xfe) return bytes.toString('utf16le');
  const parts: string[] = [];
  let isPacked = true;
  for (let at = 2; at < bytes.length; ) {
    const end = isPacked ? bytes.indexOf(0, at) : bytes.length;
    if (isPacked) {
      parts.push(bytes.toString('latin1', at, end < 0 ? bytes.length : end));
      at = end < 0 ? bytes.length : end + 1;
      isPacked = false;
      continue;
    }
    let to = at;
    while (to + 1 < bytes.length && !(bytes[to] === 0)) to += 2;
    parts.push(bytes.toString('utf16le', at, to));
    at = to + 1;
    isPacked = true;
  }
  return parts.join('');
}

function fixedValue(bytes: Buffer, type: number): string | null {
  if (type === kinds.byte && bytes.length >= 1) return String(bytes.readUInt8(0));
  if (type === kinds.short && bytes.length >= 2) return String(bytes.readInt16LE(0));
  if ((type === kinds.long || type === kinds.complex) && bytes.length >= 4) return String(bytes.readInt32LE(0));
  if (type === kinds.float && bytes.length >= 4) return String(Number(bytes.readFloatLE(0).toPrecision(7)));
  if (type === kinds.numeric && bytes.length >= 17) return numericValue(bytes);
  if (bytes.length < 8) return null;
  if (type === kinds.money) return String(Number(bytes.readBigInt64LE(0)) / 10_000);
  if (type === kinds.double) return String(bytes.readDoubleLE(0));
  if (type === kinds.big) return String(bytes.readBigInt64LE(0));
  if (type === kinds.date) return dateValue(bytes.readDoubleLE(0));
  if (type === kinds.guid && bytes.length >= 16) return `${[[3, 2, 1, 0], [5, 4], [7, 6]].map((part) => part.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('')).join('-')}-${bytes.toString('hex', 8, 10)}-${bytes.toString('hex', 10, 16)}`.toUpperCase();
  return null;
}

/** A sign, and sixteen bytes in four numbers, the highest first; where the point stands is the column's, which is not looked up: digits only. */
function numericValue(bytes: Buffer): string {
  let value = 0n;
  for (const at of [1, 5, 9, 13]) value = value * 2n ** 32n + BigInt(bytes.readUInt32LE(at));
  return `${bytes[0] === 0x80 ? '-' : ''}${value}`;
}

/** Days since the end of 1899; the time only where there is one. */
function dateValue(days: number): string | null {
  const time = Date.UTC(1899, 11, 30) + Math.round(Math.trunc(days) * 86_400_000 + Math.abs(days % 1) * 86_400_000);
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return null;
  const written = new Date(time).toISOString();
  return days % 1 === 0 ? written.slice(0, 10) : written.slice(0, 19).replace('T', ' ');
}
