/** A page of pixels to words: made fit for reading, read, and turned when it seems to lie on its side. */
import type { OcrReading } from '../../base/ocr-reading.ts';
import type { LanguageChooser } from './page-language.ts';
import { meanConfidence, pageReading } from './page-words.ts';
import { contrasted, isBlank, scaled, upright, type Raster } from './raster.ts';
import type { ReadWord, TesseractCore } from './tesseract-core.ts';

/** Tesseract is trained on letters of about 30 pixels, which 12-point type has at this resolution. */
const wantedDpi = 300;
/** A picture that does not say its resolution is enlarged until its longer side has this many pixels, three times at most. */
const wantedSide = 2500;
const mostPixels = 24_000_000;
/** A reading as unsure as this, of as many words, is what a page on its side gives. */
const doubtful = { confidence: 60, words: 6 };
/** EXIF orientations that turn a page by a quarter, three quarters and a half: which way a page lies is more often a side than upside down. */
const turns = [6, 8, 3] as const;
/** A page that is turned on trial is made this much smaller: a quarter of the work. */
const trialScale = 0.5;

/** Reads a page; null when it holds no words. `dpi` null: the picture does not say, or says what screens say. `reads` are the languages it is read with, or what picks them. */
export function readPage(core: TesseractCore, page: number, raster: Raster, dpi: number | null, reads: readonly string[] | LanguageChooser): OcrReading | null {
  if (isBlank(raster)) return null;
  const factor = Math.min(scaleFor(raster, dpi), Math.sqrt(mostPixels / (raster.width * raster.height)));
  const fit = contrasted(scaled(raster, factor));
  const languages = typeof reads === 'function' ? reads(fit, wantedDpi) : reads;
  const words = core.read(fit, wantedDpi, languages);
  const first = pageReading(page, words, fit.width, fit.height);
  if (words.length < doubtful.words || meanConfidence(words) >= doubtful.confidence) return first;
  const small = scaled(fit, trialScale);
  const upset = meanConfidence(core.read(small, wantedDpi * trialScale, languages));
  let best: { readonly turn: number; readonly confidence: number } | null = null;
  for (const turn of turns) {
    const confidence = meanConfidence(core.read(upright(small, turn), wantedDpi * trialScale, languages));
    if (confidence > upset + 15 && confidence > (best?.confidence ?? 0)) best = { turn, confidence };
  }
  if (best === null) return first;
  const turned = upright(fit, best.turn);
  const { turn } = best;
  return pageReading(page, core.read(turned, wantedDpi, languages).map((word) => turnedBack(word, turn, fit)), fit.width, fit.height) ?? first;
}

function scaleFor({ width, height }: Raster, dpi: number | null): number {
  if (dpi !== null && dpi > 100) return dpi >= 250 && dpi <= 400 ? 1 : Math.min(3, wantedDpi / dpi);
  return Math.max(1, Math.min(3, wantedSide / Math.max(width, height)));
}

/** Where a word of the turned page stands on the page as it is shown. */
function turnedBack(word: ReadWord, turn: number, { width, height }: Raster): ReadWord {
  const { left, top, right, bottom } = word;
  if (turn === 3) return { ...word, left: width - right, top: height - bottom, right: width - left, bottom: height - top };
  // Orientation 6 turned the page clockwise, so its rows run down the shown page's columns.
  if (turn === 6) return { ...word, left: top, top: height - right, right: bottom, bottom: height - left };
  return { ...word, left: width - bottom, top: left, right: width - top, bottom: right };
}
