import { inflateSync } from 'node:zlib';

/** A picture that an Office file of the binary kind holds. */
export interface EmbeddedPicture {
  /** Without a dot. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** [MS-ODRAW] 2.2.23: kinds of pictures by record type, and the instances with one identifier; those with two are one higher. */
const kinds: Readonly<Record<number, { readonly extension: string; readonly instances: readonly number[]; readonly isMetafile: boolean }>> = {
  0xf01a: { extension: 'emf', instances: [0x3d4], isMetafile: true },
  0xf01b: { extension: 'wmf', instances: [0x216], isMetafile: true },
  0xf01c: { extension: 'pict', instances: [0x542], isMetafile: true },
  0xf01d: { extension: 'jpg', instances: [0x46a, 0x6e2], isMetafile: false },
  0xf01e: { extension: 'png', instances: [0x6e0], isMetafile: false },
  0xf01f: { extension: 'dib', instances: [0x7a8], isMetafile: false },
  0xf029: { extension: 'tif', instances: [0x6e4], isMetafile: false },
  0xf02a: { extension: 'jpg', instances: [0x46a, 0x6e2], isMetafile: false },
};
/** Pictures of one document. */
const mostPictures = 2000;
const mostUnfolded = 64 * 2 ** 20;

/**
 * The pictures among a stream's bytes, in their order, each once: records are found by their heads, so that a picture is had whatever the
 * structures around it are.
 */
export function picturesIn(stream: Buffer): EmbeddedPicture[] {
  const pictures: EmbeddedPicture[] = [];
  const seen = new Set<string>();
  for (let mark = stream.indexOf(0xf0, 3); mark >= 3 && pictures.length < mostPictures; mark = stream.indexOf(0xf0, mark + 1)) {
    const at = mark - 3;
    const kind = kinds[stream.readUInt16LE(at + 2)];
    if (kind === undefined || at + 8 > stream.length) continue;
    const version = stream.readUInt16LE(at);
    const instance = version >> 4;
    const length = stream.readUInt32LE(at + 4);
    const isDoubled = kind.instances.includes(instance - 1);
    if ((version & 15) !== 0 || !(isDoubled || kind.instances.includes(instance)) || length < 18 || at + 8 + length > stream.length) continue;
    const identifier = stream.toString('latin1', at + 8, at + 24);
    const body = stream.subarray(at + 8 + (isDoubled ? 32 : 16), at + 8 + length);
    const bytes = kind.isMetafile ? metafile(body, kind.extension) : Uint8Array.from(body.subarray(1));
    if (bytes !== null && bytes.length > 0 && !seen.has(identifier)) pictures.push({ extension: kind.extension, bytes });
    seen.add(identifier);
    mark = at + 7 + length;
  }
  return pictures;
}

/** [MS-ODRAW] 2.2.31: 34 bytes of head, then the metafile, packed or as it is. A PICT file begins with 512 bytes that the record lacks. */
function metafile(body: Buffer, extension: string): Uint8Array | null {
  if (body.length < 34) return null;
  const saved = body.subarray(34, 34 + body.readUInt32LE(28));
  try {
    const bytes = body[32] === 0 ? inflateSync(saved, { maxOutputLength: mostUnfolded }) : saved;
    return extension === 'pict' ? Uint8Array.from(Buffer.concat([Buffer.alloc(512), bytes])) : Uint8Array.from(bytes);
  } catch {
    return null; // a damaged picture costs itself
  }
}
