import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { fontNames } from '../font-names.ts';

/** A font (TrueType, OpenType, collections of them): its names, who made it, its licence, as a viewer of fonts shows them. */
export async function extractFont(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const names = fontNames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  return toExtracted({ type: 'other', mediaType, extractor: 'font 1', text: canonicalText(names.join('\n')), title: names[0] ?? null });
}
