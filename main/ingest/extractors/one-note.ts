import { createHash } from 'node:crypto';
import { canonicalText } from '../canonical-text.ts';
import { foundChildren, type FoundFile } from '../embedded-files.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';

/** [MS-ONE] 2.2.23 and 2.3: properties with text, of UTF-16 but for the last. */
const properties = { text: 0x1c001c22, title: 0x1c001cf3, imageText: 0x1c001e58, fileName: 0x1c001d9c, bytes: 0x1c003498 } as const;
/** A link stands in a text as a field: a mark, its address, and then what is shown. */
const linkInstruction = /\uFDDFHYPERLINK "[^"]*"/g;
const fileMark = Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex');
const mostFiles = 5000;
const mostProperties = 64;
/** [MS-ONESTORE] 2.6.6: bytes that a value takes by its type; -1 for one that begins with its own length, null where it cannot be passed over. */
const sizes: readonly (number | null)[] = [null, 0, 0, 1, 2, 4, 8, -1, 0, 4, 0, 4, 0, 4];

/**
 * A section of OneNote ([MS-ONESTORE]), read by ours: the texts, titles and names of files in its property sets, each distinct one once, in the order in
 * which they stand in the file. Older versions of a page stand in the same file and are read too. Pictures and attached files become children.
 */
export async function extractOneNote(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: { readonly at: number; readonly text: string }[] = [];
  for (const property of Object.values(properties)) {
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(property);
    for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 4)) {
      const value = valueOf(file, at);
      if (value === null) continue;
      const text = (property === properties.bytes ? new TextDecoder('windows-1252').decode(value) : value.toString('utf16le', 0, value.length & ~1)).replace(/\0+$/, '').replace(linkInstruction, '').trim();
      if (text !== '') found.push({ at, text });
    }
  }
  const texts = new Set(found.sort((a, b) => a.at - b.at).map(({ text }) => text));
  return toExtracted({ type: 'other', mediaType, extractor: 'onenote 1', text: canonicalText([...texts].join('\n')), children: foundChildren(storedFiles(file)) });
}

/** [MS-ONESTORE] 2.6.13: what stands before a stored file, a length, twelve bytes; pictures and attached files, each distinct one once. */
function storedFiles(file: Buffer): FoundFile[] {
  const files = new Map<string, FoundFile>();
  for (let at = file.indexOf(fileMark); at >= 0 && files.size < mostFiles; at = file.indexOf(fileMark, at + 16)) {
    if (at + 36 > file.length) break;
    const length = Number(file.readBigUInt64LE(at + 16));
    const bytes = file.subarray(at + 36, at + 36 + length);
    if (length === 0 || bytes.length < length) continue;
    files.set(createHash('sha256').update(bytes).digest('hex'), { name: null, bytes: Uint8Array.from(bytes) });
  }
  return [...files.values()];
}

/** [MS-ONESTORE] 2.6.7: the value of the property whose name stands here, found by the set that the name lies in. Null where it lies in none. */
function valueOf(file: Buffer, at: number): Buffer | null {
  for (let before = 0; before < mostProperties; before += 1) {
    const start = at - 4 * before - 2;
    if (start < 0) return null;
    const count = file.readUInt16LE(start);
    if (count <= before || count > mostProperties || start + 2 + count * 4 > file.length) continue;
    const names = Array.from({ length: count }, (_, index) => file.readUInt32LE(start + 2 + index * 4));
    if (names.every((name) => { const type = (name >>> 26) & 31; return type >= 1 && type <= 0x11; })) return passed(file, names.slice(0, before + 1), start + 2 + count * 4);
  }
  return null;
}

/** Passes over the values of all names but the last, whose value it gives. */
function passed(file: Buffer, names: readonly number[], from: number): Buffer | null {
  let at = from;
  for (const [index, name] of names.entries()) {
    const size = sizes[(name >>> 26) & 31] ?? null;
    if (size === null || at + 4 > file.length) return null;
    const length = size === -1 ? file.readUInt32LE(at) : size;
    if (index === names.length - 1) return size === -1 && length < file.length - at ? file.subarray(at + 4, at + 4 + length) : null;
    at += size === -1 ? 4 + length : size;
  }
  return null;
}
