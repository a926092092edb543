/** What a file that has no name is called, by its first bytes. */

const marks: readonly (readonly [RegExp, string])[] = [
  [/^%PDF/, 'pdf'], [/^\x89PNG/, 'png'], [/^\xff\xd8\xff/, 'jpg'], [/^GIF8/, 'gif'], [/^BM/, 'bmp'], [/^(?:II\*\0|MM\0\*)/, 'tif'], [/^\{\\rtf/, 'rtf'], [/^RIFF[^]{4}WAVE/, 'wav'], [/^RIFF[^]{4}AVI /, 'avi'], [/^RIFF[^]{4}WEBP/, 'webp'],
  [/^<\?xml/, 'xml'], [/^\s*<(?:!doctype\s+html|html)/i, 'html'], [/^ID3/, 'mp3'], [/^[^]{4}ftyp/, 'mp4'], [/^\x1f\x8b/, 'gz'], [/^Rar!/, 'rar'], [/^7z\xbc\xaf/, '7z'], [/^\xd7\xcd\xc6\x9a/, 'wmf'], [/^\x01\0\0\0[^]{36} EMF/, 'emf'], [/^MZ/, 'exe'],
];
/** Parts of packages, by the names in the file. */
const packages: readonly (readonly [string, string])[] = [
  ['word/document', 'docx'], ['xl/workbook', 'xlsx'], ['ppt/presentation', 'pptx'], ['visio/document', 'vsdx'], ['opendocument.text', 'odt'], ['opendocument.spreadsheet', 'ods'], ['opendocument.presentation', 'odp'], ['opendocument.graphics', 'odg'], ['epub+zip', 'epub'],
];
/** Streams of compound files, whose names are UTF-16. */
const compounds: readonly (readonly [string, string])[] = [['WordDocument', 'doc'], ['Workbook', 'xls'], ['Book', 'xls'], ['PowerPoint Document', 'ppt'], ['VisioDocument', 'vsd'], ['__properties_version1.0', 'msg']];

/** The ending, without a dot; `bin` for what is not known. */
export function endingOf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = file.toString('latin1', 0, 64);
  if (start.startsWith('PK\x03\x04')) return packages.find(([part]) => file.includes(part, 0, 'latin1'))?.[1] ?? 'zip';
  if (start.startsWith('\xd0\xcf\x11\xe0')) return compounds.find(([stream]) => file.includes(Buffer.from(stream, 'utf16le')))?.[1] ?? 'bin';
  return marks.find(([mark]) => mark.test(start))?.[1] ?? 'bin';
}
