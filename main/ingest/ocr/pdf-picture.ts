import { isRecord } from '../../base/is-record.ts';
import type { Raster } from './raster.ts';

/** A picture of a PDF page in grey. Of a mask, 0 is where paint goes and 255 is where the page stays. */
export interface Picture extends Raster {
  readonly isMask: boolean;
}

/** pdf.js's ImageKind. */
const [oneBit, rgb, rgba] = [1, 2, 3];
const mostPixels = 64 * 2 ** 20;

/** What pdf.js decoded, in grey; null for what is no picture, or one without its pixels. A mask has bits and no kind. */
export function pictureOf(given: unknown, isMask = false): Picture | null {
  if (!isRecord(given)) return null;
  const { width, height, kind, data } = given;
  if (typeof width !== 'number' || typeof height !== 'number' || width < 1 || height < 1 || width * height > mostPixels) return null;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return null;
  const count = width * height;
  if (kind === rgba && data.length >= 4 * count) return { width, height, isMask: false, pixels: greyOf(data, count, 4) };
  if (kind === rgb && data.length >= 3 * count) return { width, height, isMask: false, pixels: greyOf(data, count, 3) };
  if (data.length >= ((width + 7) >> 3) * height) return { width, height, isMask: isMask || kind !== oneBit, pixels: bitsOf(data, width, height) };
  return null;
}

function greyOf(data: Uint8Array | Uint8ClampedArray, count: number, channels: 3 | 4): Uint8Array {
  const pixels = new Uint8Array(count);
  for (let at = 0, from = 0; at < count; at += 1, from += channels) {
    const grey = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
    const alpha = channels === 4 ? (data[from + 3] ?? 255) : 255;
    pixels[at] = alpha === 255 ? grey : 255 - (alpha * (255 - grey)) / 255;
  }
  return pixels;
}

/** A set bit is white, or of a mask unpainted. */
function bitsOf(data: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  const rowBytes = (width + 7) >> 3;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 1) pixels[to] = ((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
  }
  return pixels;
}
