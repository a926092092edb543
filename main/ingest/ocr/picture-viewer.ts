/** Pictures made for the window of those originals that it cannot draw: TIFF and HEIC, decoded in a child of their own. */
import { AppError } from '../../base/errors.ts';
import { readContent, type CaseStore } from '../../store/index.ts';
import type { ProcessHost, TaskLimits } from '../../work/index.ts';
import { heifTypes } from './image-shape.ts';
import { OcrBreak, ocrChild } from './ocr-child.ts';
import type { DrawnPicture, OcrPage } from './ocr-protocol.ts';

export interface PictureViewer {
  /**
   * A page of a content as a PNG. One is made at a time, in the order asked. Throws case.not-drawn where it cannot be made, case.no-page for a
   * content that needs no such picture, and the signal's reason.
   */
  readonly draw: (content: number, page: number, signal: AbortSignal) => Promise<DrawnPicture>;
  readonly close: () => Promise<void>;
}

const viewLimits: TaskLimits = { timeMs: 60_000, memoryMb: 2048 };
/** The child is kept for the next picture, which comes soon or not at all. */
const restAfterMs = 20_000;

/** Draws for one case; the first picture starts the child. */
export function createPictureViewer(store: CaseStore, { host, limits = viewLimits }: { readonly host: ProcessHost; readonly limits?: TaskLimits }): PictureViewer {
  const child = ocrChild({ host, blobs: store.blobs, limits });
  let last: Promise<unknown> = Promise.resolve();
  let resting: NodeJS.Timeout | null = null;
  const rest = async (): Promise<void> => {
    if (resting !== null) clearTimeout(resting);
    resting = null;
    await child.rest();
  };
  const draw = async (content: number, page: number, signal: AbortSignal): Promise<DrawnPicture> => {
    const { mediaType, place, pageCount } = readContent(store.read, content);
    if (page > (pageCount ?? 1) || (mediaType !== 'image/tiff' && !heifTypes.has(mediaType))) throw new AppError('case.no-page', 'This document has no such page.', { data: { page } });
    if (resting !== null) clearTimeout(resting);
    let drawn: OcrPage | null = null;
    try {
      await child.read({ purpose: 'viewing', mediaType, place, pages: [page], languages: [], isDetected: false, passwords: [], data: [] }, (made) => { drawn = made; }, signal);
    } catch (error) {
      if (error instanceof OcrBreak) throw new AppError('case.not-drawn', 'Decoding this picture took too much time or memory, or ended the process that did it.', { data: { page }, cause: error });
      throw error;
    }
    resting = setTimeout(() => { void child.rest(); }, restAfterMs);
    resting.unref();
    return pictureOf(drawn, page);
  };
  return {
    draw: (content, page, signal) => {
      const next = last.then(() => draw(content, page, signal));
      last = next.catch(() => undefined);
      return next;
    },
    close: async () => {
      await rest();
      await last;
      await rest();
    },
  };
}

function pictureOf(drawn: OcrPage | null, page: number): DrawnPicture {
  if (drawn?.kind === 'drawn') return drawn.picture;
  const why = drawn?.kind === 'failed' ? drawn.why : 'damaged';
  throw new AppError('case.not-drawn', why === 'too-large' ? 'The picture has too many pixels to be decoded.' : why === 'not-decoded' ? 'The picture is packed in a way that is not decoded.' : 'The picture is damaged and could not be decoded.', { data: { page } });
}
