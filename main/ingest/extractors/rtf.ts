import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { rtfText } from '../rtf-text.ts';

/** A rich text document (RTF 1.9.1), read by ours: text, tables, notes, page headers and footers where they stand, properties. Pictures and embedded objects are left out. */
export async function extractRtf(bytes: Uint8Array): Promise<Extracted> {
  const { text, ...properties } = rtfText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  return toExtracted({ type: 'word', mediaType: 'application/rtf', extractor: 'rtf 1', text: canonicalText(text), ...properties });
}
