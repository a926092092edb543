import type { FileTypeResult } from 'file-type';
import type { DocumentType } from '../../preload/contract/domains/basics.ts';
import type { ContainerReaderName, DocumentKind, FileReaderName } from './document-kind.ts';
import { markedKind } from './marked-kinds.ts';
import { heifTypes, readImageTypes } from './ocr/image-shape.ts';

const ooxml = 'application/vnd.openxmlformats-officedocument.';
/** What media types of packages begin with, what reads them, and the name of the part that tells them where file-type does not. */
const packages: readonly { readonly starts: readonly string[]; readonly part: RegExp | null; readonly mediaType: string; readonly reader: FileReaderName; readonly type: DocumentType; readonly label: string }[] = [
  { starts: [`${ooxml}wordprocessingml.`, 'application/vnd.ms-word.'], part: /^word\/document\.xml/, mediaType: `${ooxml}wordprocessingml.document`, reader: 'word', type: 'word', label: 'Word document' },
  { starts: [`${ooxml}spreadsheetml.`, 'application/vnd.ms-excel.'], part: /^xl\/workbook\./, mediaType: `${ooxml}spreadsheetml.sheet`, reader: 'spreadsheet', type: 'table', label: 'Excel workbook' },
  { starts: [`${ooxml}presentationml.`, 'application/vnd.ms-powerpoint.'], part: /^ppt\/presentation\.xml/, mediaType: `${ooxml}presentationml.presentation`, reader: 'presentation', type: 'other', label: 'PowerPoint presentation' },
  { starts: ['application/vnd.oasis.opendocument.spreadsheet'], part: null, mediaType: 'application/vnd.oasis.opendocument.spreadsheet', reader: 'spreadsheet', type: 'table', label: 'OpenDocument spreadsheet' },
  { starts: ['application/vnd.oasis.opendocument.presentation'], part: null, mediaType: 'application/vnd.oasis.opendocument.presentation', reader: 'opendocument', type: 'other', label: 'OpenDocument presentation' },
  { starts: ['application/vnd.oasis.opendocument.graphics'], part: null, mediaType: 'application/vnd.oasis.opendocument.graphics', reader: 'opendocument', type: 'other', label: 'OpenDocument drawing' },
  { starts: ['application/vnd.oasis.opendocument.text'], part: null, mediaType: 'application/vnd.oasis.opendocument.text', reader: 'opendocument', type: 'word', label: 'OpenDocument text' },
  { starts: ['application/epub+zip'], part: /^META-INF\/container\.xml/, mediaType: 'application/epub+zip', reader: 'book', type: 'web-page', label: 'EPUB book' },
  { starts: ['application/vnd.visio', 'application/vnd.ms-visio.'], part: /^visio\/document\.xml/, mediaType: 'application/vnd.ms-visio.drawing', reader: 'visio', type: 'other', label: 'Visio drawing' },
  { starts: ['application/oxps', 'application/vnd.ms-xpsdocument'], part: /^[^/]+\.fdseq$/, mediaType: 'application/vnd.ms-xpsdocument', reader: 'fixed-layout', type: 'other', label: 'XPS document' },
  { starts: ['application/vnd.adobe.indesign-idml'], part: /^designmap\.xml$/, mediaType: 'application/vnd.adobe.indesign-idml-package', reader: 'layout-markup', type: 'other', label: 'InDesign layout (IDML)' },
  { starts: [], part: /^index\.apxl$/, mediaType: 'application/vnd.apple.keynote', reader: 'iwork', type: 'other', label: 'Keynote presentation' },
  { starts: [], part: /^(?:[^/]+\/)?(?:Index\/Document\.iwa|Index\.zip|buildVersionHistory\.plist)$/, mediaType: 'application/vnd.apple.pages', reader: 'iwork', type: 'other', label: 'iWork document' },
];

/** The document that a package is. Some writers order its parts in a way that file-type does not follow; the main part's name does not change. */
function officeKind(mediaType: string, members: readonly string[]): DocumentKind | null {
  const told = packages.find(({ starts }) => starts.some((start) => mediaType.startsWith(start)));
  const found = told ?? (mediaType === 'application/zip' ? packages.find(({ part }) => members.some((member) => part !== null && part.test(member))) : undefined);
  if (found === undefined) return null;
  const { reader, type, label } = found;
  return { reader, type, mediaType: told === undefined ? found.mediaType : mediaType, label, encrypted: false };
}

