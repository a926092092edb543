/** One page of an image file as grey pixels, upright. */
// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported, and the tests compile without the folder's .d.ts files
/// <reference path="./omggif.d.ts" />
import { GifReader } from 'omggif';
import tiff from 'utif2';
import { overWhite, uprightColours, type Colours } from './colours.ts';
import { heifColours } from './heif-picture.ts';
import { heifTypes, imageShape, isPixelBomb, tiffDirectories, type ImageShape } from './image-shape.ts';
import { PictureFailure } from './picture-failure.ts';
import { upright, type Raster } from './raster.ts';
import { readsRuns, runLengthBitmap } from './run-length-bitmap.ts';
import type { TesseractCore } from './tesseract-core.ts';

/**
 * Decodes a page, counted from 1; `orientation` is EXIF's. PNG, JPEG, WebP, BMP and most TIFF are decoded by Leptonica inside the
 * WebAssembly of Tesseract; GIF, bitmaps in runs and the TIFFs that it does not take (JPEG inside) in JavaScript; HEIC and AVIF by libraries
 * of their own (heif-picture.ts), which turn them as the file says, whatever EXIF does. Throws PictureFailure, and never decodes what would
 * not fit in memory.
 */
export async function decodePage(core: TesseractCore, bytes: Uint8Array, mediaType: string, page: number, orientation: number): Promise<Raster> {
  const shape = shapeToDecode(bytes, mediaType);
  if (heifTypes.has(mediaType)) {
    const { width, height, pixels } = await heifColours(bytes);
    return { width, height, pixels: greyOf(pixels, width * height) };
  }
  const raster = decoded(core, bytes, mediaType, page, shape);
  if (raster === null) throw new PictureFailure('damaged');
  return upright(raster, orientation);
}

/** Decodes a page with its colours, as decodePage does, of those kinds that the window cannot draw: TIFF, HEIC. Throws PictureFailure. */
export async function decodeColours(core: TesseractCore, bytes: Uint8Array, mediaType: string, page: number, orientation: number): Promise<Colours> {
  shapeToDecode(bytes, mediaType);
  if (heifTypes.has(mediaType)) return heifColours(bytes);
  if (mediaType !== 'image/tiff') throw new PictureFailure('not-decoded');
  const turned = turnedTo(bytes, page);
  return uprightColours(core.decodeColours(turned) ?? directoryColours(turned), orientation);
}

function shapeToDecode(bytes: Uint8Array, mediaType: string): ImageShape {
  const shape = imageShape(bytes, mediaType);
  if (shape === null) throw new PictureFailure('damaged');
  if (isPixelBomb(shape)) throw new PictureFailure('too-large');
  return shape;
}

function decoded(core: TesseractCore, bytes: Uint8Array, mediaType: string, page: number, shape: ImageShape): Raster | null {
  if (mediaType === 'image/gif') return gifFrame(bytes);
  if (mediaType === 'image/tiff') return tiffPage(core, bytes, page);
  if (mediaType === 'image/bmp' && readsRuns(bytes)) return runLengthBitmap(bytes, shape);
  const read = core.decode(bytes);
  // A bitmap whose kind of packing (bit fields, a JPEG inside) is not read is not damaged for that.
  if (read === null && mediaType === 'image/bmp' && isPacked(bytes)) throw new PictureFailure('not-decoded');
  return read ?? (mediaType === 'image/jpeg' ? looseJpeg(bytes, shape) : null);
}

/** BITMAPINFOHEADER says from its 17th byte on how pixels are packed; 0 is as they are. */
function isPacked(bytes: Uint8Array): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return data.length >= 34 && data.readUInt32LE(14) >= 40 && data.readUInt32LE(30) !== 0;
}

/** A JPEG that is cut short or broken in places, which Leptonica refuses: what can be had of it, by way of the directory that a TIFF would give it. */
function looseJpeg(bytes: Uint8Array, { width, height }: ImageShape): Raster {
  const entries: readonly (readonly [number, number])[] = [[256, width], [257, height], [258, 8], [259, 7], [262, 6], [273, 8 + 2 + 12 * 9 + 4], [277, 3], [278, height], [279, bytes.length]];
  const head = Buffer.alloc(8 + 2 + 12 * entries.length + 4);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, value]] of entries.entries()) {
    head.writeUInt16LE(tag, 10 + 12 * index);
    head.writeUInt16LE(4, 12 + 12 * index);
    head.writeUInt32LE(1, 14 + 12 * index);
    head.writeUInt32LE(value, 18 + 12 * index);
  }
  return firstDirectory(Buffer.concat([head, bytes]));
}

/** The first frame, which is what a still shows. */
function gifFrame(bytes: Uint8Array): Raster {
  try {
    const reader = new GifReader(bytes);
    const { width, height } = reader;
    const colours = new Uint8Array(4 * width * height);
    reader.decodeAndBlitFrameRGBA(0, colours);
    return { width, height, pixels: greyOf(overWhite(width, height, colours).pixels, width * height) };
  } catch (cause) {
    throw new PictureFailure('damaged', cause);
  }
}

function tiffPage(core: TesseractCore, bytes: Uint8Array, page: number): Raster {
  const turned = turnedTo(bytes, page);
  return core.decode(turned) ?? firstDirectory(turned);
}

/** Leptonica reads the first page alone: the header is turned to the page that is wanted. */
function turnedTo(bytes: Uint8Array, page: number): Buffer {
  const directory = tiffDirectories(bytes)[page - 1];
  if (directory === undefined) throw new PictureFailure('damaged');
  const turned = Buffer.from(bytes);
  if (turned.toString('latin1', 0, 2) === 'II') turned.writeUInt32LE(directory, 4);
  else turned.writeUInt32BE(directory, 4);
  return turned;
}

function firstDirectory(bytes: Buffer): Raster {
  const { width, height, pixels } = directoryColours(bytes);
  return { width, height, pixels: greyOf(pixels, width * height) };
}

function directoryColours(bytes: Buffer): Colours {
  try {
    const [first] = tiff.decode(bytes);
    if (first === undefined) throw new Error('no directory');
    const isNegative = asColours(first);
    tiff.decodeImage(bytes, first);
    const found = overWhite(first.width, first.height, tiff.toRGBA8(first));
    return isNegative ? { ...found, pixels: found.pixels.map((tone) => 255 - tone) } : found;
  } catch (cause) {
    throw new PictureFailure('damaged', cause);
  }
}

/**
 * The decoder gives a JPEG inside (TIFF Technical Note 2) as three samples a pixel, whatever the directory says: for a grey one the
 * directory is made to say so. True when its white is 0.
 */
function asColours(directory: tiff.IFD): boolean {
  const says = (tag: number): unknown => {
    const value: unknown = directory[`t${tag}`];
    return Array.isArray(value) || ArrayBuffer.isView(value) ? (value as ArrayLike<unknown>)[0] : value; // oxlint-disable-line typescript/no-unsafe-type-assertion -- array-like either way
  };
  if (says(259) !== 7 || (says(277) ?? 1) !== 1) return false;
  const isNegative = says(262) === 0;
  Object.assign(directory, { t258: [8, 8, 8], t262: [2], t277: [3] });
  return isNegative;
}

/** The brightness of each pixel */
function greyOf(colours: Uint8Array, count: number): Uint8Array {
  const pixels = new Uint8Array(count);
  for (let at = 0, from = 0; at < count; at += 1, from += 3) pixels[at] = (77 * (colours[from] ?? 0) + 150 * (colours[from + 1] ?? 0) + 29 * (colours[from + 2] ?? 0)) >> 8;
  return pixels;
}
