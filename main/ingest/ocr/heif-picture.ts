/**
 * Decodes HEIC with libheif and libde265 (LGPL-3.0; loaded from files of their own, libheif.cjs and libheif.wasm, which may be replaced) and
 * AVIF with libavif (Apache-2.0 and BSD). Both are WebAssembly; their memory ends with the process.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import createAvif from '@jsquash/avif/codec/dec/avif_dec.js';
import { overWhite, uprightColours, type Colours } from './colours.ts';
import { heifShape } from './heif-boxes.ts';
import { provideImageData } from '../image-data.ts';
import { packagedFile } from '../packaged-file.ts';
import { PictureFailure } from './picture-failure.ts';

/** What is used of libheif's own JavaScript; its typings leave these out or open. */
interface Heif {
  readonly heif_context_alloc: () => number;
  readonly heif_context_free: (context: number) => void;
  readonly heif_context_read_from_memory: (context: number, bytes: Uint8Array) => Answer;
  readonly heif_js_context_get_primary_image_handle: (context: number) => Answer;
  readonly heif_image_handle_release: (handle: Answer) => void;
  readonly heif_js_decode_image2: (handle: Answer, colorspace: unknown, chroma: unknown) => Promise<Decoded> | Decoded;
  readonly heif_image_release: (image: unknown) => void;
  readonly heif_colorspace: Readonly<Record<string, unknown>>;
  readonly heif_chroma: Readonly<Record<string, unknown>>;
  readonly heif_error_code: Readonly<Record<string, unknown>>;
}
interface Answer {
  /** Of an error; absent from a handle. */
  readonly code?: unknown;
}
interface Decoded extends Answer {
  readonly image: unknown;
  readonly channels: readonly { readonly width: number; readonly height: number; readonly stride: number; readonly data: Uint8Array }[];
}

/** What is used of libavif's. */
interface Avif {
  readonly decode: (bytes: Uint8Array, bits: 8) => { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } | null;
}

/** Kinds of items that libavif decodes. */
const avifItem = 'av01';
let heif: Promise<Heif> | null = null;
let avif: Promise<Avif> | null = null;

/** The primary picture of a HEIC or AVIF file, upright. Throws PictureFailure; rethrows what ends the process, such as memory. */
export async function heifColours(bytes: Uint8Array): Promise<Colours> {
  const shape = heifShape(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (shape === null) throw new PictureFailure('damaged');
  return shape.itemType === avifItem ? avifColours(bytes, shape.turns) : heicColours(bytes);
}

async function avifColours(bytes: Uint8Array, turns: readonly number[]): Promise<Colours> {
  const { decode } = await (avif ??= loadAvif());
  const found = decode(bytes, 8);
  if (found === null) throw new PictureFailure('damaged');
  // The library gives the picture as it is coded.
  return turns.reduce(uprightColours, overWhite(found.width, found.height, found.data));
}

async function heicColours(bytes: Uint8Array): Promise<Colours> {
  const api = await (heif ??= loadHeif());
  const context = api.heif_context_alloc();
  try {
    const opened = api.heif_context_read_from_memory(context, bytes);
    if (opened.code !== api.heif_error_code['heif_error_Ok']) throw failureOf(api, opened);
    const handle = api.heif_js_context_get_primary_image_handle(context);
    if (handle.code !== undefined) throw failureOf(api, handle);
    const decoded = await api.heif_js_decode_image2(handle, api.heif_colorspace['heif_colorspace_RGB'], api.heif_chroma['heif_chroma_interleaved_RGBA']);
    const [channel] = decoded.channels ?? [];
    if (channel === undefined) throw failureOf(api, decoded);
    const { width, height, stride, data } = channel;
    const rgba = Buffer.alloc(4 * width * height);
    for (let y = 0; y < height; y += 1) rgba.set(data.subarray(y * stride, y * stride + 4 * width), 4 * width * y);
    api.heif_image_release(decoded.image);
    api.heif_image_handle_release(handle);
    return overWhite(width, height, rgba);
  } finally {
    api.heif_context_free(context);
  }
}

/** A file may carry what this build of the library has no decoder for (JPEG, AVC, VVC): that is no damage. */
function failureOf(api: Heif, { code }: Answer): PictureFailure {
  const unread = ['heif_error_Unsupported_feature', 'heif_error_Unsupported_filetype', 'heif_error_Plugin_loading_error'].map((name) => api.heif_error_code[name]);
  return new PictureFailure(code !== undefined && unread.includes(code) ? 'not-decoded' : 'damaged');
}

async function loadHeif(): Promise<Heif> {
  const script = packagedFile('libheif.cjs', 'libheif-js', 'libheif-wasm', 'libheif.js');
  const wasmBinary = await readFile(packagedFile('libheif.wasm', 'libheif-js', 'libheif-wasm', 'libheif.wasm'));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Heif
  const create = createRequire(import.meta.url)(script) as (options: { readonly wasmBinary: Uint8Array; readonly print: () => void; readonly printErr: () => void }) => Promise<Heif>;
  return create({ wasmBinary, print: () => undefined, printErr: () => undefined });
}

async function loadAvif(): Promise<Avif> {
  provideImageData();
  const wasmBinary = await readFile(packagedFile('avif.wasm', '@jsquash/avif', 'codec', 'dec', 'avif_dec.wasm'));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Avif
  return (await (createAvif as unknown as (options: object) => Promise<unknown>)({ wasmBinary, print: () => undefined, printErr: () => undefined })) as Avif;
}