/** [MS-PST] 2.2.2.6: the first bytes of an Outlook store. */
const storeMark = Buffer.from('!BDN', 'latin1');

/** Pictures that are decoded, or of which at least what they say of themselves is read. */
const picturesRead = new Set([...readImageTypes, ...heifTypes]);

/** Archives by media type, and what takes them apart. */
const archives: Readonly<Record<string, ContainerReaderName>> = {
  'application/zip': 'zip',
  'application/gzip': 'compressed',
  'application/x-bzip2': 'compressed',
  'application/x-xz': 'compressed',
  'application/zstd': 'compressed',
  'application/zlib': 'compressed',
  'application/x-brotli': 'compressed',
  'application/x-lz4': 'compressed',
  'application/x-snappy-framed': 'compressed',
  'application/x-compress': 'compressed',
  'application/x-tar': 'tar',
  'application/x-7z-compressed': 'other-archive',
  'application/x-rar-compressed': 'other-archive',
  'application/vnd.ms-cab-compressed': 'other-archive',
  'application/x-cpio': 'other-archive',
  'application/x-unix-archive': 'other-archive',
  'application/x-deb': 'other-archive',
  'application/x-lzh-compressed': 'other-archive',
};

/** Names by media type, for kinds whose short name people would not know. */
const labels: Readonly<Record<string, string>> = {
  'application/zip': 'ZIP archive',
  'application/gzip': 'gzip file',
  'application/x-bzip2': 'bzip2 file',
  'application/x-xz': 'xz file',
  'application/zstd': 'Zstandard file',
  'application/x-7z-compressed': '7-Zip archive',
  'application/x-rar-compressed': 'RAR archive',
  'application/x-tar': 'tar archive',
};

/** Streams that tell what an OLE compound file holds, by the names in its directory, and what that is. */
const compoundKinds: readonly { readonly stream: string; readonly mediaType: string; readonly label: string; readonly type: DocumentType; readonly reader: FileReaderName | null }[] = [
  { stream: '__substg1.0_', mediaType: 'application/vnd.ms-outlook', label: 'Outlook message', type: 'mail', reader: 'outlook-message' },
  { stream: 'WordDocument', mediaType: 'application/msword', label: 'Word 97-2003 document', type: 'word', reader: 'word-binary' },
  { stream: 'Workbook', mediaType: 'application/vnd.ms-excel', label: 'Excel 97-2003 workbook', type: 'table', reader: 'spreadsheet' },
  { stream: 'PowerPoint Document', mediaType: 'application/vnd.ms-powerpoint', label: 'PowerPoint 97-2003 presentation', type: 'other', reader: 'presentation-binary' },
  { stream: 'Book', mediaType: 'application/vnd.ms-excel', label: 'Excel 5-95 workbook', type: 'table', reader: 'spreadsheet' },
  { stream: 'QuillSub', mediaType: 'application/x-mspublisher', label: 'Publisher publication', type: 'other', reader: 'publication' },
  { stream: 'SlideShow', mediaType: 'application/x-corelpresentations', label: 'Corel presentation', type: 'other', reader: null },
  { stream: 'NativeContent_MAIN', mediaType: 'application/x-quattro-pro', label: 'Quattro Pro notebook', type: 'table', reader: 'spreadsheet' },
  { stream: 'PerfectOffice_MAIN', mediaType: 'application/x-quattro-pro', label: 'Quattro Pro notebook', type: 'table', reader: 'spreadsheet' },
  { stream: 'HwpSummaryInformation', mediaType: 'application/x-hwp-v5', label: 'Hangul document', type: 'word', reader: 'hangul' },
  { stream: 'StarCalcDocument', mediaType: 'application/vnd.stardivision.calc', label: 'StarOffice 5 workbook', type: 'table', reader: null },
  { stream: 'StarWriterDocument', mediaType: 'application/vnd.stardivision.writer', label: 'StarOffice 5 text', type: 'word', reader: null },
  { stream: 'StarDrawDocument', mediaType: 'application/vnd.stardivision.draw', label: 'StarOffice 5 drawing or presentation', type: 'other', reader: null },
  { stream: 'CEdl', mediaType: 'application/vnd.ms-project', label: 'Project plan', type: 'other', reader: null },
  { stream: 'MatOST', mediaType: 'application/vnd.ms-works', label: 'Works document', type: 'word', reader: null },
  { stream: 'ISolidWorksInformation', mediaType: 'application/sldworks', label: 'SolidWorks model', type: 'other', reader: null },
  { stream: 'VisioDocument', mediaType: 'application/vnd.visio', label: 'Visio drawing', type: 'other', reader: null },
];

