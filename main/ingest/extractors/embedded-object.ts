import { CFB as library, version } from '@e965/xlsx';
import { childNames } from '../child-names.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** SheetJS's reader of compound files, which its typings leave open. */
interface CompoundFiles {
  readonly read: (bytes: Uint8Array, options: { readonly type: 'array' }) => { readonly FullPaths: readonly string[]; readonly FileIndex: readonly { readonly content?: ArrayLike<number>; readonly size: number }[] };
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see CompoundFiles
const compound = library as CompoundFiles;

/** Streams that hold a file as it is: a package ([MS-OLEDS] 2.3.6 is the third) and what Acrobat keeps. */
const whole = new Set(['Package', 'CONTENTS']);

/** An object that was embedded in a document ([MS-OLEDS]): the file in it becomes a child. Of another compound file nothing is known to be read. */
export async function extractEmbeddedObject(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  let file: ReturnType<CompoundFiles['read']>;
  try {
    file = compound.read(bytes, { type: 'array' });
  } catch (cause) {
    throw new ExtractFailure(reasons.damaged('OLE compound file'), cause);
  }
  const found: { readonly name: string | null; readonly bytes: Uint8Array }[] = [];
  for (const [index, path] of file.FullPaths.entries()) {
    const stream = path.slice(path.lastIndexOf('/') + 1);
    const content = file.FileIndex[index]?.content;
    if (content === undefined || content.length === 0) continue;
    if (whole.has(stream)) found.push({ name: null, bytes: Uint8Array.from(content) });
    else if (stream.endsWith('Ole10Native')) found.push(...nativeData(Buffer.from(Uint8Array.from(content))));
  }
  const names = childNames(found.map(({ name }) => ({ name, mediaType: 'application/octet-stream' })));
  return toExtracted({
    type: 'other', mediaType, extractor: `embedded object 1 (SheetJS ${version})`, reason: found.length === 0 ? reasons.unknownFormat('OLE compound file') : reasons.onlyChildren,
    children: found.map(({ bytes: content }, index) => ({ name: names[index] ?? `attachment-${index + 1}`, bytes: content })),
  });
}

/** What Windows' packager writes: a length, a mark, three names that end with a zero, a length, the file. */
function nativeData(stream: Buffer): { readonly name: string; readonly bytes: Uint8Array }[] {
  let at = 6;
  const text = (): string => {
    const end = stream.indexOf(0, at);
    const name = decodeText(stream.subarray(at, Math.max(at, end))).text;
    at = end < 0 ? stream.length : end + 1;
    return name;
  };
  const name = text();
  text();
  at += 4;
  if (at + 4 > stream.length) return [];
  at += 4 + stream.readUInt32LE(at); // the path of a file that was only there for a moment
  if (at + 4 > stream.length) return [];
  const length = stream.readUInt32LE(at);
  return at + 4 + length > stream.length ? [] : [{ name, bytes: Uint8Array.from(stream.subarray(at + 4, at + 4 + length)) }];
}
