import { canonicalText } from '../canonical-text.ts';
import { openCompoundFile } from '../compound-file.ts';
import { foundChildren } from '../embedded-files.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { picturesIn } from '../office-art.ts';
import { propertiesOf } from '../property-set.ts';

const firstChunk = 0x20;
const chunkBytes = 24;
const mostChunks = 64;

/** A Publisher publication: the text of its stream of stories (`Quill`), whose chunks are listed at its start, each with a kind and a place; the kind is `TEXT`, in UTF-16. Pictures become children. */
export async function extractPublication(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = openCompoundFile(bytes, 'publication');
  const quill = file.stream('Quill/QuillSub/CONTENTS');
  if (quill === null) throw new ExtractFailure(reasons.damaged('publication'));
  const texts: string[] = [];
  for (let chunk = 0; chunk < mostChunks; chunk += 1) {
    const at = firstChunk + chunk * chunkBytes;
    if (at + chunkBytes > quill.length || quill.readUInt16LE(at) !== chunkBytes) continue;
    const from = quill.readUInt32LE(at + 16);
    if (quill.toString('latin1', at + 2, at + 6) === 'TEXT') texts.push(quill.toString('utf16le', from, from + quill.readUInt32LE(at + 20)));
  }
  const pictures = picturesIn(file.stream('Escher/EscherDelayStm') ?? Buffer.alloc(0));
  return toExtracted({ type: 'other', mediaType, extractor: 'publication 1', text: canonicalText(texts.join('\n')), ...propertiesOf(file), children: foundChildren([], pictures) });
}
