/** pdf.js's worker half ships without types; only its presence as a module matters (pdf-library.ts). */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown;
}
