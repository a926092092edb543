/** The engine's end of OCR: one child at a time, one file at a time, under limits. It starts with the first file and ends when told to. */
import type { BlobPlace, BlobStore } from '../../store/index.ts';
import { watchChild, type ChildHandle, type Excess, type ProcessHost, type TaskLimits, type Watch } from '../../work/index.ts';
import type { FromOcr, LanguageData, OcrPage, ToOcr } from './ocr-protocol.ts';

/** Limits of one page: of the processor's time, by the clock four times as much, and of the whole child's memory. */
const ocrLimits: TaskLimits = { timeMs: 240_000, memoryMb: 2048 };

/** The child ended with a page half read, or before it could begin. */
export class OcrBreak extends Error {
  override readonly cause: 'crash' | Excess;

  constructor(cause: 'crash' | Excess) {
    super(cause);
    this.name = 'OcrBreak';
    this.cause = cause;
  }
}

export interface OcrFile {
  readonly purpose: 'reading' | 'viewing';
  readonly mediaType: string;
  readonly place: BlobPlace;
  readonly pages: readonly number[];
  readonly languages: readonly string[];
  /** The page's own are picked from the languages; else all are used at once. */
  readonly isDetected: boolean;
  /** Tried when it is encrypted; never kept. */
  readonly passwords: readonly string[];
  /** Data of those languages that are not packaged. */
  readonly data: readonly LanguageData[];
}

export interface OcrChild {
  /** Reads pages; `onPage` hears each as it is done. Answers who read. Rejects with OcrBreak, with the signal's reason, or with what reading the original or `onPage` throws; the child is gone then. */
  readonly read: (file: OcrFile, onPage: (page: OcrPage) => void, signal: AbortSignal) => Promise<string>;
  /** Ends the child, so that its memory is free; the next file starts another. */
  readonly rest: () => Promise<void>;
}

/** A piece of the original that is opened and sent in one go: more would hold the engine up. */
const pieceBytes = 4 * 2 ** 20;
const watchEveryMs = 250;

interface Running {
  readonly child: ChildHandle;
  readonly watch: Watch;
  readonly languages: Set<string>;
  listener: ((message: FromOcr) => void) | null;
}

/** A reader without a child yet. */
export function ocrChild({ host, blobs, limits = ocrLimits }: { readonly host: ProcessHost; readonly blobs: BlobStore; readonly limits?: TaskLimits }): OcrChild {
  let running: Running | null = null;

  const start = (): Running => {
    const child = host.fork('ocr', { heapMb: limits.memoryMb });
    const fresh: Running = { child, watch: watchChild(child, limits), languages: new Set(), listener: null };
    child.onMessage((message) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the child is our own program
      fresh.listener?.(message as FromOcr);
    });
    return fresh;
  };
  const end = async (): Promise<void> => {
    const ending = running;
    running = null;
    ending?.child.kill();
    await ending?.child.exited;
  };
  const send = async ({ child, languages }: Running, file: OcrFile, signal: AbortSignal): Promise<void> => {
    const post = (message: ToOcr): void => child.post(message);
    for (const data of file.data) {
      if (languages.has(data.code)) continue;
      languages.add(data.code);
      post({ t: 'language', data });
    }
    const { purpose, mediaType, pages, place } = file;
    post({ t: 'begin', purpose, mediaType, sizeBytes: place.sizeBytes, pages, languages: file.languages, isDetected: file.isDetected, passwords: file.passwords });
    for (let from = 0; from < place.sizeBytes; from += pieceBytes) {
      signal.throwIfAborted();
      post({ t: 'piece', bytes: blobs.readRange(place, from, Math.min(pieceBytes, place.sizeBytes - from)) });
      await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two pieces
    }
  };

  return {
    read: async (file, onPage, signal) => {
      signal.throwIfAborted();
      const current = (running ??= start());
      const { child, watch } = current;
      const ended = Promise.withResolvers<string>();
      let excess: Excess | null = null;
      const abort = (): void => ended.reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      void child.exited.then(() => ended.reject(new OcrBreak(excess ?? 'crash')));
      const timer = setInterval(() => {
        void watch.check().then((passed) => { excess = passed ?? excess; });
      }, watchEveryMs);
      current.listener = (message) => {
        if (message.t === 'resident') watch.reportResident(message.bytes);
        else if (message.t === 'done') ended.resolve(message.reader);
        else if (message.t === 'page') {
          watch.begin();
          try {
            onPage(message.page);
          } catch (error) {
            ended.reject(error);
          }
        }
      };
      watch.begin();
      try {
        send(current, file, signal).catch((error: unknown) => ended.reject(error));
        return await ended.promise;
      } catch (error) {
        await end();
        throw error;
      } finally {
        clearInterval(timer);
        signal.removeEventListener('abort', abort);
        current.listener = null;
        watch.end();
      }
    },
    rest: end,
  };
}
