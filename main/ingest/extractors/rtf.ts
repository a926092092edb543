import { canonicalText } from '../canonical-text.ts';
import { foundChildren } from '../embedded-files.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { rtfObjects } from '../rtf-objects.ts';
import { rtfText } from '../rtf-text.ts';

/** A rich text document (RTF 1.9.1), read by ours: text, tables, notes, page headers and footers where they stand, properties. Embedded objects and pictures become children. */
export async function extractRtf(bytes: Uint8Array): Promise<Extracted> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const { text, ...properties } = rtfText(source);
  const { files, pictures } = rtfObjects(source);
  return toExtracted({ type: 'word', mediaType: 'application/rtf', extractor: 'rtf 2', text: canonicalText(text), ...properties, children: foundChildren(files, pictures) });
}
