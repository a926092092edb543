import { heifShape } from './heif-boxes.ts';

/** What an image file says of its size before anything is decoded: a picture of ten lines may claim to be a wall. */
export interface ImageShape {
  /** Of the largest picture in the file. */
  readonly width: number;
  readonly height: number;
  /** Pictures in the file: pages of a TIFF, 1 elsewhere. */
  readonly pages: number;
}

/** Media types that are decoded, and so may be read. */
export const readImageTypes: ReadonlySet<string> = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/tiff', 'image/webp', 'image/gif', 'image/bmp', 'image/heic', 'image/avif']);

/** HEIF by its names; one that is a sequence, or of no named codec, is decoded where it holds a primary picture. */
export const heifTypes: ReadonlySet<string> = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence', 'image/avif']);

/** The most pixels a picture may have to be decoded, 64 Mi as in the window, and the longest side. */
const mostPicturePixels = 64 * 2 ** 20;
const longestSide = 32_000;
/** The most pages of a TIFF that are looked for. */
const mostPages = 2000;

/** True for a picture whose pixels would take more memory than one file may. */
export function isPixelBomb({ width, height }: Pick<ImageShape, 'width' | 'height'>): boolean {
  return width > longestSide || height > longestSide || width * height > mostPicturePixels;
}

/** The shape of an image by its headers; null when they are damaged or of a kind that is not decoded. */
export function imageShape(bytes: Uint8Array, mediaType: string): ImageShape | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const found = shapeOf(data, mediaType);
    return found !== null && found.width > 0 && found.height > 0 && found.pages > 0 ? found : null;
  } catch (error) {
    if (error instanceof RangeError) return null; // cut short within a header
    throw error;
  }
}

function shapeOf(data: Buffer, mediaType: string): ImageShape | null {
  if (heifTypes.has(mediaType)) {
    const found = heifShape(data);
    return found === null ? null : { width: found.width, height: found.height, pages: 1 };
  }
  switch (mediaType) {
    // PNG (third edition) 11.2.1: the first chunk is IHDR.
    case 'image/png':
    case 'image/apng':
      return { width: data.readUInt32BE(16), height: data.readUInt32BE(20), pages: 1 };
    case 'image/jpeg':
      return jpegShape(data);
    case 'image/tiff':
      return tiffShape(data);
    case 'image/webp':
      return webpShape(data);
    // GIF89a, 18: the logical screen.
    case 'image/gif':
      return { width: data.readUInt16LE(6), height: data.readUInt16LE(8), pages: 1 };
    // BITMAPCOREHEADER has 16-bit sizes; a negative height counts from the top.
    case 'image/bmp':
      return data.readUInt32LE(14) === 12 ? { width: data.readUInt16LE(18), height: data.readUInt16LE(20), pages: 1 } : { width: Math.abs(data.readInt32LE(18)), height: Math.abs(data.readInt32LE(22)), pages: 1 };
    default:
      return null;
  }
}

/** ITU-T T.81, B.2.2: a frame header begins with a marker from C0 to CF that is not C4, C8 or CC. */
function jpegShape(data: Buffer): ImageShape | null {
  for (let at = 2; at + 9 <= data.length; ) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5), pages: 1 };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + data.readUInt16BE(at + 2);
  }
  return null;
}

/** RFC 9649: the canvas of an extended file, or the one picture of a simple one. */
function webpShape(data: Buffer): ImageShape | null {
  const chunk = data.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: 1 + data.readUIntLE(24, 3), height: 1 + data.readUIntLE(27, 3), pages: 1 };
  if (chunk === 'VP8 ') return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff, pages: 1 };
  if (chunk !== 'VP8L') return null;
  const bits = data.readUInt32LE(21);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), pages: 1 };
}

function tiffShape(data: Buffer): ImageShape | null {
  const directories = tiffDirectories(data);
  const sizes = directories.map((at) => tiffSize(data, at));
  if (sizes.length === 0) return null;
  return { width: Math.max(...sizes.map(([width]) => width)), height: Math.max(...sizes.map(([, height]) => height)), pages: sizes.length };
}

/** Where the directories of a TIFF lie (TIFF 6.0, 2), in their order; a chain that comes back to itself ends there. BigTIFF is not read. */
export function tiffDirectories(bytes: Uint8Array): number[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isLittle = data.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? data.readUInt16LE(at) : data.readUInt16BE(at));
  const long = (at: number): number => (isLittle ? data.readUInt32LE(at) : data.readUInt32BE(at));
  const found: number[] = [];
  if (data.length < 8 || short(2) !== 42) return found;
  for (let at = long(4); at >= 8 && at + 2 <= data.length && !found.includes(at) && found.length < mostPages; ) {
    const entries = short(at);
    if (entries === 0 || at + 2 + 12 * entries > data.length) break;
    found.push(at);
    const next = at + 2 + 12 * entries;
    at = next + 4 <= data.length ? long(next) : 0;
  }
  return found;
}

function tiffSize(data: Buffer, directory: number): readonly [number, number] {
  const isLittle = data.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? data.readUInt16LE(at) : data.readUInt16BE(at));
  let [width, height] = [0, 0];
  for (let index = 0; index < short(directory); index += 1) {
    const at = directory + 2 + 12 * index;
    const tag = short(at);
    if (tag !== 256 && tag !== 257) continue;
    const value = short(at + 2) === 3 ? short(at + 8) : isLittle ? data.readUInt32LE(at + 8) : data.readUInt32BE(at + 8);
    if (tag === 256) width = value;
    else height = value;
  }
  return [width, height];
}
