/** Bitmaps whose rows are packed in runs, BI_RLE8 and BI_RLE4 of BITMAPINFOHEADER ([MS-WMF] 3.1.6): what Leptonica does not read. */
import type { Raster } from './raster.ts';
import type { ImageShape } from './image-shape.ts';

const packings: Readonly<Record<number, 4 | 8>> = { 1: 8, 2: 4 };

function headerOf(bytes: Uint8Array): { readonly data: Buffer; readonly bits: 4 | 8 | undefined } {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { data, bits: data.length >= 54 && data.readUInt32LE(14) >= 40 ? packings[data.readUInt32LE(30)] : undefined };
}

/** True for a bitmap in runs. */
export function readsRuns(bytes: Uint8Array): boolean {
  return headerOf(bytes).bits !== undefined;
}

/** The pixels in grey; what the runs pass over is white. Null when it is no bitmap in runs, or ends before its first pixel. */
export function runLengthBitmap(bytes: Uint8Array, { width, height }: ImageShape): Raster | null {
  const { data, bits } = headerOf(bytes);
  if (bits === undefined) return null;
  const palette = 14 + data.readUInt32LE(14);
  const tone = (index: number): number => {
    const at = palette + 4 * index;
    return ((data[at + 2] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at] ?? 0) * 29) >> 8;
  };
  const tones = Uint8Array.from({ length: 2 ** bits }, (_, index) => tone(index));
  const pixels = new Uint8Array(width * height).fill(255);
  let [x, y, at] = [0, 0, data.readUInt32LE(10)];
  if (at + 2 > data.length) return null;
  const put = (index: number): void => {
    if (x < width) pixels[(height - 1 - y) * width + x] = tones[index] ?? 255; // rows go from the bottom up
    x += 1;
  };
  /** The n-th pixel of packed ones from a byte on. */
  const packed = (from: number, n: number): number => (bits === 8 ? (data[from + n] ?? 0) : ((data[from + (n >> 1)] ?? 0) >> (n % 2 === 0 ? 4 : 0)) & 15);
  while (y < height && at + 2 <= data.length) {
    const [count, what] = [data[at] ?? 0, data[at + 1] ?? 0];
    at += 2;
    if (count > 0) for (let n = 0; n < count; n += 1) put(packed(at - 1, bits === 8 ? 0 : n % 2));
    else if (what === 0) [x, y] = [0, y + 1];
    else if (what === 1) break;
    else if (what === 2) [x, y, at] = [x + (data[at] ?? 0), y + (data[at + 1] ?? 0), at + 2];
    else {
      for (let n = 0; n < what; n += 1) put(packed(at, n));
      at += 2 * Math.ceil((what * bits) / 16); // filled up to whole pairs of bytes
    }
  }
  return { width, height, pixels };
}
