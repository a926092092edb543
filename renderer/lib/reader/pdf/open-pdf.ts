/**
 * Opens a PDF from the engine's bytes with pdf.js in a worker of its own: ranges are asked for as they are needed, nothing is
 * fetched by URL, no script of the PDF runs and no string is evaluated as code.
 */
import { getDocument, type PDFDocumentProxy, PDFDataRangeTransport, PDFWorker } from 'pdfjs-dist';
import type { CaseId, DocumentId } from '../../../../preload/contract/domains/basics.ts';
import { call } from '../../client.ts';
import { pdfAssets, pdfWorkerUrl } from './pdf-assets.ts';

/** An open PDF. Whoever opened it calls `close`, which ends its worker. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly close: () => void;
}

const rangeBytes = 256 * 1024;
const maxCallBytes = 4 * 1024 * 1024;
const maxImagePixels = 64 * 1024 * 1024;

/** Feeds pdf.js with ranges of the original. The first failure ends the opening through `onFailure`. */
class EngineRanges extends PDFDataRangeTransport {
  private readonly caseId: CaseId;
  private readonly documentId: DocumentId;
  private readonly onFailure: (error: unknown) => void;
  private readonly controller = new AbortController();

  constructor(caseId: CaseId, documentId: DocumentId, sizeBytes: number, onFailure: (error: unknown) => void) {
    super(sizeBytes, null);
    this.caseId = caseId;
    this.documentId = documentId;
    this.onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    this.read(begin, end).then(
      (bytes) => { if (!this.controller.signal.aborted) this.onDataRange(begin, bytes); },
      (error: unknown) => { if (!this.controller.signal.aborted) this.onFailure(error); },
    );
  }

  override abort(): void {
    this.controller.abort();
  }

  private async read(begin: number, end: number): Promise<Uint8Array> {
    const whole = new Uint8Array(end - begin);
    for (let from = begin; from < end; from += maxCallBytes) {
      const input = { case: this.caseId, document: this.documentId, from, length: Math.min(maxCallBytes, end - from) };
      const { bytes } = await call('documents.bytes', input, { signal: this.controller.signal });
      whole.set(bytes.subarray(0, whole.length - (from - begin)), from - begin);
    }
    return whole;
  }
}

/** Opens a PDF of `sizeBytes`. Throws what pdf.js or the engine said; say it with `pdfFault`. */
export async function openPdf(caseId: CaseId, documentId: DocumentId, sizeBytes: number, signal: AbortSignal): Promise<OpenPdf> {
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined); // it is awaited below while opening; afterwards a page that misses bytes says so itself
  const port = new Worker(pdfWorkerUrl, { type: 'module' });
  port.addEventListener('error', () => failure.reject(new Error('The PDF reader did not start.')));
  const worker = PDFWorker.create({ port, verbosity: 0 });
  const range = new EngineRanges(caseId, documentId, sizeBytes, failure.reject);
  const task = getDocument({
    ...pdfAssets,
    range,
    worker,
    rangeChunkSize: rangeBytes,
    disableAutoFetch: true,
    disableStream: true,
    useSystemFonts: false,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: maxImagePixels,
    verbosity: 0,
  });
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    range.abort();
    void task.destroy().catch(() => undefined).finally(() => {
      worker.destroy();
      port.terminate();
    });
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    const document = await Promise.race([task.promise, failure.promise]);
    return { document, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** What went wrong, as a sentence, and nothing of the file's content. */
export function pdfFault(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return 'This PDF is locked with a password.';
  if (name === 'InvalidPDFException' || name === 'FormatError') return 'This PDF cannot be shown: its structure is damaged.';
  if (name === 'EngineError' && error instanceof Error) return `This PDF cannot be shown: ${error.message}`;
  return 'This PDF cannot be shown: it could not be read to its end.';
}
