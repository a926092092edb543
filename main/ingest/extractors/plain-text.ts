import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** Plain text of any encoding (chardet guesses where bytes do not tell). No title: a file's first line is not one. */
export async function extractPlainText(bytes: Uint8Array, _name: string, mediaType = 'text/plain'): Promise<Extracted> {
  return toExtracted({ type: 'text', mediaType, extractor: 'plain-text 1', text: canonicalText(decodeText(bytes).text) });
}
