/** Databases of Access of version 4, as small as readers take them: pages of 4,096 bytes with a catalogue, one table and a page of long values. */

const pageBytes = 4096;

/** A value by the kind of its column; null for none. Memos go to a page of their own. */
export type AccessValue = string | number | boolean | null;

export interface MadeColumn {
  readonly name: string;
  /** Jet's number: 1 boolean, 4 long, 7 double, 8 date, 10 text, 11 object, 12 memo. */
  readonly type: number;
}

const fixedBytes: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 4, 7: 8, 8: 8 };

/** A database with one table. Texts that are plain ASCII are stored packed, as Access does it. */
export function accessDatabase(name: string, columns: readonly MadeColumn[], rows: readonly (readonly AccessValue[])[]): Uint8Array {
  const catalogue: readonly MadeColumn[] = [{ name: 'Id', type: 4 }, { name: 'Type', type: 3 }, { name: 'Flags', type: 4 }, { name: 'Name', type: 10 }];
  const longValues: Buffer[] = [];
  const head = Buffer.alloc(pageBytes);
  head.write('\0\x01\0\0Standard Jet DB\0\x01', 'latin1');
  const objects = [[2, 1, 0x80000000 - 2 ** 32, 'MSysObjects'], [4, 1, 0, name], [9, 5, 0, 'A query']] as const;
  const made = rows.map((row) => rowBytes(columns, row, longValues));
  // Page 1 holds the maps of used pages: a kind, a first page, bits.
  const maps = dataPage(0, [3, 5].map((page) => Buffer.from([0, 0, 0, 0, 0, 1 << page, 0])));
  return Uint8Array.from(Buffer.concat([head, maps, definition(catalogue, 0x100), dataPage(2, objects.map((row) => rowBytes(catalogue, row, longValues))), definition(columns, 0x101), dataPage(4, made), dataPage(0, longValues)]));
}

function definition(columns: readonly MadeColumn[], used: number): Buffer {
  const page = Buffer.alloc(pageBytes);
  page.writeUInt16LE(0x0102, 0);
  page.writeUInt16LE(columns.length, 45);
  page.writeUInt32LE(used, 55);
  let fixedAt = 0;
  let variable = 0;
  let namesAt = 63 + columns.length * 25;
  for (const [index, { name, type }] of columns.entries()) {
    const at = 63 + index * 25;
    const size = fixedBytes[type];
    page.writeUInt8(type, at);
    page.writeUInt16LE(index, at + 5);
    page.writeUInt8(size === undefined ? 2 : 3, at + 15);
    page.writeUInt16LE(size === undefined ? variable : 0, at + 7);
    page.writeUInt16LE(fixedAt, at + 21);
    page.writeUInt16LE(size ?? 0, at + 23);
    if (size === undefined) variable += 1;
    fixedAt += size ?? 0;
    const written = Buffer.from(name, 'utf16le');
    page.writeUInt16LE(written.length, namesAt);
    written.copy(page, namesAt + 2);
    namesAt += 2 + written.length;
  }
  return page;
}

function dataPage(table: number, rows: readonly Buffer[]): Buffer {
  const page = Buffer.alloc(pageBytes);
  page.writeUInt16LE(0x0101, 0);
  page.writeUInt32LE(table, 4);
  page.writeUInt16LE(rows.length, 12);
  let end = pageBytes;
  for (const [index, row] of rows.entries()) {
    end -= row.length;
    row.copy(page, end);
    page.writeUInt16LE(end, 14 + index * 2);
  }
  return page;
}

function rowBytes(columns: readonly MadeColumn[], values: readonly AccessValue[], longValues: Buffer[]): Buffer {
  const fixed: Buffer[] = [];
  const variable: Buffer[] = [];
  const mask = Buffer.alloc(Math.ceil(columns.length / 8));
  for (const [index, { type }] of columns.entries()) {
    const value = values[index] ?? null;
    if (value !== null && value !== false) mask[index >> 3] = (mask[index >> 3] ?? 0) | (1 << (index & 7));
    const size = fixedBytes[type];
    if (size === undefined) variable.push(value === null ? Buffer.alloc(0) : variableBytes(type, String(value), longValues));
    else {
      const bytes = Buffer.alloc(size);
      if (size === 8) bytes.writeDoubleLE(Number(value), 0);
      else if (size > 0) bytes.writeIntLE(Number(value), 0, size);
      fixed.push(bytes);
    }
  }
  const count = Buffer.alloc(2);
  count.writeUInt16LE(columns.length);
  let at = 2 + fixed.reduce((sum, { length }) => sum + length, 0);
  const places = [...variable.map(({ length }) => { at += length; return at - length; }), at].toReversed();
  const table = Buffer.alloc(places.length * 2 + 2);
  for (const [index, place] of places.entries()) table.writeUInt16LE(place, index * 2);
  table.writeUInt16LE(variable.length, places.length * 2);
  return Buffer.concat([count, ...fixed, ...variable, table, mask]);
}

function variableBytes(type: number, value: string, longValues: Buffer[]): Buffer {
  const text = type === 11 ? Buffer.from(value, 'latin1') : /^[\x01-\x7f]*$/.test(value) ? Buffer.from(`\xff\xfe${value}`, 'latin1') : Buffer.from(value, 'utf16le');
  if (type === 10) return text;
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0x40000000 + text.length, 0);
  head.writeUInt32LE(0x600 + longValues.length, 4);
  longValues.push(text);
  return head;
}
