import type { OcrReading } from '../../base/ocr-reading.ts';

/** Language data that is not part of the program: a file of the vault's folder, given to the child once. */
export interface LanguageData {
  readonly code: string;
  readonly bytes: Uint8Array;
}

/**
 * Engine to OCR child. One file at a time: `begin` says what comes, `piece` brings its bytes in order until `sizeBytes` are there, and the
 * pages are read in the order given. `languages` are codes, of which those that are not packaged came with `language` before.
 */
export type ToOcr =
  | { readonly t: 'language'; readonly data: LanguageData }
  | { readonly t: 'begin'; readonly mediaType: string; readonly sizeBytes: number; readonly pages: readonly number[]; readonly languages: readonly string[] }
  | { readonly t: 'piece'; readonly bytes: Uint8Array };

/** How a page ended. */
export type OcrPage =
  | { readonly kind: 'read'; readonly reading: OcrReading }
  | { readonly kind: 'nothing'; readonly page: number }
  | { readonly kind: 'failed'; readonly page: number; readonly why: 'damaged' | 'too-large' };

/** OCR child to engine: `ready` once, `page` for each page in order, `done` after the last. */
export type FromOcr =
  | { readonly t: 'ready' }
  | { readonly t: 'page'; readonly page: OcrPage }
  | { readonly t: 'done'; readonly reader: string }
  | { readonly t: 'resident'; readonly bytes: number };
