/** A picture with its colours, for people to look at; what OCR reads is grey (raster.ts). */
import { deflateSync, crc32 } from 'node:zlib';
import { upright } from './raster.ts';

/** Red, green and blue of each pixel, row by row. */
export interface Colours {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Red, green, blue and opacity of each pixel, laid over white. */
export function overWhite(width: number, height: number, rgba: ArrayLike<number>): Colours {
  const pixels = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; to < pixels.length; from += 4) {
    const alpha = rgba[from + 3] ?? 255;
    for (let sample = 0; sample < 3; sample += 1, to += 1) pixels[to] = 255 - (alpha * (255 - (rgba[from + sample] ?? 0))) / 255;
  }
  return { width, height, pixels };
}

/** One of the three colours as a raster. */
function plane({ width, height, pixels }: Colours, sample: number): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let at = 0, from = sample; at < out.length; at += 1, from += 3) out[at] = pixels[from] ?? 0;
  return out;
}

/** EXIF orientation put right, as of a raster. */
export function uprightColours(colours: Colours, orientation: number): Colours {
  if (orientation < 2 || orientation > 8) return colours;
  const turned = [0, 1, 2].map((sample) => upright({ width: colours.width, height: colours.height, pixels: plane(colours, sample) }, orientation));
  const pixels = new Uint8Array(colours.pixels.length);
  for (const [sample, { pixels: tones }] of turned.entries()) {
    for (let at = 0, to = sample; at < tones.length; at += 1, to += 3) pixels[to] = tones[at] ?? 0;
  }
  return { width: turned[0]?.width ?? 0, height: turned[0]?.height ?? 0, pixels };
}

/** As many times smaller as it takes for the longer side to have at most `longestPx`; each pixel is the mean of those it takes the place of. */
export function shrunkTo(colours: Colours, longestPx: number): Colours {
  const step = Math.ceil(Math.max(colours.width, colours.height) / longestPx);
  if (step <= 1) return colours;
  const [width, height] = [Math.ceil(colours.width / step), Math.ceil(colours.height / step)];
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y += 1) {
    const [top, bottom] = [y * step, Math.min(colours.height, (y + 1) * step)];
    for (let x = 0; x < width; x += 1, to += 3) {
      const [left, right] = [x * step, Math.min(colours.width, (x + 1) * step)];
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (let from = 3 * (row * colours.width + left), end = from + 3 * (right - left); from < end; from += 3) {
          red += colours.pixels[from] ?? 0;
          green += colours.pixels[from + 1] ?? 0;
          blue += colours.pixels[from + 2] ?? 0;
        }
      }
      const count = (bottom - top) * (right - left);
      pixels[to] = red / count;
      pixels[to + 1] = green / count;
      pixels[to + 2] = blue / count;
    }
  }
  return { width, height, pixels };
}

/** The picture as a PNG (third edition): eight bits a sample, one sample a pixel where every pixel is grey. */
export function pngOfColours({ width, height, pixels }: Colours): Uint8Array {
  const isGrey = pixels.every((tone, at) => tone === pixels[at - (at % 3)]);
  const samples = isGrey ? 1 : 3;
  const rows = Buffer.alloc((samples * width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const to = y * (samples * width + 1) + 1;
    if (!isGrey) rows.set(pixels.subarray(3 * y * width, 3 * (y + 1) * width), to);
    else for (let x = 0; x < width; x += 1) rows[to + x] = pixels[3 * (y * width + x)] ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, isGrey ? 0 : 2], 8);
  return Uint8Array.from(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 3 })), chunk('IEND', Buffer.alloc(0))]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
