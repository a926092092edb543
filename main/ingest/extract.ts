import { detect } from './detect.ts';
import { heldSource, type ByteSource } from './byte-source.ts';
import type { ContainerReaderName, DocumentKind, FileReaderName } from './document-kind.ts';
import { ExtractFailure, reasons, toExtracted } from './extracted.ts';
import type { ChildFile, Extracted, ExtractResult, LostChild } from './extracted.ts';
import { openCompoundFile } from './compound-file.ts';
import { foundDates } from './found-dates.ts';
import { decryptedPackage } from './office-encryption.ts';
import { languageOf } from './language.ts';
import { archiveStart } from './zip-directory.ts';
import { mendedPackage } from './mended-package.ts';
import { memberSink, type MemberSink, type Room, type TakeMember } from './members.ts';

/** The most that one document may hold: guards the engine against a small file that unfolds into a huge one. */
export interface OutputLimits {
  readonly textChars: number;
  readonly children: number;
  readonly childrenBytes: number;
}

/** The limits in force. */
export const outputLimits: OutputLimits = { textChars: 64_000_000, children: 10_000, childrenBytes: 2 ** 30 };

type FileReader = (bytes: Uint8Array, name: string, mediaType: string, passwords: readonly string[]) => Promise<Extracted>;
type ContainerReader = (source: ByteSource, name: string, mediaType: string, sink: MemberSink, passwords: readonly string[]) => Promise<Extracted>;

/** Where the members of containers go, and how many may. */
export interface MemberOutlet {
  readonly room: Room;
  readonly take: TakeMember;
}

/** Readers by name, each loaded when its first file comes: most folders need only a few. */
const containers: Readonly<Record<ContainerReaderName, () => Promise<ContainerReader>>> = {
  zip: async () => (await import('./extractors/zip.ts')).extractZip,
  tar: async () => (await import('./extractors/tar.ts')).extractTar,
  compressed: async () => (await import('./extractors/compressed.ts')).extractCompressed,
  'mail-folder': async () => (await import('./extractors/mail-folder.ts')).extractMailFolder,
  'outlook-store': async () => (await import('./extractors/outlook-store.ts')).extractOutlookStore,
  'web-archive': async () => (await import('./extractors/web-archive.ts')).extractWebArchive,
  'other-archive': async () => (await import('./extractors/other-archive.ts')).extractOtherArchive,
};
const files: Readonly<Record<FileReaderName, () => Promise<FileReader>>> = {
  'plain-text': async () => (await import('./extractors/plain-text.ts')).extractPlainText,
  markdown: async () => (await import('./extractors/markdown.ts')).extractMarkdown,
  csv: async () => (await import('./extractors/csv.ts')).extractCsv,
  html: async () => (await import('./extractors/html.ts')).extractHtml,
  mail: async () => (await import('./extractors/mail.ts')).extractMail,
  pdf: async () => (await import('./extractors/pdf.ts')).extractPdf,
  word: async () => (await import('./extractors/word.ts')).extractWord,
  'apple-mail': async () => (await import('./extractors/apple-mail.ts')).extractAppleMail,
  'outlook-message': async () => (await import('./extractors/outlook-message.ts')).extractOutlookMessage,
  calendar: async () => (await import('./extractors/calendar.ts')).extractCalendar,
  spreadsheet: async () => (await import('./extractors/spreadsheet.ts')).extractSpreadsheet,
  presentation: async () => (await import('./extractors/presentation.ts')).extractPresentation,
  opendocument: async () => (await import('./extractors/open-document.ts')).extractOpenDocument,
  book: async () => (await import('./extractors/book.ts')).extractBook,
  'saved-page': async () => (await import('./extractors/saved-page.ts')).extractSavedPage,
  drawing: async () => (await import('./extractors/drawing.ts')).extractDrawing,
  'embedded-object': async () => (await import('./extractors/embedded-object.ts')).extractEmbeddedObject,
  'word-binary': async () => (await import('./extractors/word-binary.ts')).extractWordBinary,
  'presentation-binary': async () => (await import('./extractors/presentation-binary.ts')).extractPresentationBinary,
  recording: async () => (await import('./extractors/recording.ts')).extractRecording,
  iwork: async () => (await import('./extractors/iwork.ts')).extractIwork,
  'fixed-layout': async () => (await import('./extractors/fixed-layout.ts')).extractFixedLayout,
  visio: async () => (await import('./extractors/visio.ts')).extractVisio,
  metafile: async () => (await import('./extractors/metafile.ts')).extractMetafile,
  'signed-data': async () => (await import('./extractors/signed-data.ts')).extractSignedData,
  'one-note': async () => (await import('./extractors/one-note.ts')).extractOneNote,
  'data-table': async () => (await import('./extractors/data-table.ts')).extractDataTable,
  wordperfect: async () => (await import('./extractors/wordperfect.ts')).extractWordPerfect,
  'transport-file': async () => (await import('./extractors/transport-file.ts')).extractTransportFile,
  image: async () => (await import('./extractors/image.ts')).extractImage,
  'prose-markup': async () => (await import('./extractors/prose-markup.ts')).extractProseMarkup,
  publication: async () => (await import('./extractors/publication.ts')).extractPublication,
  'cad-drawing': async () => (await import('./extractors/cad-drawing.ts')).extractCadDrawing,
  'help-file': async () => (await import('./extractors/help-file.ts')).extractHelpFile,
  access: async () => (await import('./extractors/access.ts')).extractAccess,
  font: async () => (await import('./extractors/font.ts')).extractFont,
  hangul: async () => (await import('./extractors/hangul.ts')).extractHangul,
  'layout-markup': async () => (await import('./extractors/layout-markup.ts')).extractLayoutMarkup,
  'owner-file': async () => (await import('./extractors/owner-file.ts')).extractOwnerFile,
  rtf: async () => (await import('./extractors/rtf.ts')).extractRtf,
};
/** Looked at of a file that is not held. */
const headBytes = 2 ** 20;

