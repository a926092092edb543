import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';

/** Lengths of the functions of one byte's kind from 0xC0 on (WordPerfect 5 and 6 file formats, fixed length multi-byte functions). */
const fixed6: Readonly<Record<number, number>> = { 0xf0: 4, 0xf1: 5, 0xf2: 3, 0xf3: 3, 0xf4: 3, 0xf5: 3, 0xf6: 4, 0xf7: 4, 0xf8: 4, 0xf9: 5, 0xfa: 6, 0xfb: 6, 0xfc: 8, 0xfd: 8, 0xfe: 8 };
const fixed5: Readonly<Record<number, number>> = { 0xc0: 4, 0xc1: 9, 0xc2: 11, 0xc3: 3, 0xc4: 3, 0xc5: 5, 0xc6: 6, 0xc7: 7 };
const firstText5 = 0xd0;

/** A WordPerfect 5 or 6 document, read by ours: its characters and breaks; functions are passed over by their lengths, and characters of other sets than ASCII come where they are of the Western set. */
export async function extractWordPerfect(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = file.readUInt32LE(4);
  const version = file[10] ?? 0;
  if (start < 16 || start >= file.length) throw new ExtractFailure(reasons.damaged('WordPerfect document'));
  if (file.readUInt16LE(12) !== 0) throw new ExtractFailure(reasons.encryptedOtherwise);
  const text = version >= 2 ? sixth(file.subarray(start)) : fifth(file.subarray(start));
  return toExtracted({ type: 'word', mediaType, extractor: 'wordperfect 1', text: canonicalText(text) });
}

function sixth(body: Buffer): string {
  const out: string[] = [];
  for (let at = 0; at < body.length; ) {
    const byte = body[at] ?? 0;
    at += 1;
    if (byte >= 0x20 && byte < 0x7f) out.push(String.fromCharCode(byte));
    else if (byte === 0x80) out.push(' ');
    else if (byte === 0x81) out.push('\u00A0');
    else if (byte === 0x84) out.push('-');
    else if (byte >= 0xcc && byte <= 0xcf) out.push(byte >= 0xcf || byte === 0xcc ? '\n' : ' ');
    else if (byte >= 0xd0 && byte <= 0xef) {
      // A group: its subgroup, its length with both ends, and at the end of a line or a page, of a cell or a row, a break.
      const length = at + 3 <= body.length ? body.readUInt16LE(at + 1) : 0;
      if (byte === 0xd0) out.push((body[at] ?? 0) >= 1 && (body[at] ?? 0) <= 3 ? ' ' : '\n');
      else if (byte === 0xd1 || byte === 0xd2) out.push('');
      else if (byte === 0xe0) out.push('\t');
      at = length >= 4 ? at - 1 + length : at;
    } else if (byte === 0xf0) {
      out.push(character(body[at] ?? 0, body[at + 1] ?? 0));
      at += 3;
    } else if (byte > 0xf0) at += (fixed6[byte] ?? 1) - 1;
  }
  return out.join('');
}

function fifth(body: Buffer): string {
  const out: string[] = [];
  for (let at = 0; at < body.length; ) {
    const byte = body[at] ?? 0;
    at += 1;
    if (byte === 0x0a || byte === 0x0c) out.push('\n');
    else if (byte === 0x0d || byte === 0x0b) out.push(' ');
    else if (byte >= 0x20 && byte < 0x7f) out.push(String.fromCharCode(byte));
    else if (byte === 0xa0) out.push('\u00A0');
    else if (byte === 0xa9 || byte === 0xaa || byte === 0xab) out.push('-');
    else if (byte === 0xc0) {
      out.push(character(body[at + 1] ?? 0, body[at] ?? 0));
      at += 3;
    } else if (byte > 0xc0 && byte < firstText5) {
      if (byte === 0xc1) out.push('\t');
      at += (fixed5[byte] ?? 1) - 1;
    } else if (byte >= firstText5 && byte < 0xff) at = at + 3 <= body.length ? at + 3 + body.readUInt16LE(at + 1) : body.length;
  }
  return out.join('');
}

/** The Western set (1) in the order of its numbers from 26 on, and marks of the typographic set (4). */
const western = 'ÁáÂâÄäÀàÅåÆæÇçÉéÊêËëÈèÍíÎîÏïÌìÑñÓóÔôÖöÒòÚúÛûÜüÙùŸÿÃãĐđØøÕõÝý';
const typographic: Readonly<Record<number, string>> = { 0: '•', 2: '■', 5: '¶', 6: '§', 28: '’', 29: '‘', 31: '”', 32: '“', 33: '–', 34: '—' };

function character(number: number, set: number): string {
  if (set === 0) return String.fromCharCode(number);
  if (set === 1) return western[number - 26] ?? '';
  return set === 4 ? (typographic[number] ?? '') : '';
}
