/**
 * Where pdf.js finds what it loads beside its own code. The build copies four folders of `pdfjs-dist` (cmaps, standard_fonts,
 * wasm, iccs) to `pdfjs/` beside the window's HTML; nothing is ever fetched from elsewhere.
 */
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

const base = new URL('pdfjs/', document.baseURI).href;

/** The worker's module, emitted by the bundler. */
export const pdfWorkerUrl: string = workerUrl;

/** Options of getDocument that name those folders. */
export const pdfAssets = {
  cMapUrl: `${base}cmaps/`,
  standardFontDataUrl: `${base}standard_fonts/`,
  wasmUrl: `${base}wasm/`,
  iccUrl: `${base}iccs/`,
} as const;
