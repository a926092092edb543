import { inflateSync } from 'node:zlib';
import { openCompoundFile } from '../compound-file.ts';
import type { CompoundFile } from '../compound-file.ts';
import { foundChildren, embeddedFile, type FoundFile } from '../embedded-files.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { picturesIn } from '../office-art.ts';
import type { OfficeRecord } from '../office-records.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { readPresentation } from '../powerpoint-stream.ts';
import { propertiesOf } from '../property-set.ts';

/** [MS-PPT] 2.3.2: the mark of a file whose stream is encrypted. */
const encryptedMark = 0xf3d1c4df;
const mostUnfolded = 256 * 2 ** 20;

/**
 * A PowerPoint 97-2003 presentation ([MS-PPT]), read by ours: each slide is a page with the text of its shapes, its notes and comments; footers come
 * after the last slide, each distinct text once. Embedded documents and pictures become children.
 */
export async function extractPresentationBinary(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = openCompoundFile(bytes, 'presentation');
  const stream = file.stream('PowerPoint Document');
  if (stream === null) throw new ExtractFailure(reasons.damaged('presentation'));
  const user = file.stream('Current User');
  const hasUser = user !== null && user.length >= 20;
  const { slides, footers, objects, isEncrypted } = readPresentation(stream, hasUser ? user.readUInt32LE(16) : null);
  if (isEncrypted || (hasUser && user.readUInt32LE(12) === encryptedMark)) throw new ExtractFailure(reasons.encryptedOtherwise);
  const builder = pagedTextBuilder();
  for (const { text, notes, comments } of slides) {
    builder.beginPage();
    builder.between([text, notes, ...comments].filter((part) => part !== '').join('\n\n'));
  }
  if (slides.length === 0) builder.beginPage();
  for (const text of footers) builder.between(`\n\n${text}`);
  const { text, pages } = builder.finish();
  const pictures = picturesIn(file.stream('Pictures') ?? Buffer.alloc(0));
  return toExtracted({ type: 'other', mediaType, extractor: 'presentation 97 1', text, pages: slides.length === 0 ? null : pages, ...propertiesOf(file), children: foundChildren(objects.flatMap(objectFile), pictures) });
}

/** [MS-PPT] 2.10.34: a compound file, packed after a length when the instance says so. */
function objectFile({ instance, body }: OfficeRecord): FoundFile[] {
  try {
    const bytes = instance === 1 ? inflateSync(body.subarray(4), { maxOutputLength: mostUnfolded }) : body;
    const inner = openCompoundFile(bytes, 'embedded object');
    return [standalone(inner, bytes) ?? embeddedFile(inner, '') ?? { name: null, bytes: Uint8Array.from(bytes) }];
  } catch {
    return []; // a damaged object costs itself
  }
}

/** An embedded document of the binary kind is a file as it is. */
function standalone(inner: CompoundFile, bytes: Uint8Array): FoundFile | null {
  const endings = [['WordDocument', 'doc'], ['Workbook', 'xls'], ['Book', 'xls'], ['PowerPoint Document', 'ppt']] as const;
  const found = endings.find(([stream]) => inner.has(stream));
  return found === undefined ? null : { name: `object.${found[1]}`, bytes: Uint8Array.from(bytes) };
}
