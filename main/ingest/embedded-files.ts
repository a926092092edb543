import { childNames } from './child-names.ts';
import type { CompoundFile } from './compound-file.ts';
import type { ChildFile } from './extracted.ts';
import type { EmbeddedPicture } from './office-art.ts';
import { endingOf } from './file-endings.ts';
import { decodeText } from './text-encoding.ts';

/** A file that was found in a document; null where nothing tells its name. */
export interface FoundFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/** Streams that hold a file as it is: a package ([MS-OLEDS] 2.3.6 is the third) and what Acrobat keeps. */
const whole: readonly string[] = ['Package', 'CONTENTS', 'Quill'];
/** Main streams of documents, and what their files are called. */
const documents: readonly (readonly [string, string])[] = [
  ['WordDocument', 'doc'], ['Workbook', 'xls'], ['Book', 'xls'], ['PowerPoint Document', 'ppt'], ['VisioDocument', 'vsd'], ['__properties_version1.0', 'msg'], ['Contents', 'bin'],
];

/** The file in a storage of an embedded object ([MS-OLEDS]); empty path for the whole compound file. Null when nothing in it is known to be one. */
export function embeddedFile(file: CompoundFile, storage: string): FoundFile | null {
  const at = (name: string): string => (storage === '' ? name : `${storage}/${name}`);
  const native = nativeData(file.stream(at('\x01Ole10Native')) ?? Buffer.alloc(0));
  if (native !== null) return native;
  if (file.has(at('WordDocument')) || file.has(at('Workbook')) || file.has(at('PowerPoint Document'))) return storedDocument(file, storage);
  for (const name of whole) {
    const bytes = file.stream(at(name));
    if (bytes !== null && bytes.length > 0 && isFile(bytes)) return { name: storage === '' ? null : `${baseName(storage)}.${endingOf(bytes)}`, bytes: Uint8Array.from(bytes) };
  }
  return storedDocument(file, storage);
}

function storedDocument(file: CompoundFile, storage: string): FoundFile | null {
  const found = storage === '' ? undefined : documents.find(([stream]) => file.has(`${storage}/${stream}`));
  if (found === undefined) return null;
  return { name: `${baseName(storage)}.${found[1]}`, bytes: file.storageFile(storage) };
}

const baseName = (storage: string): string => storage.slice(storage.lastIndexOf('/') + 1).trim();

/** `CONTENTS` is also the name of streams that only the program which wrote them can read. */
function isFile(bytes: Buffer): boolean {
  return /^(?:%PDF|PK\x03\x04|\xd0\xcf\x11\xe0|\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF|\{\\rtf|<\?xml|II\*\x00|MM\x00\*)/.test(bytes.toString('latin1', 0, 8));
}

/** What Windows' packager writes: a length, a mark, three names that end with a zero, a length, the file. Null where there is none. */
export function nativeData(stream: Buffer): FoundFile | null {
  if (stream.length < 8) return null;
  if (stream.readUInt16LE(4) !== 2) {
    // Without names: the data alone, as older programs wrote it.
    const bytes = stream.subarray(4, 4 + stream.readUInt32LE(0));
    return isFile(bytes) ? { name: null, bytes: Uint8Array.from(bytes) } : null;
  }
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
  if (at + 4 > stream.length) return null;
  at += 4 + stream.readUInt32LE(at); // the path of a file that was only there for a moment
  if (at + 4 > stream.length) return null;
  const length = stream.readUInt32LE(at);
  return at + 4 + length > stream.length ? null : { name, bytes: Uint8Array.from(stream.subarray(at + 4, at + 4 + length)) };
}

/** Found files as children with names of their own, pictures after them as `image1.png`. */
export function foundChildren(files: readonly FoundFile[], pictures: readonly EmbeddedPicture[] = []): ChildFile[] {
  const all = [...files, ...pictures.map(({ extension, bytes }, index) => ({ name: `image${index + 1}.${extension}`, bytes }))];
  const names = childNames(all.map(({ name, bytes }, index) => ({ name: name === null || name.trim() === '' ? `attachment-${index + 1}.${endingOf(bytes)}` : name, mediaType: 'application/octet-stream' })));
  return all.map(({ bytes }, index) => ({ name: names[index] ?? `attachment-${index + 1}`, bytes }));
}
