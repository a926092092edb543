import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { extractMail } from './mail.ts';

/** A message as Apple Mail keeps it (EMLX): its length in a line, the message, and a property list about it, which is left out. */
export async function extractAppleMail(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const end = bytes.indexOf(0x0a);
  const length = Number.parseInt(Buffer.from(bytes.subarray(0, Math.max(0, end))).toString('latin1'), 10);
  if (end < 0 || !Number.isFinite(length) || length <= 0) throw new ExtractFailure(reasons.damaged('mail'));
  const cut = end + 1 + length > bytes.length;
  const read = await extractMail(bytes.subarray(end + 1, end + 1 + length));
  return { ...read, mediaType, reason: read.reason ?? (cut ? reasons.cutShort : null) };
}
