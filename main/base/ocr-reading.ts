/** A word on its page: offsets from the start of the page's text, sides as shares of the page, how sure the reader was (0 to 100). */
export interface WordBox {
  readonly start: number;
  readonly end: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly confidence: number;
}

/** What was read of a page. */
export interface OcrReading {
  readonly page: number;
  readonly text: string;
  readonly boxes: readonly WordBox[];
  /** Mean over the words, 0 to 100. */
  readonly confidence: number;
  /** Tesseract's code. */
  readonly language: string;
}
