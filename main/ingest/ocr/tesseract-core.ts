// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported, and the tests compile without the folder's .d.ts files
/// <reference path="./tesseract-core.d.ts" />
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import createCore from 'tesseract.js-core/tesseract-core-relaxedsimd-lstm.js';
import library from 'tesseract.js-core/package.json' with { type: 'json' };
import { bug } from '../../base/errors.ts';
import { packagedFile } from '../packaged-file.ts';
import type { Colours } from './colours.ts';
import type { Raster } from './raster.ts';

/** A word that was read: where it stands in pixels, end exclusive, how sure the reader is (0 to 100), and what line and paragraph it begins. */
export interface ReadWord {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly confidence: number;
  readonly startsLine: boolean;
  readonly startsParagraph: boolean;
  /** Tesseract's code of the language whose model read it. */
  readonly language: string;
}

/** Tesseract, loaded once in a process. It works on this thread and keeps its memory. */
export interface TesseractCore {
  readonly version: string;
  /** Takes language data; a code that is there already is passed over. */
  readonly addLanguage: (code: string, data: Uint8Array) => void;
  /** Decodes a PNG, JPEG, TIFF (its first page), WebP or BMP image; null when it cannot. */
  readonly decode: (bytes: Uint8Array) => Raster | null;
  /** The same with its colours. */
  readonly decodeColours: (bytes: Uint8Array) => Colours | null;
  /** Reads the words of a page in reading order; `dpi` is its resolution. */
  readonly read: (raster: Raster, dpi: number, languages: readonly string[]) => ReadWord[];
}

const word = 3; // RIL_WORD
const line = 2; // RIL_TEXTLINE
const paragraph = 1; // RIL_PARA
const lstmOnly = 1;
const inputFile = '/input';
/** Each holds its models, some 30 MB a language. */
const mostReaders = 8;

interface Memory {
  readonly buffer: ArrayBuffer;
}
interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}
/** What is used of the platform's WebAssembly: the typings of Node do not have it, those of pages are not for this process. */
interface Platform {
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly instantiate: (compiled: object, imports: object) => Promise<Instance>;
  readonly Memory: new () => Memory;
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Platform
const wasm = (globalThis as unknown as { readonly WebAssembly: Platform }).WebAssembly;

let loading: Promise<TesseractCore> | null = null;

/** Loads the WebAssembly build and the packaged English data. No network, no worker, nothing written. */
export function tesseractCore(): Promise<TesseractCore> {
  return (loading ??= load());
}

async function load(): Promise<TesseractCore> {
  let memory: Memory | null = null;
  const compiled = await wasm.compile(await readFile(packagedFile('tesseract-core.wasm', 'tesseract.js-core', 'tesseract-core-relaxedsimd-lstm.wasm')));
  const core = await createCore({
    // The memory is not among what the module gives out, and decoded pixels are in it.
    instantiateWasm: (imports, done) => {
      const instantiate = async (): Promise<void> => {
        const instance = await wasm.instantiate(compiled, imports);
        memory = Object.values(instance.exports).find((value) => value instanceof wasm.Memory) ?? null;
        done(instance, compiled);
      };
      void instantiate();
      return {};
    },
    TesseractProgress: () => undefined,
    print: () => undefined,
    printErr: () => undefined,
  });
  core.FS.writeFile('eng.traineddata', gunzipSync(await readFile(packagedFile('eng.traineddata.gz', '@tesseract.js-data/eng', '4.0.0_best_int', 'eng.traineddata.gz'))));
  const present = new Set(['eng']);
  // One reader for each set of languages that was asked for: loading a model anew for every page would take longer than the page.
  const readers = new Map<string, Reader>();
  const readerOf = (languages: readonly string[]): Reader => {
    const wanted = languages.filter((code) => present.has(code)).join('+') || 'eng';
    const known = readers.get(wanted);
    if (known !== undefined) return known;
    const [oldest] = readers;
    if (oldest !== undefined && readers.size >= mostReaders) {
      oldest[1].End();
      readers.delete(oldest[0]);
    }
    const reader = new core.TessBaseAPI();
    if (reader.Init(null, wanted, lstmOnly) !== 0) throw new Error('The language data could not be loaded.');
    readers.set(wanted, reader);
    return reader;
  };
  const bytesOf = (at: number, length: number): Uint8Array => new Uint8Array(memory?.buffer ?? bug('Tesseract has no memory'), at, length);
  const picture = <T>(bytes: Uint8Array, take: (shape: PictureShape, bytes: Uint8Array) => T): T | null => {
    const [, api] = [...readers].at(-1) ?? ['eng', readerOf(['eng'])];
    api.Clear();
    core.FS.writeFile(inputFile, bytes);
    if (api.SetImageFile(1, 0, false) !== 0) return null;
    const input = api.GetInputImage();
    const [width, height, depth, samples, wordsPerLine, at] = [input.get_w(), input.get_h(), input.get_d(), input.get_spp(), input.get_wpl(), input.get_data()];
    return take({ width, height, depth, hasAlpha: samples === 4, wordsPerLine }, bytesOf(at, 4 * wordsPerLine * height));
  };
  return {
    version: `${library.name} ${library.version}`,
    addLanguage: (code, data) => {
      if (present.has(code)) return;
      core.FS.writeFile(`${code}.traineddata`, data);
      present.add(code);
    },
    decode: (bytes) => picture(bytes, greyOf),
    decodeColours: (bytes) => picture(bytes, coloursOf),
    read: (raster, dpi, languages) => {
      const api = readerOf(languages);
      api.Clear();
      core.FS.writeFile(inputFile, Buffer.concat([Buffer.from(`P5\n${raster.width} ${raster.height}\n255\n`, 'latin1'), raster.pixels]));
      if (api.SetImageFile(1, 0, false) !== 0) throw new Error('The page was not taken.');
      api.SetSourceResolution(Math.max(70, Math.round(dpi)));
      if (api.Recognize(null) !== 0) throw new Error('The page was not read.');
      return wordsOf(core, api);
    },
  };
}

type Core = Awaited<ReturnType<typeof createCore>>;
type Reader = InstanceType<Core['TessBaseAPI']>;

function wordsOf(core: Core, api: Reader): ReadWord[] {
  const words: ReadWord[] = [];
  const at = api.GetIterator();
  if (core.getPointer(at) === 0) return words;
  at.Begin();
  do {
    if (at.Empty(word)) continue;
    const text = at.GetUTF8Text(word).trim();
    if (text === '') continue;
    const box = at.getBoundingBox(word);
    words.push({
      text, left: box.x0, top: box.y0, right: box.x1, bottom: box.y1, confidence: at.Confidence(word),
      startsLine: at.IsAtBeginningOf(line), startsParagraph: at.IsAtBeginningOf(paragraph), language: at.WordRecognitionLanguage(),
    });
  } while (at.Next(word));
  core.destroy(at);
  return words;
}

interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly hasAlpha: boolean;
  readonly wordsPerLine: number;
}

