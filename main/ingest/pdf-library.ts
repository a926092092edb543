// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported, and the tests compile without the folder's .d.ts files
/// <reference path="./pdf-worker.d.ts" />
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideImageData } from './image-data.ts';

type PdfLibrary = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loading: Promise<PdfLibrary> | null = null;

/** pdf.js, loaded at the first PDF of the process: it takes longer to load than most files take to read. */
export function pdfLibrary(): Promise<PdfLibrary> {
  return (loading ??= load());
}

async function load(): Promise<PdfLibrary> {
  // Only drawing uses these. Their presence keeps pdf.js from loading a native canvas into a process that reads hostile files.
  provideImageData();
  for (const name of ['DOMMatrix', 'Path2D']) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: class {}, configurable: true });
  }
  // Given as a global, pdf.js runs its worker's half in this process, which is a worker already.
  const worker: unknown = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  Object.defineProperty(globalThis, 'pdfjsWorker', { value: worker, configurable: true });
  return await import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** Folders of data that pdf.js asks for: character maps of East Asian PDFs, stand-ins for the standard fonts, decoders of images. */
export type PdfDataFolder = 'cmaps' | 'standard_fonts' | 'wasm';

/** A data folder with a separator at its end: beside the bundle, else in the package; null when neither is there. */
export function dataFolder(name: PdfDataFolder): string | null {
  const beside = join(dirname(fileURLToPath(import.meta.url)), name);
  if (existsSync(beside)) return `${beside}/`;
  try {
    return `${join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), name)}/`;
  } catch {
    // Not installed as a package: a bundle without its data still reads every other PDF.
    return null;
  }
}
