import { inflateSync } from 'node:zlib';
import type { DocumentKind } from './document-kind.ts';

type MarkedKind = Omit<DocumentKind, 'encrypted'>;

/** Kinds that the first bytes tell and that file-type does not know. */
const marks: readonly { readonly at: number; readonly mark: Buffer; readonly kind: MarkedKind }[] = [
  { at: 0, mark: Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), kind: { reader: 'one-note', type: 'other', mediaType: 'application/onenote', label: 'OneNote section' } },
  ...['d7cdc69a', '010009000003'].map((mark) => ({ at: 0, mark: Buffer.from(mark, 'hex'), kind: { reader: 'metafile' as const, type: 'image' as const, mediaType: 'image/wmf', label: 'WMF drawing' } })),
  { at: 0, mark: Buffer.from('ITSF'), kind: { reader: 'help-file', type: 'web-page', mediaType: 'application/vnd.ms-htmlhelp', label: 'compiled help (CHM)' } },
  { at: 40, mark: Buffer.from(' EMF'), kind: { reader: 'metafile', type: 'image', mediaType: 'image/emf', label: 'EMF drawing' } },
  { at: 0, mark: Buffer.from('ff575043', 'hex'), kind: { reader: null, type: 'other', mediaType: 'application/vnd.wordperfect', label: 'WordPerfect Office file' } },
  ...['09000400', '09020600', '09040600'].map((mark) => ({ at: 0, mark: Buffer.from(mark, 'hex'), kind: { reader: 'spreadsheet' as const, type: 'table' as const, mediaType: 'application/vnd.ms-excel', label: 'Excel 2-4 worksheet' } })),
  { at: 0, mark: Buffer.from('789f3e22', 'hex'), kind: { reader: 'transport-file', type: 'mail', mediaType: 'application/vnd.ms-tnef', label: 'Outlook transport file (winmail.dat)' } },
  { at: 4, mark: Buffer.from('Standard Jet DB'), kind: { reader: null, type: 'table', mediaType: 'application/x-msaccess', label: 'Access database' } },
  { at: 4, mark: Buffer.from('Standard ACE DB'), kind: { reader: null, type: 'table', mediaType: 'application/x-msaccess', label: 'Access database' } },
];
const wordPerfectDocument = 10;
const dbaseVersions = new Set([0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0x8e, 0xcb, 0xf5, 0xfb]);

/** The kind of a file by its first bytes; null where none of ours fits. */
export function markedKind(content: Buffer): MarkedKind | null {
  for (const { at, mark, kind } of marks) {
    if (!content.subarray(at, at + mark.length).equals(mark)) continue;
    if (kind.mediaType === 'application/vnd.wordperfect' && content[9] === wordPerfectDocument) return { ...kind, reader: 'wordperfect', type: 'word', label: 'WordPerfect document' };
    return kind;
  }
  if (/^AC10(?:1[58]|2[147]|32)$/.test(content.toString('latin1', 0, 6)) && content.length > 64) return { reader: 'cad-drawing', type: 'other', mediaType: 'image/vnd.dwg', label: 'AutoCAD drawing (DWG)' };
  if (isPortableMap(content)) return { reader: null, type: 'image', mediaType: 'image/x-portable-anymap', label: 'PNM image' };
  if (isTarga(content)) return { reader: null, type: 'image', mediaType: 'image/x-tga', label: 'TGA image' };
  if (isDataTable(content)) return { reader: 'data-table', type: 'table', mediaType: 'application/x-dbf', label: 'dBASE table' };
  return isZlib(content) ? { reader: 'compressed', type: 'other', mediaType: 'application/zlib', label: 'zlib file' } : null;
}

/** Netpbm's PBM, PGM and PPM in their binary forms: a mark, sizes, and after them bytes that are no text. */
export function isPortableMap(bytes: Uint8Array): boolean {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const head = /^P[456]\s+(?:#[^\n]*\n\s*)*\d{1,6}\s+(?:#[^\n]*\n\s*)*\d{1,6}\s/.exec(content.toString('latin1', 0, 512));
  return head !== null && content.subarray(head[0].length).some((byte) => byte === 0 || byte >= 0xf8);
}

/** Truevision TGA 2.0, without a colour map: kind and depth of the picture, its sizes, and zeros where the map would be told. */
function isTarga(content: Buffer): boolean {
  if (content.length < 19 || content[1] !== 0 || ![2, 3, 10, 11].includes(content[2] ?? 0) || content.readUIntLE(3, 5) !== 0) return false;
  return content.readUInt16LE(12) > 0 && content.readUInt16LE(14) > 0 && [8, 16, 24, 32].includes(content[16] ?? 0) && (content[17] ?? 0) < 0x40;
}

/** A version, a date, lengths that fit, and a list of fields that ends where the records begin. */
function isDataTable(content: Buffer): boolean {
  if (content.length < 66 || !dbaseVersions.has(content[0] ?? 0)) return false;
  const [month = 0, day = 0] = [content[2], content[3]];
  const headBytes = content.readUInt16LE(8);
  if (month < 1 || month > 12 || day < 1 || day > 31 || headBytes < 65 || headBytes > content.length || content.readUInt16LE(10) < 2) return false;
  let at = 32;
  while (at + 32 <= headBytes && content[at] !== 0x0d) {
    if (!/^[A-Z@+0]$/i.test(String.fromCharCode(content[at + 11] ?? 0))) return false;
    at += 32;
  }
  return at > 32 && content[at] === 0x0d;
}

/** RFC 1950 2.2, and that the first bytes unpack. */
function isZlib(content: Buffer): boolean {
  if (content.length < 8 || content[0] !== 0x78 || content.readUInt16BE(0) % 31 !== 0) return false;
  try {
    inflateSync(content, { maxOutputLength: 2 ** 20 });
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}
