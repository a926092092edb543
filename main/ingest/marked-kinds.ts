import { inflateSync } from 'node:zlib';
import type { DocumentKind } from './document-kind.ts';

type MarkedKind = Omit<DocumentKind, 'encrypted'>;

/** Kinds that the first bytes tell and that file-type does not know. */
const marks: readonly { readonly at: number; readonly mark: Buffer; readonly kind: MarkedKind }[] = [
  { at: 0, mark: Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), kind: { reader: 'one-note', type: 'other', mediaType: 'application/onenote', label: 'OneNote section' } },
  ...['d7cdc69a', '010009000003'].map((mark) => ({ at: 0, mark: Buffer.from(mark, 'hex'), kind: { reader: 'metafile' as const, type: 'image' as const, mediaType: 'image/wmf', label: 'WMF drawing' } })),
  { at: 0, mark: Buffer.from('ff060000734e61507059', 'hex'), kind: { reader: 'compressed', type: 'other', mediaType: 'application/x-snappy-framed', label: 'Snappy file' } },
  { at: 0, mark: Buffer.from('04224d18', 'hex'), kind: { reader: 'compressed', type: 'other', mediaType: 'application/x-lz4', label: 'LZ4 file' } },
  { at: 0, mark: Buffer.from('1f9d', 'hex'), kind: { reader: 'compressed', type: 'other', mediaType: 'application/x-compress', label: 'compress file (.Z)' } },
  { at: 0, mark: Buffer.from('ITSF'), kind: { reader: 'help-file', type: 'web-page', mediaType: 'application/vnd.ms-htmlhelp', label: 'compiled help (CHM)' } },
  { at: 40, mark: Buffer.from(' EMF'), kind: { reader: 'metafile', type: 'image', mediaType: 'image/emf', label: 'EMF drawing' } },
  { at: 0, mark: Buffer.from('ff575043', 'hex'), kind: { reader: null, type: 'other', mediaType: 'application/vnd.wordperfect', label: 'WordPerfect Office file' } },
  ...['09000400', '09020600', '09040600'].map((mark) => ({ at: 0, mark: Buffer.from(mark, 'hex'), kind: { reader: 'spreadsheet' as const, type: 'table' as const, mediaType: 'application/vnd.ms-excel', label: 'Excel 2-4 worksheet' } })),
  { at: 0, mark: Buffer.from('789f3e22', 'hex'), kind: { reader: 'transport-file', type: 'mail', mediaType: 'application/vnd.ms-tnef', label: 'Outlook transport file (winmail.dat)' } },
  { at: 4, mark: Buffer.from('Standard Jet DB'), kind: { reader: 'access', type: 'table', mediaType: 'application/x-msaccess', label: 'Access database' } },
  { at: 4, mark: Buffer.from('Standard ACE DB'), kind: { reader: 'access', type: 'table', mediaType: 'application/x-msaccess', label: 'Access database' } },
];
/** Kinds that are told and not read, so that a person knows what a file is. */
const unread: readonly (readonly [RegExp, string, string])[] = [
  [/^SIMPLE {2}= {20}T/, 'application/fits', 'FITS image'], [/^GRIB[^]{3}[\x01\x02]/, 'application/x-grib', 'GRIB weather data'], [/^\x89HDF\r\n\x1a\n/, 'application/x-hdf5', 'HDF5 data'], [/^\x0e\x03\x13\x01/, 'application/x-hdf', 'HDF4 data'], [/^CDF[\x01\x02\x05]/, 'application/x-netcdf', 'NetCDF data'],
  [/^MATLAB 5\.0 MAT-file/, 'application/x-matlab-data', 'MATLAB data'], [/^AT&TFORM/, 'image/vnd.djvu', 'DjVu document'], [/^\.snd\0/, 'audio/basic', 'AU sound'], [/^[^]{12}(?:\x62\x31\x05\0|\x61\x15\x06\0|\0\x05\x31\x62|\0\x06\x15\x61)/, 'application/x-berkeley-db', 'Berkeley database'],
  [/^JAVA PROFILE 1/, 'application/vnd.java.hprof', 'Java memory dump'], [/^\xca\xfe\xd0\x0d/, 'application/x-java-pack200', 'Java archive packed by pack200'], [/^\0{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf/, 'application/x-sas-data', 'SAS data set'], [/^HEADER RECORD\*{7}LIBRARY HEADER RECORD/, 'application/x-sas-xport', 'SAS transport file'],
  [/^\$FL[23]@\(#\)/, 'application/x-spss-sav', 'SPSS data set'], [/^\xfe\x01[\x07-\x0a]/, 'application/x-mysql-table-definition', 'MySQL table definition'], [/^\xfe\xfe\x07/, 'application/x-mysql-misam-compressed-index', 'MySQL index'], [/^[^]{522}\0\x11\x02\xff/, 'image/x-pict', 'PICT picture'],
  [/^\x30\x82[^]{2}\x02\x01\x03\x30/, 'application/x-pkcs12', 'PKCS #12 key store'], [/^\xa1\x2f\xff\x43\xd9\xef/, 'application/onenote; format=onetoc2', 'OneNote table of contents'], [/^\xa5\x0f\xf0\x5a/, 'application/x-prt', 'CADKEY drawing'], [/^SQLite format 3\0/, 'application/vnd.sqlite3', 'SQLite database'],
  [/^\x4c\0\0\0\x01\x14\x02\0/, 'application/x-ms-shortcut', 'Windows shortcut'], [/^bplist0/, 'application/x-bplist', 'Apple property list'], [/^regf/, 'application/x-windows-registry', 'Windows registry hive'], [/^ElfFile\0/, 'application/x-ms-evtx', 'Windows event log'], [/^(?:PAR1|ORC|Obj\x01)/, 'application/x-columnar', 'table of a data lake (Parquet, ORC, Avro)'], [/^\xed\xab\xee\xdb/, 'application/x-rpm', 'RPM package'],
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
  if (/^\0\0(?:\x02\0[\x04-\x06]\x04|\x1a\0[\0-\x05]\x10\x04\0)/.test(content.toString('latin1', 0, 8))) return { reader: 'spreadsheet', type: 'table', mediaType: 'application/vnd.lotus-1-2-3', label: 'Lotus 1-2-3 worksheet' };
  if (isOwnerFile(content)) return { reader: 'owner-file', type: 'other', mediaType: 'application/x-ms-owner', label: 'lock file of Office' };
  if (/^AC10(?:1[58]|2[147]|32)$/.test(content.toString('latin1', 0, 6)) && content.length > 64) return { reader: 'cad-drawing', type: 'other', mediaType: 'image/vnd.dwg', label: 'AutoCAD drawing (DWG)' };
  if (isPortableMap(content)) return { reader: null, type: 'image', mediaType: 'image/x-portable-anymap', label: 'PNM image' };
  if (isTarga(content)) return { reader: null, type: 'image', mediaType: 'image/x-tga', label: 'TGA image' };
  if (isDataTable(content)) return { reader: 'data-table', type: 'table', mediaType: 'application/x-dbf', label: 'dBASE table' };
  const start = content.toString('latin1', 0, 600);
  const told = unread.find(([mark]) => mark.test(start));
  if (told !== undefined) return { reader: told[1] === 'audio/basic' ? 'recording' : null, type: told[1].startsWith('image/') ? 'image' : 'other', mediaType: told[1], label: told[2] };
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

/** The short file that Office puts beside a document that somebody has open: a length and a name, and the name again in UTF-16. */
function isOwnerFile(content: Buffer): boolean {
  const length = content[0] ?? 0;
  if (content.length < 162 || content.length > 180 || length === 0 || length > 52) return false;
  return [53, 54].some((at) => content.readUInt16LE(at + 1) === length || content.readUInt16LE(at) === length) && content.subarray(1, 1 + length).every((byte) => byte >= 0x20);
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
