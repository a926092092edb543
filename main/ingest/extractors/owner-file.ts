import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** The file `~$NAME` that Office keeps beside an open document: who has it open, which is all that it says. */
export async function extractOwnerFile(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = [53, 54, 55].find((place) => file.readUInt16LE(place) === file[0]);
  const wide = at === undefined ? '' : file.toString('utf16le', at + 2, at + 2 + (file[0] ?? 0) * 2);
  const name = canonicalText(wide.trim() === '' ? decodeText(file.subarray(1, 1 + (file[0] ?? 0))).text : wide).trim();
  return toExtracted({ type: 'other', mediaType, extractor: 'owner file 1', text: name, author: name || null });
}
