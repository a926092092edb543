/**
 * The queue of pages that OCR reads, for one case. It is durable page by page: what was read is kept before the next page is, so that
 * a crash or a lock costs the page that was being read and nothing else. A page that ends the reader twice is given up, with the reason.
 */
import type { StateReason } from '../../../preload/contract/domains/basics.ts';
import type { OcrState } from '../../../preload/contract/domains/ocr.ts';
import { audited } from '../../audit/index.ts';
import { AppError, bug, isAppError } from '../../base/errors.ts';
import {
  askForOcr, countOcrContents, countOcrTry, endOcrPage, keepOcrReading, listByContent, listWaitingPages, nextForOcr, readContent, readMeta, tallyOcr, wantOcr, writeMeta, type CaseStore,
} from '../../store/index.ts';
import type { ProcessHost, TaskLimits } from '../../work/index.ts';
import { growByOcr, isGrowthDue, ocrReasons, sayThatOcrWaits } from './grow-by-ocr.ts';
import { chosenLanguages, languagesKey, mustBeInstalled } from './chosen-languages.ts';
import { languageFiles, packagedLanguage } from './language-files.ts';
import { OcrBreak, ocrChild, type OcrFile } from './ocr-child.ts';
import type { OcrPage, PageFailure } from './ocr-protocol.ts';

export interface OcrQueue {
  readonly state: () => OcrState;
  /** Looks for pages that wait; harmless while it is at work. Does nothing while paused. */
  readonly wake: () => void;
  /** Stops after the page that is being read, which is read again later, and stays so over locks. */
  readonly pause: () => Promise<OcrState>;
  readonly resume: () => OcrState;
  /** Whether what comes in from now on is read by OCR, unless its job says otherwise. */
  readonly setWanted: (isWanted: boolean) => OcrState;
  readonly isWanted: () => boolean;
  /** What comes in from now on is read in these languages, unless its job says otherwise; null leaves it to each page. Throws case.ocr-language-absent. */
  readonly setLanguages: (languages: readonly string[] | null) => OcrState;
  readonly languages: () => readonly string[] | null;
  /** Throws case.ocr-language-absent. */
  readonly mustHave: (languages: readonly string[] | null) => void;
  /** Reads all pages of a content once more, in these languages; null: each in its own. Throws case.ocr-language-absent, and case.no-page where OCR has nothing to do. */
  readonly readAgain: (content: number, languages: readonly string[] | null) => OcrState;
  /** Queues every page that was not wanted when it came in. */
  readonly readOff: () => Promise<OcrState>;
  /** Reports at most twice a second until no page waits, the queue is paused, or the signal aborts. */
  readonly watch: (report: (state: OcrState) => void, signal: AbortSignal) => Promise<OcrState>;
  readonly close: () => Promise<void>;
}

export interface OcrQueueOptions {
  readonly host: ProcessHost;
  readonly vaultFolder: string;
  readonly limits?: TaskLimits;
  /** Passwords that jobs were given since the case was opened: what they opened, OCR can read. */
  readonly passwords?: () => readonly string[];
  /** The state changed. */
  readonly onState: () => void;
  /** Documents have text that they had not; jobs by number, one entry a file that counts as read now. */
  readonly onText: (jobs: readonly number[]) => void;
}

const reasonOf: Readonly<Record<PageFailure, StateReason>> = { damaged: ocrReasons.damaged, 'too-large': ocrReasons.tooLarge, 'not-decoded': ocrReasons.notDecoded, password: ocrReasons.passwordNeeded };
const rateWindowMs = 60_000;
const reportEveryMs = 500;
const mostTries = 2;
const pausedKey = 'ocr.paused';
const offKey = 'ocr.off';

