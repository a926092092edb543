import { decompressRTF } from '@kenjiuno/decompressrtf';
import { canonicalText } from '../canonical-text.ts';
import { textOfCodePage } from '../code-pages.ts';
import { foundChildren, type FoundFile } from '../embedded-files.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { rtfText } from '../rtf-text.ts';
import { decodeText } from '../text-encoding.ts';

/** [MS-OXTNEF] 2.1.3.2: attributes by their whole number. */
const attributes = { subject: 0x00018004, body: 0x0002800c, render: 0x00069002, title: 0x00018010, data: 0x0006800f, message: 0x00069003, attachment: 0x00069005, codePage: 0x00069007 } as const;
/** [MS-OXPROPS]: properties by their identifier. */
const properties = { rtf: 0x1009, html: 0x1013, body: 0x1000, subject: 0x0037, data: 0x3701, longName: 0x3707, name: 0x3001 } as const;

/** What Outlook puts around a message for its own kind (winmail.dat, [MS-OXTNEF]), read by ours: the body in its best form, attachments as children. */
export async function extractTransportFile(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 6) throw new ExtractFailure(reasons.damaged('winmail.dat'));
  let page = 1252;
  let body = '';
  let subject: string | null = null;
  const found: { name: string | null; bytes: Uint8Array | null }[] = [];
  for (let at = 6; at + 9 <= file.length; ) {
    const attribute = file.readUInt32LE(at + 1);
    const length = file.readUInt32LE(at + 5);
    const value = file.subarray(at + 9, at + 9 + length);
    const last = found.at(-1);
    if (attribute === attributes.codePage && value.length >= 4) page = value.readUInt32LE(0);
    else if (attribute === attributes.subject) subject = textOfCodePage(value, page).replace(/\0.*$/s, '').trim() || null;
    else if (attribute === attributes.body) body ||= textOfCodePage(value, page).replace(/\0+$/, '');
    else if (attribute === attributes.render) found.push({ name: null, bytes: null });
    else if (attribute === attributes.title && last !== undefined) last.name ??= textOfCodePage(value, page).replace(/\0.*$/s, '') || null;
    else if (attribute === attributes.data && last !== undefined) last.bytes = Uint8Array.from(value);
    else if (attribute === attributes.message) {
      const values = mapiValues(value);
      body ||= bodyOf(values, page);
    } else if (attribute === attributes.attachment && last !== undefined) {
      const values = mapiValues(value);
      const name = values.get(properties.longName) ?? values.get(properties.name);
      if (name !== undefined) last.name = textOf(name, page) || last.name;
      const data = values.get(properties.data);
      // An embedded message or object begins with the identifier of its interface.
      if (data !== undefined && (last.bytes === null || last.bytes.length === 0)) last.bytes = Uint8Array.from(data.bytes.subarray(data.isObject ? 16 : 0));
    }
    at += 9 + length + 2;
  }
  const files = found.flatMap(({ name, bytes: content }): FoundFile[] => (content === null || content.length === 0 ? [] : [{ name, bytes: content }]));
  return toExtracted({ type: 'mail', mediaType, extractor: 'transport file 1', text: canonicalText(body), title: subject, children: foundChildren(files), reason: body.trim() === '' && files.length > 0 ? reasons.onlyChildren : null });
}

interface Value {
  readonly isWide: boolean;
  readonly isObject: boolean;
  readonly bytes: Buffer;
}

function textOf({ isWide, bytes }: Value, page: number): string {
  return (isWide ? bytes.toString('utf16le') : textOfCodePage(bytes, page)).replace(/\0+$/, '');
}

function bodyOf(values: ReadonlyMap<number, Value>, page: number): string {
  const plain = values.get(properties.body);
  if (plain !== undefined) return textOf(plain, page);
  const html = values.get(properties.html);
  if (html !== undefined) return htmlText(decodeText(html.bytes).text).text;
  const rtf = values.get(properties.rtf);
  try {
    return rtf === undefined ? '' : rtfText(Buffer.from(decompressRTF(Array.from(rtf.bytes))).toString('latin1')).text;
  } catch {
    return ''; // the body is damaged, the attachments are not
  }
}

/** Bytes that a value of a fixed type takes ([MS-OXCDATA] 2.11.1), padded to four. */
const fixed: Readonly<Record<number, number>> = { 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000a: 4, 0x000b: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16 };

/** [MS-OXTNEF] 2.1.3.4: the properties of a message or an attachment; of values that come many a property, the first. */
function mapiValues(bytes: Buffer): ReadonlyMap<number, Value> {
  const values = new Map<number, Value>();
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  let at = 4;
  for (let left = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0; left > 0 && at + 4 <= bytes.length; left -= 1) {
    const type = bytes.readUInt16LE(at);
    const identifier = bytes.readUInt16LE(at + 2);
    at += 4;
    if (identifier >= 0x8000) {
      if (at + 24 > bytes.length) break;
      at += bytes.readUInt32LE(at + 16) === 0 ? 24 : 24 + padded(bytes.readUInt32LE(at + 20));
    }
    const kind = type & 0x0fff;
    const isMany = (type & 0x1000) !== 0;
    const size = fixed[kind];
    let count = 1;
    if (isMany || size === undefined) {
      if (at + 4 > bytes.length) break;
      count = bytes.readUInt32LE(at);
      at += 4;
    }
    if (count > 10_000) break;
    for (let index = 0; index < count && at < bytes.length; index += 1) {
      let length = size ?? 0;
      if (size === undefined) {
        if (at + 4 > bytes.length) return values;
        length = bytes.readUInt32LE(at);
        at += 4;
      }
      if (!values.has(identifier)) values.set(identifier, { isWide: kind === 0x1f, isObject: kind === 0x0d, bytes: bytes.subarray(at, at + length) });
      at += padded(length);
    }
  }
  return values;
}