/**
 * Reads one file in this process: tells its kind by its bytes, runs the reader, checks the limits. Never rejects: whatever a parser
 * throws becomes a reason. `onKind` hears what the file is before the reader starts, so that a crash can be named. Of a file given as
 * a source, only containers are read. Members of containers go to the outlet as they come; without one they are among the children. Passwords are tried on what is
 * encrypted, in their order.
 */
export async function extract(file: Uint8Array | ByteSource, name: string, onKind?: (kind: DocumentKind) => void, limits: OutputLimits = outputLimits, outlet: MemberOutlet | null = null, passwords: readonly string[] = []): Promise<ExtractResult> {
  let label = 'file';
  try {
    const isHeld = file instanceof Uint8Array;
    const bytes = isHeld ? file : await file.read(0, headBytes);
    if (bytes.length === 0) return extracted(toExtracted({ type: 'other', mediaType: 'application/x-empty', extractor: 'none', reason: reasons.empty }));
    const kind = await detect(bytes, name);
    label = kind.label;
    onKind?.(kind);
    if (kind.encrypted && isHeld) return await extract(decryptedPackage(openCompoundFile(bytes, kind.label), passwords), name, onKind, limits, outlet, passwords);
    const behind = kind.reader === null && isHeld && (kind.mediaType === 'application/octet-stream' || kind.label.startsWith('EXE')) ? await archiveStart(bytes) : null;
    if (behind !== null) return await extract(bytes.subarray(behind), name, onKind, limits, outlet, passwords);
    if (kind.reader === null && isHeld && bytes.every((byte) => byte === 0)) return extracted(toExtracted({ type: 'other', mediaType: kind.mediaType, extractor: 'none', reason: reasons.zeros }));
    if (kind.reader === null) return extracted(toExtracted({ type: kind.type, mediaType: kind.mediaType, extractor: 'none', reason: reasons.unknownFormat(kind.label) }));
    if (isContainer(kind.reader)) return withinLimits(await readContainer(kind.reader, isHeld ? heldSource(file) : file, name, kind.mediaType, limits, outlet, passwords), limits);
    if (!isHeld) return extracted(toExtracted({ type: kind.type, mediaType: kind.mediaType, extractor: 'none', reason: reasons.tooLarge }));
    const mended = packageReaders.has(kind.reader) && bytes[0] === 0x50 && bytes[1] === 0x4b ? await mendedPackage(bytes) : null;
    const read = await files[kind.reader]();
    return withinLimits(mended === null ? await read(bytes, name, kind.mediaType, passwords) : await readCut(() => read(mended, name, kind.mediaType, passwords), label), limits);
  } catch (error) {
    if (error instanceof ExtractFailure) return { kind: 'failed', reason: error.reason };
    // Thrown by V8 for a buffer or a string that cannot be had.
    if (error instanceof RangeError && /allocation failed|Invalid string length/.test(error.message)) return { kind: 'failed', reason: reasons.textTooLong };
    return { kind: 'failed', reason: reasons.damaged(label) };
  }
}

/** Readers of documents that may be ZIP files. */
const packageReaders: ReadonlySet<string> = new Set<FileReaderName>(['word', 'spreadsheet', 'presentation', 'opendocument', 'book', 'visio', 'fixed-layout', 'iwork', 'layout-markup']);

/** Reads what is left of a document that has lost its end or is damaged within, and says so. */
async function readCut(read: () => Promise<Extracted>, label: string): Promise<Extracted> {
  let left: Extracted;
  try {
    left = await read();
  } catch (cause) {
    throw new ExtractFailure(reasons.cutOff(label), cause);
  }
  if (left.state === 'no-text' && left.children.length === 0) throw new ExtractFailure(reasons.cutOff(label));
  return { ...left, reason: reasons.cutShort };
}

function isContainer(reader: ContainerReaderName | FileReaderName): reader is ContainerReaderName {
  return Object.hasOwn(containers, reader);
}

async function readContainer(reader: ContainerReaderName, source: ByteSource, name: string, mediaType: string, limits: OutputLimits, outlet: MemberOutlet | null, passwords: readonly string[]): Promise<Extracted> {
  const kept: (ChildFile | LostChild)[] = [];
  const { room, take } = outlet ?? {
    room: { members: limits.children, bytes: limits.childrenBytes },
    take: async (member: ChildFile | LostChild) => {
      kept.push(member);
      return true;
    },
  };
  const read = await (await containers[reader]())(source, name, mediaType, memberSink(take, room, source.sizeBytes), passwords);
  return outlet === null ? { ...read, children: [...read.children, ...kept] } : read;
}

function extracted(value: Extracted): ExtractResult {
  return { kind: 'extracted', extracted: value };
}

function withinLimits(value: Extracted, limits: OutputLimits): ExtractResult {
  if (value.text.length > limits.textChars) return { kind: 'failed', reason: reasons.textTooLong };
  if (value.children.length > limits.children) return { kind: 'failed', reason: reasons.tooManyChildren };
  const bytes = value.children.reduce((sum, child) => sum + (child.bytes?.length ?? 0), 0);
  if (bytes > limits.childrenBytes) return { kind: 'failed', reason: reasons.childrenTooLarge };
  return extracted({ ...value, language: languageOf(value.text), dates: foundDates(value.text) });
}
