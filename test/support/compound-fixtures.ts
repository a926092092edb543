/** Office files of the binary kind ([MS-CFB] around [MS-DOC], [MS-PPT], [MS-XLS]), as small as readers take them. */
import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { deflateSync } from 'node:zlib';

/** A compound file of streams by their paths; storages come by themselves. */
export function compoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  type Entry = Parameters<typeof burn>[0][number];
  const entries: Entry[] = [{ name: 'Root Entry', type: 5, children: [], length: 0 }];
  const placeByPath = new Map([['', 0]]);
  const add = (path: string, bytes: Uint8Array | null): number => {
    const there = placeByPath.get(path);
    if (there !== undefined) return there;
    const cut = path.lastIndexOf('/');
    const above = add(cut < 0 ? '' : path.slice(0, cut), null);
    const place = entries.push({ name: path.slice(cut + 1), type: bytes === null ? 1 : 2, length: bytes?.length ?? 0, ...(bytes === null ? { children: [] } : { binaryProvider: () => Uint8Array.from(bytes) }) }) - 1;
    entries[above]?.children?.push(place);
    placeByPath.set(path, place);
    return place;
  };
  for (const [path, bytes] of Object.entries(streams)) add(path, bytes);
  return Uint8Array.from(burn(entries));
}

/** The stories of a Word file in the order of [MS-DOC] 2.3. */
export interface WordFixture {
  readonly body: string;
  readonly footnotes?: string;
  readonly headers?: string;
  readonly comments?: string;
  readonly encrypted?: boolean;
}

/** The streams of a Word 97 document in two pieces, the first of one byte a character (windows-1252), the second of two. */
export function wordStreams({ body, footnotes = '', headers = '', comments = '', encrypted = false }: WordFixture): Record<string, Uint8Array> {
  const whole = body + footnotes + headers + comments;
  const half = Math.floor(body.length / 2);
  const main = Buffer.alloc(0x400 + half + (whole.length - half) * 2);
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0xc1, 2);
  main.writeUInt16LE(0x409, 6);
  main.writeUInt16LE(encrypted ? 0x300 : 0x200, 10);
  [body.length, footnotes.length, headers.length, 0, comments.length, 0, 0, 0].forEach((count, index) => main.writeInt32LE(count, 0x4c + index * 4));
  main.write(whole.slice(0, half), 0x400, 'latin1');
  main.write(whole.slice(half), 0x400 + half, 'utf16le');
  const table = Buffer.alloc(5 + 12 + 16);
  table.writeUInt8(2, 0);
  table.writeUInt32LE(28, 1);
  [0, half, whole.length].forEach((at, index) => table.writeUInt32LE(at, 5 + index * 4));
  table.writeUInt32LE(0x400 * 2 + 0x40000000, 17 + 2);
  table.writeUInt32LE(0x400 + half, 25 + 2);
  main.writeUInt32LE(0, 0x1a2);
  main.writeUInt32LE(table.length, 0x1a6);
  return { WordDocument: main, '1Table': table };
}

/** What Windows' packager keeps of a file ([MS-OLEDS] 2.3.6). */
export function packagedFile(name: string, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(`${name}\0`, 'latin1');
  const number = (value: number): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    return four;
  };
  const rest = Buffer.concat([Buffer.from([2, 0]), text, text, Buffer.from([0, 0, 3, 0]), number(text.length), text, number(bytes.length), bytes]);
  return Uint8Array.from(Buffer.concat([number(rest.length), rest]));
}

/** A record of a PowerPoint or drawing stream; a container of records when it is given some. */
export function officeRecord(type: number, content: Uint8Array | readonly Uint8Array[], instance = 0): Buffer {
  const isContainer = Array.isArray(content);
  const body = isContainer ? Buffer.concat(content as readonly Uint8Array[]) : Buffer.from(content as Uint8Array);
  const head = Buffer.alloc(8);
  head.writeUInt16LE(instance * 16 + (isContainer ? 15 : 0), 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** A drawing's picture ([MS-ODRAW] 2.2.27 for PNG). */
export function pngRecord(bytes: Uint8Array): Buffer {
  return officeRecord(0xf01e, Buffer.concat([Buffer.alloc(16, 7), Buffer.from([0xff]), bytes]), 0x6e0);
}

/** A slide of the made presentation: text of a shape, a text that only the outline holds, notes. */
export interface SlideFixture {
  readonly shape: string;
  readonly outline: string;
  readonly notes: string;
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
};
const wide = (text: string): Uint8Array => Buffer.from(text, 'utf16le');

/** The streams of a PowerPoint presentation with slides, a footer and an embedded object that is packed. An older version of each slide stands in the stream as well. */
export function powerpointStreams(slides: readonly SlideFixture[], footer: string, object: Uint8Array): Record<string, Uint8Array> {
  const shape = (...content: readonly Uint8Array[]): Buffer => officeRecord(0x040c, [officeRecord(0xf004, [officeRecord(0xf00d, content)])]);
  const list = (instance: number, first: number, texts: boolean): Buffer => officeRecord(0x0ff0, slides.flatMap(({ outline }, index) => [
    officeRecord(0x03f3, numbers(first + index, 0, 0, 0x100 * (instance + 1) + index, 0)), ...(texts ? [officeRecord(0x0fa0, wide(outline))] : []),
  ]), instance);
  const stored: Buffer[] = [];
  const places: number[] = [];
  let length = 0;
  const put = (record: Buffer): void => {
    places.push(length);
    stored.push(record);
    length += record.length;
  };
  const old = slides.map(() => officeRecord(0x03ee, [shape(officeRecord(0x0fa8, Buffer.from('Superseded')))]));
  for (const record of old) put(record);
  places.length = 0;
  put(officeRecord(0x03e8, [list(0, 2, true), list(2, 2 + slides.length, false), officeRecord(0x0fd9, [officeRecord(0x0fba, wide(footer), 2)], 3)]));
  for (const [index, { shape: text }] of slides.entries()) {
    put(officeRecord(0x03ee, [officeRecord(0x03ef, numbers(0, 0, 0, 0, 0x300 + index, 0)), shape(officeRecord(0x0fa8, Buffer.from(text, 'latin1'))), shape(officeRecord(0x0f9e, numbers(0)))]));
  }
  for (const { notes } of slides) put(officeRecord(0x03f0, [shape(officeRecord(0x0fa0, wide(notes)))]));
  put(officeRecord(0x1011, Buffer.concat([numbers(object.length), deflateSync(object)]), 1));
  const directoryAt = length;
  const directory = officeRecord(0x1772, numbers(places.length * 0x100000 + 1, ...places));
  const edit = officeRecord(0x0ff5, numbers(0, 0, 0, directoryAt, 1, places.length, 0));
  return { 'PowerPoint Document': Buffer.concat([...stored, directory, edit]), 'Current User': Buffer.concat([Buffer.alloc(8), numbers(0x14, 0xe391c05f, directoryAt + directory.length)]) };
}