/** Recordings under names that do not say so. */
const recordings = new Set(['application/ogg', 'application/vnd.ms-asf', 'application/mxf', 'application/x-matroska']);

const zipMark = Buffer.from('PK\x03\x04', 'latin1');
const compoundMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** What a file that is not text is, from what file-type found in its bytes and, of a ZIP file, the names of its members. */
export function binaryKind(found: FileTypeResult | null, bytes: Uint8Array, members: readonly string[]): DocumentKind {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (content.subarray(0, 4).equals(storeMark)) return { reader: 'outlook-store', type: 'other', mediaType: 'application/vnd.ms-outlook-pst', label: 'Outlook store', encrypted: false };
  if (content.subarray(0, 8).equals(compoundMark)) return compoundKind(content);
  const isZip = content.subarray(0, 4).equals(zipMark);
  const marked = isZip ? null : markedKind(content);
  if (marked !== null) return { ...marked, encrypted: false };
  if (found === null && isZip) return { reader: 'zip', type: 'other', mediaType: 'application/zip', label: 'ZIP archive', encrypted: false };
  if (found === null) return { reader: null, type: 'other', mediaType: 'application/octet-stream', label: 'unknown binary', encrypted: false };
  const mediaType = found.mime.split(';')[0] ?? found.mime;
  const office = officeKind(mediaType, members);
  if (office !== null) return office;
  const name = found.ext.toUpperCase();
  if (mediaType.startsWith('image/')) return { reader: picturesRead.has(mediaType) ? 'image' : null, type: 'image', mediaType, label: `${name} image`, encrypted: false };
  const archive = archives[mediaType] ?? (isZip ? 'zip' : undefined);
  if (archive !== undefined) return { reader: archive, type: 'other', mediaType, label: labels[mediaType] ?? `${name} archive`, encrypted: false };
  if (/^(?:audio|video)\//.test(mediaType) || recordings.has(mediaType)) return { reader: 'recording', type: 'other', mediaType, label: `${name} ${mediaType.startsWith('video/') ? 'video' : 'sound'}`, encrypted: false };
  if (/^font\/(?:ttf|otf|collection)$/.test(mediaType)) return { reader: 'font', type: 'other', mediaType, label: `${name} font`, encrypted: false };
  const family = mediaType.startsWith('font/') ? 'font' : 'file';
  return { reader: null, type: mediaType.includes('spreadsheet') || mediaType.includes('excel') ? 'table' : 'other', mediaType, label: labels[mediaType] ?? `${name} ${family}`, encrypted: false };
}

/** [MS-CFB] 2.6.1: names in the directory are UTF-16. [MS-OFFCRYPTO] 2.3.4.4: an encrypted package lies in a stream of this name. */
function compoundKind(content: Buffer): DocumentKind {
  // 2.6.4: names are compared without regard to case; writers use the usual one or capitals.
  const holds = (stream: string): boolean => [stream, stream.toUpperCase()].some((name) => content.includes(Buffer.from(name, 'utf16le')));
  if (holds('EncryptedPackage')) return { reader: null, type: 'other', mediaType: 'application/x-ole-storage', label: 'encrypted Office document', encrypted: true };
  for (const { stream, mediaType, label, type, reader } of compoundKinds) {
    if (holds(stream)) return { reader, type, mediaType, label, encrypted: false };
  }
  return { reader: 'embedded-object', type: 'other', mediaType: 'application/x-ole-storage', label: 'OLE compound file', encrypted: false };
}
