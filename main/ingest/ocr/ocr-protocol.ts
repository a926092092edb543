import type { OcrReading } from '../../base/ocr-reading.ts';

/** Language data that is not part of the program: a file of the vault's folder, given to the child once. */
export interface LanguageData {
  readonly code: string;
  readonly bytes: Uint8Array;
}

/**
 * Engine to OCR child. One file at a time: `begin` says what comes, `piece` brings its bytes in order until `sizeBytes` are there, and the
 * pages are read in the order given; for `viewing` they are drawn as PNG instead. `languages` are codes, all used at once, or, `isDetected`, those that each page's own are picked from; of them those that are not packaged came with `language` before. `passwords` are tried on an encrypted
 * PDF in their order.
 */
export type ToOcr =
  | { readonly t: 'language'; readonly data: LanguageData }
  | { readonly t: 'begin'; readonly purpose: 'reading' | 'viewing'; readonly mediaType: string; readonly sizeBytes: number; readonly pages: readonly number[]; readonly languages: readonly string[]; readonly isDetected: boolean; readonly passwords: readonly string[] }
  | { readonly t: 'piece'; readonly bytes: Uint8Array };

/** Why a page could not be read; `password`: none that was given opens it. */
export type PageFailure = 'damaged' | 'too-large' | 'not-decoded' | 'password';

/** A page made for the window: a PNG, made smaller where its longer side has more than 3,500 pixels. */
export interface DrawnPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** How a page ended. */
export type OcrPage =
  | { readonly kind: 'read'; readonly reading: OcrReading }
  | { readonly kind: 'nothing'; readonly page: number }
  | { readonly kind: 'drawn'; readonly page: number; readonly picture: DrawnPicture }
  | { readonly kind: 'failed'; readonly page: number; readonly why: PageFailure };

/** OCR child to engine: `ready` once, `page` for each page in order, `done` after the last. */
export type FromOcr =
  | { readonly t: 'ready' }
  | { readonly t: 'page'; readonly page: OcrPage }
  | { readonly t: 'done'; readonly reader: string }
  | { readonly t: 'resident'; readonly bytes: number };
