/** Small files of the rarer formats, made by the tests themselves. */
import { utf8 } from './file-fixtures.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

/** A sound without sound: an ID3v2.3 tag of text frames, then one silent MPEG frame. */
export function taggedSound(frames: Readonly<Record<string, string>>): Uint8Array {
  const body = Buffer.concat(Object.entries(frames).map(([id, text]) => {
    const content = id === 'COMM' ? Buffer.concat([latin('\0eng\0'), latin(text)]) : latin(`\0${text}`);
    const head = Buffer.alloc(10);
    head.write(id, 0, 'latin1');
    head.writeUInt32BE(content.length, 4);
    return Buffer.concat([head, content]);
  }));
  const size = [body.length >> 21, body.length >> 14, body.length >> 7, body.length].map((part) => part & 127);
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Uint8Array.from(Buffer.concat([latin('ID3\x03\0\0'), Buffer.from(size), body, frame, frame, frame]));
}

/** DER (X.690): an element of a tag around its contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** An object identifier in DER from its hexadecimal contents. */
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

/** Signed data (RFC 5652 5.1) without any signature; the content absent for a detached one. */
export function signedData(content: Uint8Array | null): Uint8Array {
  const inner = der(0x30, oid('2a864886f70d010701'), ...(content === null ? [] : [der(0xa0, der(0x24, der(0x04, content.subarray(0, 4)), der(0x04, content.subarray(4))))]));
  return Uint8Array.from(der(0x30, oid('2a864886f70d010702'), der(0xa0, der(0x30, der(0x02, Buffer.from([1])), der(0x31), inner, der(0x31)))));
}

/** Enveloped data (RFC 5652 6.1), as far as its kind. */
export function envelopedData(): Uint8Array {
  return Uint8Array.from(der(0x30, oid('2a864886f70d010703'), der(0xa0, der(0x30, der(0x02, Buffer.from([0]))))));
}

/** A dBASE table of text fields of ten characters; a row that begins with "*" is deleted. */
export function dataTable(fields: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const head = Buffer.alloc(32 + fields.length * 32 + 1);
  head.set([3, 124, 5, 1]);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + fields.length * 10, 10);
  for (const [index, name] of fields.entries()) {
    head.write(name, 32 + index * 32, 'latin1');
    head.write('C', 43 + index * 32, 'latin1');
    head.writeUInt8(10, 48 + index * 32);
  }
  head.writeUInt8(0x0d, head.length - 1);
  const records = rows.map(([first = '', ...others]) => latin([`${first.startsWith('*') ? '*' : ' '}${first.replace('*', '').padEnd(10)}`, ...others.map((value) => value.padEnd(10))].join('')));
  return Uint8Array.from(Buffer.concat([head, ...records]));
}

/** A section of OneNote: its mark, then property sets of one text each behind a value of four bytes. */
export function noteSection(texts: readonly string[]): Uint8Array {
  const sets = texts.map((text) => {
    const value = Buffer.from(text, 'utf16le');
    return Buffer.concat([Buffer.from([2, 0]), number32(0x14001c0b), number32(0x1c001c22), number32(7), number32(value.length), value]);
  });
  return Uint8Array.from(Buffer.concat([Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), Buffer.alloc(64), ...sets]));
}

/** An enhanced metafile that draws texts ([MS-EMF] 2.3.5.8), each on a line of its own. */
export function textMetafile(texts: readonly string[]): Uint8Array {
  const record = (type: number, body: Buffer): Buffer => Buffer.concat([number32(type), number32(body.length + 8), body]);
  const head = Buffer.alloc(80);
  head.write(' EMF', 32, 'latin1');
  const drawn = texts.map((text, line) => {
    const fields = Buffer.alloc(68);
    fields.writeInt32LE(line * 20, 32);
    fields.writeUInt32LE(text.length, 36);
    fields.writeUInt32LE(76, 40);
    return record(0x54, Buffer.concat([fields, Buffer.from(text, 'utf16le')]));
  });
  return Uint8Array.from(Buffer.concat([record(1, head), ...drawn, record(14, Buffer.alloc(12))]));
}

/** A WordPerfect 6 document of these bytes. */
export function wordPerfect(body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(16);
  head.write('\xffWPC', 0, 'latin1');
  head.writeUInt32LE(16, 4);
  head.set([1, 10, 2, 1], 8);
  return Uint8Array.from(Buffer.concat([head, body]));
}

/** A WARC record with its head. */
export function archiveRecord(type: string, address: string, content: Uint8Array): Buffer {
  return Buffer.concat([latin(`WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${address}\r\nContent-Length: ${content.length}\r\n\r\n`), content, latin('\r\n\r\n')]);
}

/** What Outlook puts around a message: a body and one attachment. */
export function transportFile(body: string, name: string, content: Uint8Array): Uint8Array {
  const attribute = (level: number, id: number, value: Uint8Array): Buffer => Buffer.concat([Buffer.from([level]), number32(id), number32(value.length), value, Buffer.alloc(2)]);
  return Uint8Array.from(Buffer.concat([
    Buffer.from('789f3e220100', 'hex'), attribute(1, 0x00018004, latin('Gate log\0')), attribute(1, 0x0002800c, latin(`${body}\0`)),
    attribute(2, 0x00069002, Buffer.alloc(14)), attribute(2, 0x00018010, latin(`${name}\0`)), attribute(2, 0x0006800f, content),
  ]));
}

/** An archive of iWork in one Snappy block of literals: a message of text. */
export function iworkArchive(text: string): Uint8Array {
  const field = (tag: number, body: Uint8Array): Buffer => Buffer.concat([Buffer.from([tag, body.length]), body]);
  const payload = field(0x1a, utf8(text));
  const info = field(0x12, Buffer.from([0x08, 0xd1, 0x0f, 0x18, payload.length]));
  const bytes = Buffer.concat([Buffer.from([info.length]), info, payload]);
  const block = Buffer.concat([Buffer.from([bytes.length, (bytes.length - 1) << 2]), bytes]);
  return Uint8Array.from(Buffer.concat([Buffer.from([0, block.length, 0, 0]), block]));
}
