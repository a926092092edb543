import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** A table of separated values (RFC 4180) as it is written, so that every offset of the text is one of the file's own characters. */
export async function extractCsv(bytes: Uint8Array, _name: string, mediaType = 'text/csv'): Promise<Extracted> {
  return toExtracted({ type: 'table', mediaType, extractor: 'table 1', text: canonicalText(decodeText(bytes).text) });
}
