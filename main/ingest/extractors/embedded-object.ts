import { openCompoundFile } from '../compound-file.ts';
import { embeddedFile, foundChildren } from '../embedded-files.ts';
import { reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { propertiesOf } from '../property-set.ts';

/** An object that was embedded in a document ([MS-OLEDS]): the file in it becomes a child. Of another compound file only its properties are known to be read. */
export async function extractEmbeddedObject(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = openCompoundFile(bytes, 'OLE compound file');
  const found = embeddedFile(file, '');
  return toExtracted({
    type: 'other', mediaType, extractor: 'embedded object 2', reason: found === null ? reasons.unknownFormat('OLE compound file') : reasons.onlyChildren,
    ...propertiesOf(file), children: found === null ? [] : foundChildren([found]),
  });
}