/** Leptonica's pixels are 32-bit words, first pixel in the highest bits: on a little-endian machine the bytes of each word are turned. */
function greyOf({ width, height, depth, hasAlpha, wordsPerLine }: PictureShape, bytes: Uint8Array): Raster | null {
  const pixels = new Uint8Array(width * height);
  const rowBytes = 4 * wordsPerLine;
  for (let y = 0, to = 0; y < height; y += 1) {
    const row = y * rowBytes;
    if (depth === 32) {
      for (let x = 0, from = row; x < width; x += 1, from += 4, to += 1) {
        const grey = (77 * (bytes[from + 3] ?? 0) + 150 * (bytes[from + 2] ?? 0) + 29 * (bytes[from + 1] ?? 0)) >> 8;
        const alpha = hasAlpha ? (bytes[from] ?? 255) : 255;
        pixels[to] = alpha === 255 ? grey : 255 - (alpha * (255 - grey)) / 255;
      }
    } else if (depth === 8) {
      for (let x = 0; x < width; x += 1, to += 1) pixels[to] = bytes[row + (x ^ 3)] ?? 255;
    } else if (depth === 1) {
      // A set bit is black.
      for (let x = 0; x < width; x += 1, to += 1) pixels[to] = ((bytes[row + ((x >> 3) ^ 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 0 : 255;
    } else return null;
  }
  return { width, height, pixels };
}

/** As greyOf, three bytes a pixel. */
function coloursOf(shape: PictureShape, bytes: Uint8Array): Colours | null {
  const { width, height, depth, hasAlpha, wordsPerLine } = shape;
  const pixels = new Uint8Array(3 * width * height);
  if (depth !== 32) {
    const grey = greyOf(shape, bytes);
    grey?.pixels.forEach((tone, at) => pixels.fill(tone, 3 * at, 3 * at + 3));
    return grey === null ? null : { width, height, pixels };
  }
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, from = 4 * wordsPerLine * y; x < width; x += 1, from += 4) {
      const alpha = hasAlpha ? (bytes[from] ?? 255) : 255;
      for (let sample = 3; sample > 0; sample -= 1, to += 1) pixels[to] = 255 - (alpha * (255 - (bytes[from + sample] ?? 0))) / 255;
    }
  }
  return { width, height, pixels };
}