/** The queue of an open case, at rest. */
export function createOcrQueue(store: CaseStore, { host, vaultFolder, limits, passwords = () => [], onState, onText }: OcrQueueOptions): OcrQueue {
  const child = ocrChild({ host, blobs: store.blobs, ...(limits === undefined ? {} : { limits }) });
  const languages = languageFiles(vaultFolder);
  const listeners = new Set<() => void>();
  let recent: number[] = [];
  let now: { readonly path: string; readonly page: number } | null = null;
  let working: { readonly controller: AbortController; readonly ended: Promise<void> } | null = null;
  let isClosed = false;
  let fault: string | null = null;
  let lastToldMs = 0;

  const isPaused = (): boolean => readMeta(store.read, pausedKey) === 'yes';
  const isWanted = (): boolean => readMeta(store.read, offKey) !== 'yes';
  const tell = (isPress: boolean): void => {
    for (const listener of listeners) listener();
    if (!isPress && performance.now() - lastToldMs < reportEveryMs) return;
    lastToldMs = performance.now();
    onState();
  };
  const state = (): OcrState => {
    const { byState } = tallyOcr(store.read, null);
    const done = byState.read + byState.nothing + byState.failed;
    const since = performance.now() - rateWindowMs;
    recent = recent.filter((at) => at >= since);
    const first = recent[0];
    const perMinute = working === null || first === undefined ? null : (recent.length * 60_000) / Math.max(1000, performance.now() - first);
    return {
      state: isPaused() ? 'paused' : working === null ? 'idle' : 'running',
      documents: countOcrContents(store.read, 'waiting'),
      pages: { waiting: byState.waiting, done, read: byState.read, nothing: byState.nothing, failed: byState.failed, off: byState.off },
      offDocuments: byState.off === 0 ? 0 : countOcrContents(store.read, 'off'),
      perMinute, leftMs: perMinute === null ? null : (60_000 * byState.waiting) / perMinute,
      now, fault, wanted: isWanted(), languages: languages.installed(), chosen: [...(chosenLanguages(store.read) ?? [])],
    };
  };

  const keep = (content: number, page: OcrPage): void => {
    if (page.kind === 'drawn') bug('a page was drawn instead of read');
    store.bookkeep((db) => {
      if (page.kind === 'read') keepOcrReading(db, content, page.reading);
      else endOcrPage(db, content, page.page, page.kind, page.kind === 'nothing' ? null : reasonOf[page.why]);
    });
    recent.push(performance.now());
    tell(false);
  };
  const grow = (content: number, reader: string): void => {
    onText(growByOcr(store, content, reader));
    tell(true);
  };
  /** A page ended the child: it gets a second try, and is given up after that. */
  const blame = (content: number, page: number, { cause }: OcrBreak): void => {
    const reason = cause === 'time' ? ocrReasons.timeout : cause === 'memory' ? ocrReasons.memory : ocrReasons.crashed;
    store.bookkeep((db) => {
      if (countOcrTry(db, content, page) >= mostTries) endOcrPage(db, content, page, 'failed', reason);
    });
  };
  const readContentPages = async (content: number, signal: AbortSignal): Promise<void> => {
    const { pages, languages: chosen } = listWaitingPages(store.read, content);
    const { mediaType, place } = readContent(store.read, content);
    const path = listByContent(store.read, content)[0]?.path ?? '';
    const installed = languages.installed();
    const codes = chosen?.filter((code) => installed.includes(code)) ?? installed;
    const file: OcrFile = { purpose: 'reading', mediaType, place, pages, languages: codes, isDetected: chosen === null, passwords: mediaType === 'application/pdf' ? passwords() : [], data: codes.filter((code) => code !== packagedLanguage).map(languages.data).filter((data) => data !== null) };
    let done = 0;
    let reader = 'Tesseract';
    now = { path, page: pages[0] ?? 1 };
    try {
      reader = await child.read(file, (page) => {
        keep(content, page);
        done += 1;
        now = { path, page: pages[done] ?? pages.at(-1) ?? 1 };
        if (done < pages.length && isGrowthDue(tallyOcr(store.read, content))) grow(content, reader);
      }, signal);
    } catch (error) {
      if (!(error instanceof OcrBreak)) throw error;
      blame(content, pages[done] ?? pages[0] ?? 1, error);
    } finally {
      now = null;
    }
    if (isGrowthDue(tallyOcr(store.read, content))) grow(content, reader);
  };
  const work = async (signal: AbortSignal): Promise<void> => {
    try {
      for (let content = nextForOcr(store.read); content !== null; content = nextForOcr(store.read)) {
        await readContentPages(content, signal);
        await new Promise((resolve) => { setImmediate(resolve); });
      }
    } catch (error) {
      // Stopped: what waits goes on later. Anything else, such as a full disk, stops the queue until it is woken.
      if (!signal.aborted) fault = isAppError(error) ? error.message : 'Something inside the engine failed.';
    } finally {
      await child.rest();
      working = null;
      if (!isClosed) tell(true);
    }
  };
  const stop = async (): Promise<void> => {
    const stopping = working;
    stopping?.controller.abort('stop');
    await stopping?.ended;
  };
  const wake = (): void => {
    if (isClosed || working !== null || isPaused() || nextForOcr(store.read) === null) return;
    const controller = new AbortController();
    recent = [];
    fault = null;
    // Set before the work begins, which may end within this turn.
    const begun = Promise.withResolvers<void>();
    working = { controller, ended: begun.promise };
    void work(controller.signal).then(begun.resolve);
    tell(true);
  };
  const setMeta = (key: string, value: boolean, action: string): void => {
    audited(store, (db) => writeMeta(db, key, value ? 'yes' : 'no'), () => ({ action, objects: [store.id], marking: store.marking }));
    tell(true);
  };

  return {
    state, wake, isWanted,
    pause: async () => {
      setMeta(pausedKey, true, 'ocr.paused');
      await stop();
      return state();
    },
    resume: () => {
      setMeta(pausedKey, false, 'ocr.resumed');
      wake();
      return state();
    },
    setWanted: (wanted) => {
      setMeta(offKey, !wanted, wanted ? 'ocr.turned-on' : 'ocr.turned-off');
      return state();
    },
    setLanguages: (chosen) => {
      mustBeInstalled(chosen, languages.installed());
      audited(store, (db) => writeMeta(db, languagesKey, chosen?.join('+') ?? ''), () => ({ action: 'ocr.languages-chosen', objects: [store.id], marking: store.marking, detail: { languages: chosen?.join(' ') ?? 'detected' } }));
      tell(true);
      return state();
    },
    languages: () => chosenLanguages(store.read),
    mustHave: (chosen) => mustBeInstalled(chosen, languages.installed()),
    readAgain: (content, chosen) => {
      mustBeInstalled(chosen, languages.installed());
      audited(store, (db) => {
        const pages = askForOcr(db, content, chosen);
        if (pages === 0) throw new AppError('case.no-page', 'This document has no page for OCR to read.');
        sayThatOcrWaits(db, content);
        return { pages, documents: listByContent(db, content).map(({ id }) => id) };
      }, ({ pages, documents }) => ({ action: 'ocr.asked-again', objects: documents, marking: store.marking, detail: { pages, languages: chosen?.join(' ') ?? 'detected' } }));
      onText([]);
      wake();
      return state();
    },
    readOff: async () => {
      const { result: contents } = audited(store, (db) => wantOcr(db), (wanted) => ({ action: 'ocr.wanted', objects: [store.id], marking: store.marking, detail: { documents: wanted.length } }));
      // Their reasons say that they wait, one at a time between what else the engine has to do: there may be many.
      for (const content of contents) {
        await new Promise((resolve) => { setImmediate(resolve); });
        if (isClosed) throw new AppError('vault.locked', 'The vault is locked.');
        grow(content, 'Tesseract');
      }
      wake();
      return state();
    },
    watch: async (report, signal) => {
      let lastMs = 0;
      while (!signal.aborted && !isClosed && working !== null) {
        if (performance.now() - lastMs >= reportEveryMs) {
          lastMs = performance.now();
          report(state());
        }
        await new Promise<void>((resolve) => {
          const heard = (): void => {
            listeners.delete(heard);
            clearTimeout(timer);
            resolve();
          };
          const timer = setTimeout(heard, reportEveryMs);
          listeners.add(heard);
          signal.addEventListener('abort', heard, { once: true });
        });
      }
      signal.throwIfAborted();
      return state();
    },
    close: async () => {
      isClosed = true;
      await stop();
    },
  };
}
