import { fileTypeFromBuffer } from 'file-type';
import { heldSource } from './byte-source.ts';
import { beginsAsSigned } from './cms-content.ts';
import { binaryKind } from './binary-kinds.ts';
import type { DocumentKind } from './document-kind.ts';
import { decodeText, holdsStrayZeros, looksLikeText } from './text-encoding.ts';
import { zipEntries } from './zip-directory.ts';
import { salvagedMembers } from './zip-salvage.ts';
import { isTarHeader } from './tar-blocks.ts';
import { isPortableMap, markedKind } from './marked-kinds.ts';
import { textKindOf } from './text-kinds.ts';

const headChars = 64 * 1024;
/** A beginning shorter than this tells nothing. */
const leastLead = 24;
/** A member may unfold to this where only its name is asked. */
const headBytes = 16 * 2 ** 20;
const pdf: DocumentKind = { reader: 'pdf', type: 'pdf', mediaType: 'application/pdf', label: 'PDF', encrypted: false };
/** What file-type finds that is text: the rules for text tell that better. */
const writtenForms = /^(?:text\/.*|application\/(?:xml|rtf|pdf|postscript|eps|x-ms-regedit)|image\/svg\+xml)$/;
const pdfStart = /^(?:\xef\xbb\xbf)?[\s\0]*%PDF-/;

/** Tells what a file is by its bytes, or by the first of them. The name only decides between kinds of text that the bytes cannot tell apart. */
export async function detect(bytes: Uint8Array, name: string): Promise<DocumentKind> {
  // A mark of UTF-16 alone would be taken for the beginning of a sound.
  if (bytes.length === 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) return { reader: 'plain-text', type: 'text', mediaType: 'text/plain', label: 'text', encrypted: false };
  if (pdfStart.test(latin1(bytes, 1024))) return pdf;
  if (beginsAsSigned(bytes)) return { reader: 'signed-data', type: 'other', mediaType: 'application/pkcs7-mime', label: 'signed data', encrypted: false };
  if (isTarHeader(bytes)) return { reader: 'tar', type: 'other', mediaType: 'application/x-tar', label: 'tar archive', encrypted: false };
  if (looksLikeText(bytes) && !(await isPoorInControls(bytes))) {
    const head = decodeText(bytes.subarray(0, headChars)).text;
    const kind = textKindOf(head, name);
    if (kind?.reader === 'plain-text' && holdsLatePdf(bytes) && /^\d+ \d+ obj\b/m.test(head)) return pdf;
    if (kind !== null) return { ...kind, encrypted: false };
  }
  const led = writtenLead(bytes, name);
  if (led !== null) return led;
  const found = (await fileTypeFromBuffer(bytes)) ?? null;
  // The directory is asked, not the bytes: an archive may hold the very bytes of a document.
  const members = found?.mime === 'application/zip' ? await memberNames(bytes) : [];
  if (found === null && /\.br$/i.test(name)) return { reader: 'compressed', type: 'other', mediaType: 'application/x-brotli', label: 'Brotli file', encrypted: false };
  const kind = binaryKind(found, bytes, members);
  // What stands before the header of a PDF may look like the beginning of a sound; an archive is what it says, whatever it holds.
  return ['application/octet-stream', 'audio/mpeg'].includes(kind.mediaType) && holdsLatePdf(bytes) ? pdf : kind;
}

/** Kinds of text that may carry bytes of any kind behind a beginning that tells them beyond doubt. */
const carriers: ReadonlySet<string | null> = new Set<DocumentKind['reader']>(['mail', 'mail-folder', 'apple-mail', 'saved-page', 'web-archive', 'rtf', 'html']);

/** A mail with binary parts, a web archive and the like are no text as a whole, but they begin as one. */
function writtenLead(bytes: Uint8Array, name: string): DocumentKind | null {
  const lead = /^[^\0-\x08\x0E-\x1A\x1C-\x1F]*/.exec(latin1(bytes, headChars))?.[0] ?? '';
  const kind = lead.length < leastLead ? null : textKindOf(lead, name);
  return kind !== null && carriers.has(kind.reader) ? { ...kind, encrypted: false } : null;
}

/** Names of a ZIP file's members; of one that has lost its directory, of those that can still be had. */
async function memberNames(bytes: Uint8Array): Promise<string[]> {
  const entries = await zipEntries(heldSource(bytes));
  if (entries !== null) return entries.map(({ path }) => path);
  const names: string[] = [];
  for await (const { path } of salvagedMembers(heldSource(bytes), () => headBytes)) names.push(path);
  return names;
}

/** ISO 32000-1 annex H 3.4.1: readers accept the header anywhere in the first 1,024 bytes. Other files hold it there too: ask last. */
function holdsLatePdf(bytes: Uint8Array): boolean {
  return /%PDF-\d\.\d\s/.test(latin1(bytes, 1024));
}

/** Pictures of few tones, silent sounds and the like pass for text by their bytes. Their marks count where a zero or a whole header shows that they are none. */
async function isPoorInControls(bytes: Uint8Array): Promise<boolean> {
  if (startsAsTiff(bytes) || isPortableMap(bytes)) return true;
  if (!holdsStrayZeros(bytes)) return false;
  const found = await fileTypeFromBuffer(bytes);
  const isWritten = found === undefined || writtenForms.test(found.mime);
  return !isWritten || markedKind(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) !== null;
}

/** TIFF 6.0, 2: a picture of few tones may pass for text. */
function startsAsTiff(bytes: Uint8Array): boolean {
  const start = latin1(bytes, 4);
  return start === 'II*\0' || start === 'MM\0*';
}

function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, length)).toString('latin1');
}
