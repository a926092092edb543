import { fileTypeFromBuffer } from 'file-type';
import { heldSource } from './byte-source.ts';
import { beginsAsSigned } from './cms-content.ts';
import { binaryKind } from './binary-kinds.ts';
import type { DocumentKind } from './document-kind.ts';
import { decodeText, looksLikeText } from './text-encoding.ts';
import { zipEntries } from './zip-directory.ts';
import { isTarHeader } from './tar-blocks.ts';
import { textKindOf } from './text-kinds.ts';

const headChars = 64 * 1024;

/** Tells what a file is by its bytes, or by the first of them. The name only decides between kinds of text that the bytes cannot tell apart. */
export async function detect(bytes: Uint8Array, name: string): Promise<DocumentKind> {
  // A mark of UTF-16 alone would be taken for the beginning of a sound.
  if (bytes.length === 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) return { reader: 'plain-text', type: 'text', mediaType: 'text/plain', label: 'text', encrypted: false };
  if (startsAsPdf(bytes)) return { reader: 'pdf', type: 'pdf', mediaType: 'application/pdf', label: 'PDF', encrypted: false };
  if (beginsAsSigned(bytes)) return { reader: 'signed-data', type: 'other', mediaType: 'application/pkcs7-mime', label: 'signed data', encrypted: false };
  if (isTarHeader(bytes)) return { reader: 'tar', type: 'other', mediaType: 'application/x-tar', label: 'tar archive', encrypted: false };
  if (!startsAsTiff(bytes) && looksLikeText(bytes)) {
    const head = decodeText(bytes.subarray(0, headChars)).text;
    const kind = textKindOf(head, name);
    if (kind !== null) return { ...kind, encrypted: false };
  }
  const found = (await fileTypeFromBuffer(bytes)) ?? null;
  // The directory is asked, not the bytes: an archive may hold the very bytes of a document.
  const members = found?.mime === 'application/zip' ? await zipEntries(heldSource(bytes)) : null;
  if (found === null && /\.br$/i.test(name)) return { reader: 'compressed', type: 'other', mediaType: 'application/x-brotli', label: 'Brotli file', encrypted: false };
  return binaryKind(found, bytes, members?.map(({ path }) => path) ?? []);
}

/** ISO 32000-1 annex H 3.4.1: readers accept the header anywhere in the first 1,024 bytes. */
function startsAsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).indexOf('%PDF-', 0, 'latin1') >= 0;
}

/** TIFF 6.0, 2: a picture of few tones may pass for text. */
function startsAsTiff(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4)).toString('latin1');
  return start === 'II*\0' || start === 'MM\0*';
}
