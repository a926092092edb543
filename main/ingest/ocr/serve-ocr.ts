/** The child's half of OCR: takes a file, reads the pages that are asked for, tells each as it is done. */
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import type { ChildPort } from '../../work/index.ts';
import { pictureFacts } from '../picture-facts.ts';
import { openPdfDocument } from '../pdf-document.ts';
import { pdfLibrary } from '../pdf-library.ts';
import { pngOfColours, shrunkTo } from './colours.ts';
import { decodeColours, decodePage } from './image-page.ts';
import type { FromOcr, OcrPage, ToOcr } from './ocr-protocol.ts';
import { languageChooser, type LanguageChooser } from './page-language.ts';
import { drawPdfPage } from './pdf-page-raster.ts';
import { PictureFailure } from './picture-failure.ts';
import { readPage } from './read-page.ts';
import { tesseractCore, type TesseractCore } from './tesseract-core.ts';

type Begin = Extract<ToOcr, { t: 'begin' }>;

/** Answers on the port for as long as the process lives. */
export function serveOcr(port: ChildPort): void {
  const post = (message: FromOcr): void => port.post(message);
  const languages: (ToOcr & { t: 'language' })['data'][] = [];
  let task: { readonly begin: Begin; readonly bytes: Buffer; got: number } | null = null;

  const run = async ({ purpose, mediaType, pages, languages: codes, isDetected, passwords }: Begin, bytes: Buffer): Promise<void> => {
    const core = await tesseractCore();
    for (const { code, bytes: data } of languages.splice(0)) core.addLanguage(code, data);
    const wanted = isDetected ? languageChooser(core, codes) : codes;
    const reader = mediaType === 'application/pdf' ? pdfReader(core, bytes, wanted, passwords) : imageReader(core, bytes, mediaType, purpose === 'reading' ? wanted : null);
    for (const page of pages) {
      post({ t: 'page', page: await reader.read(page) });
      if (process.platform !== 'linux') post({ t: 'resident', bytes: process.memoryUsage.rss() });
      await new Promise((resolve) => { setImmediate(resolve); }); // the parent's end shows here
    }
    await reader.close();
    post({ t: 'done', reader: core.version });
  };

  port.onMessage((message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parent is our own program
    const order = message as ToOcr;
    if (order.t === 'language') languages.push(order.data);
    else if (order.t === 'begin') task = { begin: order, bytes: Buffer.alloc(order.sizeBytes), got: 0 };
    else if (task !== null) {
      task.bytes.set(order.bytes.subarray(0, task.bytes.length - task.got), task.got);
      task.got += order.bytes.length;
    }
    if (task === null || task.got < task.begin.sizeBytes) return;
    const { begin, bytes } = task;
    task = null;
    run(begin, bytes).catch(() => process.exit(1));
  });
  post({ t: 'ready' });
}

interface PageReader {
  readonly read: (page: number) => Promise<OcrPage>;
  readonly close: () => Promise<void>;
}

/** Longest side of a picture made for the window. */
const viewedPx = 3500;

/** Reads the pages of a picture, or draws them where `languages` is null. */
function imageReader(core: TesseractCore, bytes: Buffer, mediaType: string, languages: readonly string[] | LanguageChooser | null): PageReader {
  const { orientation, dpi } = pictureFacts(bytes);
  return {
    read: async (page) => {
      try {
        if (languages === null) {
          const colours = shrunkTo(await decodeColours(core, bytes, mediaType, page, orientation), viewedPx);
          return { kind: 'drawn', page, picture: { png: pngOfColours(colours), width: colours.width, height: colours.height } };
        }
        const reading = readPage(core, page, await decodePage(core, bytes, mediaType, page, orientation), dpi, languages);
        return reading === null ? { kind: 'nothing', page } : { kind: 'read', reading };
      } catch (error) {
        if (error instanceof PictureFailure) return { kind: 'failed', page, why: error.kind };
        throw error;
      }
    },
    close: async () => undefined,
  };
}

/** No password is left to try. */
class NoPassword extends Error {}

function pdfReader(core: TesseractCore, bytes: Buffer, languages: readonly string[] | LanguageChooser, passwords: readonly string[]): PageReader {
  let opening: Promise<{ readonly task: PDFDocumentLoadingTask; readonly document: PDFDocumentProxy }> | null = null;
  const open = async (): Promise<{ readonly task: PDFDocumentLoadingTask; readonly document: PDFDocumentProxy }> => {
    const task = await openPdfDocument(bytes, 'drawing');
    const left = [...passwords];
    // The library asks again until a password fits; an error given back ends it.
    task.onPassword = (answer: (password: string | Error) => void) => answer(left.shift() ?? new NoPassword());
    return { task, document: await task.promise };
  };
  return {
    read: async (number) => {
      const { OPS } = await pdfLibrary();
      opening ??= open();
      try {
        const page = await (await opening).document.getPage(number);
        const { raster, dpi } = await drawPdfPage(page, OPS);
        page.cleanup();
        const reading = readPage(core, number, raster, dpi, languages);
        return reading === null ? { kind: 'nothing', page: number } : { kind: 'read', reading };
      } catch (error) {
        // What WebAssembly runs into leaves its memory in no state to go on with: that ends the process.
        if (error instanceof Error && error.name === 'RuntimeError') throw error;
        const isSealed = error instanceof Error && (error instanceof NoPassword || error.name === 'PasswordException');
        return { kind: 'failed', page: number, why: isSealed ? 'password' : 'damaged' };
      }
    },
    close: async () => {
      if (opening !== null) await (await opening.catch(() => null))?.task.destroy();
    },
  };
}
