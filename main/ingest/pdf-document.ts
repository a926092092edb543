import type { PDFDocumentLoadingTask } from 'pdfjs-dist';
import { readFile } from 'node:fs/promises';
import { dataFolder, type PdfDataFolder, pdfLibrary } from './pdf-library.ts';

const kinds: Readonly<Record<string, PdfDataFolder>> = { cMapUrl: 'cmaps', standardFontDataUrl: 'standard_fonts', wasmUrl: 'wasm' };

/** Reads pdf.js's own data files; the default would try the network outside Node. */
class DataFiles {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const name = kinds[kind];
    const folder = name === undefined ? null : dataFolder(name);
    if (folder === null || !/^[\w.-]+$/.test(filename)) throw new Error('This data file is not part of the program.');
    return new Uint8Array(await readFile(folder + filename));
  }
}

/**
 * Begins to open a PDF with pdf.js, without evaluation, canvas or network. To read its text alone nothing is drawn and no decoder of
 * images is needed; to draw its pages glyphs come as outlines, and the decoders of JBIG2, fax and JPEG 2000 images run as WebAssembly.
 * The caller destroys the task.
 */
export async function openPdfDocument(bytes: Uint8Array, purpose: 'text' | 'drawing'): Promise<PDFDocumentLoadingTask> {
  const pdfjs = await pdfLibrary();
  const urls = Object.fromEntries(Object.entries(kinds).flatMap(([kind, name]) => {
    const folder = kind === 'cMapUrl' || purpose === 'drawing' ? dataFolder(name) : null;
    return folder === null ? [] : [[kind, folder]];
  }));
  return pdfjs.getDocument({
    // pdf.js takes the buffer for itself.
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: purpose === 'drawing',
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    // For the text alone pictures are passed over undecoded; a page's operators then lack them.
    maxImageSize: purpose === 'text' ? 1 : 64 * 2 ** 20,
    cMapPacked: true,
    BinaryDataFactory: DataFiles,
    ...urls,
  });
}
