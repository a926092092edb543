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
