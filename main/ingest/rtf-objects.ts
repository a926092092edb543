import { openCompoundFile } from './compound-file.ts';
import { embeddedFile, nativeData, type FoundFile } from './embedded-files.ts';
import type { EmbeddedPicture } from './office-art.ts';

/** Kinds of pictures by the word that names them (Rich Text Format 1.9.1, Pictures). */
const kinds: Readonly<Record<string, string>> = { pngblip: 'png', jpegblip: 'jpg', emfblip: 'emf', wmetafile: 'wmf', macpict: 'pict', dibitmap: 'dib' };
const documents = [['WordDocument', 'doc'], ['Workbook', 'xls'], ['Book', 'xls'], ['PowerPoint Document', 'ppt']] as const;
/** Objects and pictures of one document, those that hold nothing among them. */
const mostFound = 2000;

/** What an RTF document holds beside its text. */
export interface RtfObjects {
  readonly files: readonly FoundFile[];
  readonly pictures: readonly EmbeddedPicture[];
}

/** The embedded objects and the pictures of an RTF source, in their order. Pictures that repeat one for older readers are left out. */
export function rtfObjects(source: string): RtfObjects {
  const files: FoundFile[] = [];
  const pictures: EmbeddedPicture[] = [];
  const mark = /\\(objdata|pict)(?![a-z])/g;
  let seen = 0;
  for (let found = mark.exec(source); found !== null && seen < mostFound; found = mark.exec(source)) {
    const { bytes, words, end } = groupData(source, mark.lastIndex);
    const isRepeated = /\\nonshppict\s*\{[^{}]{0,8}$/.test(source.slice(Math.max(0, found.index - 40), found.index));
    mark.lastIndex = end; // every character is looked at once, also when no group is ever closed
    if (!isRepeated) seen += 1;
    if (found[1] === 'objdata') {
      const file = oleObjectFile(bytes);
      if (file !== null) files.push(file);
    } else if (!isRepeated && bytes.length > 0) {
      const kind = words.find((word) => kinds[word] !== undefined);
      if (kind !== undefined) pictures.push({ extension: kinds[kind] ?? 'bin', bytes: Uint8Array.from(bytes) });
    }
  }
  return { files, pictures };
}

/** What stands in hexadecimal, or behind `\bin`, in the rest of a group, groups within it left out. A group that is never closed ends with the source. */
function groupData(source: string, from: number): { readonly bytes: Buffer; readonly words: readonly string[]; readonly end: number } {
  const parts: Buffer[] = [];
  const words: string[] = [];
  const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-f]{2}|\\[^a-z]|([{}])|([0-9a-fA-F\s]+)|[^\\{}]/gi;
  token.lastIndex = from;
  let depth = 0;
  let hex = '';
  let end = source.length;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    const [, word, number, brace, digits] = found;
    if (brace === '{') depth += 1;
    else if (brace === '}') {
      if (depth === 0) {
        end = token.lastIndex;
        break;
      }
      depth -= 1;
    } else if (depth > 0) continue;
    else if (word === 'bin' && number !== undefined) {
      const length = Math.max(0, Number(number));
      parts.push(Buffer.from(source.slice(token.lastIndex, token.lastIndex + length), 'latin1'));
      token.lastIndex += length;
    } else if (word !== undefined) words.push(word);
    else if (digits !== undefined) hex += digits.replace(/\s+/g, '');
  }
  if (hex !== '') parts.push(Buffer.from(hex, 'hex'));
  return { bytes: Buffer.concat(parts), words, end };
}

/** [MS-OLEDS] 2.2.5: a version, a format, three names, a length, the data; null for a link and for what holds no file. */
export function oleObjectFile(bytes: Buffer): FoundFile | null {
  let at = 8;
  const text = (): string | null => {
    if (at + 4 > bytes.length) return null;
    const length = bytes.readUInt32LE(at);
    at += 4 + length;
    return at > bytes.length ? null : bytes.toString('latin1', at - length, at).replace(/\0.*$/s, '');
  };
  const [name, topic, item] = [text(), text(), text()];
  if (name === null || topic === null || item === null || at + 4 > bytes.length) return null;
  const data = bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  if (data.length < 8) return null;
  if (data.readUInt16BE(0) !== 0xd0cf) return nativeData(Buffer.concat([length, data]));
  try {
    const file = openCompoundFile(data, 'embedded object');
    const ending = documents.find(([stream]) => file.has(stream))?.[1];
    return (ending === undefined ? embeddedFile(file, '') : null) ?? { name: ending === undefined ? null : `object.${ending}`, bytes: Uint8Array.from(data) };
  } catch {
    return null; // a damaged object costs itself
  }
}
