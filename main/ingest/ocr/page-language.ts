/** Which of the installed languages a page is read in, told from a trial reading of a part of it. */
import { languageOf } from '../language.ts';
import { meanConfidence } from './page-words.ts';
import type { Raster } from './raster.ts';
import type { TesseractCore } from './tesseract-core.ts';

/** Picks the languages that a page is read with, from its pixels as they will be read. */
export type LanguageChooser = (page: Raster, dpi: number) => readonly string[];

/** Rows of the part that is tried: some five lines of print at 300 dpi. */
const trialRows = 420;
/** Fewer words than this say nothing of a language. */
const leastWords = 4;
/** Points of confidence that common words of the language are worth: among Latin alphabets the wrong model is nearly as sure as the right one. */
const wordsOfLanguage = 12;
/** Two languages as near as this are both used: the page may hold both. */
const nearPoints = 3;

/** ISO 639-1 of Tesseract's codes (ISO 639-2), where they are not its first two letters. */
const shortCodes: Readonly<Record<string, string>> = {
  deu: 'de', spa: 'es', por: 'pt', swe: 'sv', dan: 'da', pol: 'pl', ces: 'cs', slk: 'sk', tur: 'tr', ind: 'id', ukr: 'uk', bul: 'bg', nld: 'nl', ell: 'el', jpn: 'ja', kor: 'ko', chi: 'zh', ara: 'ar', fas: 'fa', urd: 'ur', heb: 'he', kat: 'ka', hye: 'hy', ben: 'bn', tam: 'ta', nor: 'no',
};
const shortCode = (code: string): string => shortCodes[code.slice(0, 3)] ?? code.slice(0, 2);

/**
 * A chooser for the pages of one file. The part of a page with the most ink is read with each language alone; sure words and common words of the
 * language decide. Pages that hold too few words there are read as the page before, the first one with all.
 */
export function languageChooser(core: Pick<TesseractCore, 'read'>, installed: readonly string[]): LanguageChooser {
  let last: readonly string[] = installed;
  return (page, dpi) => {
    if (installed.length < 2) return installed;
    const trial = mostInk(page);
    const scores = installed.map((code) => {
      const words = core.read(trial, dpi, [code]);
      const own = languageOf(words.map(({ text }) => text).join(' ')) === shortCode(code) ? wordsOfLanguage : 0;
      return { code, words: words.length, score: meanConfidence(words) + own };
    }).sort((a, b) => b.score - a.score);
    const [best, next] = scores;
    if (best === undefined || best.words < leastWords) return last;
    last = next !== undefined && best.score - next.score < nearPoints ? [best.code, next.code] : [best.code];
    return last;
  };
}

/** The band of a page with the most changes between dark and light, which is where letters stand. */
export function mostInk({ width, height, pixels }: Raster): Raster {
  if (height <= trialRows) return { width, height, pixels };
  const changes = new Uint32Array(height);
  for (let y = 0; y < height; y += 1) {
    let wasDark = false;
    for (let at = y * width, end = at + width; at < end; at += 1) {
      const isDark = (pixels[at] ?? 255) < 128;
      if (isDark !== wasDark) changes[y] = (changes[y] ?? 0) + 1;
      wasDark = isDark;
    }
  }
  let sum = 0;
  let [most, start] = [-1, 0];
  for (let y = 0; y < height; y += 1) {
    sum += changes[y] ?? 0;
    if (y >= trialRows) sum -= changes[y - trialRows] ?? 0;
    if (y >= trialRows - 1 && sum > most) [most, start] = [sum, y - trialRows + 1];
  }
  return { width, height: trialRows, pixels: pixels.subarray(start * width, (start + trialRows) * width) };
}
