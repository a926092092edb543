/** A sentence that the reader found: word for word body.slice(start, end) of the document's canonical text. */
export interface FoundSentence {
  /** Document number. */
  readonly document: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly score: number;
}

/** What a reading looked at. */
export interface ReadingCoverage {
  readonly documents: number;
  readonly read: number;
  readonly withoutText: number;
  readonly passages: number;
}

export interface ReadOptions {
  /** Sentences at most. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads a case for a question. Empty `sentences`: nothing supports an answer. The owner closes it. */
export interface CaseReader {
  readonly read: (question: string, options: ReadOptions) => Promise<{ readonly sentences: readonly FoundSentence[]; readonly coverage: ReadingCoverage }>;
  readonly close: () => Promise<void>;
}
