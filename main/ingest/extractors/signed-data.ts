import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { foundChildren } from '../embedded-files.ts';
import { contentOfSigned, derOf } from '../cms-content.ts';

/**
 * Signed, compressed or time-stamped data (CMS, RFC 5652, RFC 3274, RFC 5544), in bytes or as PEM: what was signed becomes a child and can be read without any key. A signature is not
 * checked. Enveloped data is encrypted to somebody's key and stays closed.
 */
export async function extractSignedData(bytes: Uint8Array, name: string, mediaType: string): Promise<Extracted> {
  const found = contentOfSigned(derOf(bytes));
  const about = { type: 'other' as const, mediaType, extractor: 'signed data 1' };
  if (found.kind === 'damaged') throw new ExtractFailure(reasons.damaged('signed message'));
  if (found.kind === 'encrypted') return toExtracted({ ...about, reason: reasons.encryptedToKey });
  if (found.kind === 'detached') return toExtracted({ ...about, reason: reasons.onlySignature });
  return toExtracted({ ...about, reason: reasons.onlyChildren, children: foundChildren([{ name: name.replace(/\.(?:p7m|p7s|p7c|p7z|tsd|p7b)$/i, '') || null, bytes: Uint8Array.from(found.bytes) }]) });
}
