import { createQueryThread, threadEntry } from '../../search/index.ts';
import type { OpenOptions } from '../../store/reader.ts';
import type { ReaderRequests } from './requests.ts';

/** A sentence that the reader found: word for word body.slice(start, end) of the document's canonical text. */
export interface FoundSentence {
  /** Document number. */
  readonly document: number;
  /** Null where the format has no pages. */
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Comparable within one reading only. */
  readonly score: number;
}

/** What a reading looked at: documents of the case, texts read, documents without text, sentences weighed. Copies count once. */
export interface ReadingCoverage {
  readonly documents: number;
  readonly read: number;
  readonly withoutText: number;
  readonly passages: number;
}

/** Sentences best first; empty: nothing supports an answer. */
export interface CaseReading {
  readonly sentences: readonly FoundSentence[];
  readonly coverage: ReadingCoverage;
}

export interface ReadOptions {
  /** Sentences at most. */
  readonly limit: number;
  /** Also sentences that only touch the question: passages for a model, which judges for itself. */
  readonly isLoose?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads a case for a question, on a thread of its own. The owner closes it. */
export interface CaseReader {
  /** Rejects with the signal's reason, bridge.internal when the thread died, or bridge.closed. */
  readonly read: (question: string, options: ReadOptions) => Promise<CaseReading>;
  readonly close: () => Promise<void>;
}

/** A reader over a case's database. The thread starts with the first question. */
export function createCaseReader({ readerOptions }: { readonly readerOptions: OpenOptions }): CaseReader {
  const thread = createQueryThread<ReaderRequests>({ entry: threadEntry(import.meta.url, './reader.worker.ts'), readerOptions, name: 'reader' });
  return {
    read: (question, { limit, isLoose, signal, onProgress }) => thread.ask('read', { question, limit, isLoose }, { signal, onProgress: ({ done, total }) => onProgress?.(done, total) }),
    close: () => thread.close(),
  };
}
