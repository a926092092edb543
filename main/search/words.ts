import { stemmer } from 'stemmer';

/** A word as the index sees it: folded (lower case, without diacritics), with its span in the text. */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** The marks that unicode61 passes over inside a word; any other mark ends it. */
const passedOver = '\\u0300-\\u0304\\u0306-\\u030C\\u030F\\u0311\\u031B\\u0323-\\u0328\\u032D\\u032E\\u0330\\u0331';
/** What unicode61 takes for a word: letters, numbers, private use, and the marks it passes over. */
const wordPattern = new RegExp(`[\\p{L}\\p{N}\\p{Co}][\\p{L}\\p{N}\\p{Co}${passedOver}]*`, 'gu');
const anyWord = /[\p{L}\p{N}\p{Co}]/u;
const ascii = /^[\x20-\x7E]*$/;

/** True when the index would find at least one word in the text. */
export function hasWord(text: string): boolean {
  return anyWord.test(text);
}

/** Small letters that unicode61 folds further than JavaScript's lower case does. */
const alike: Readonly<Record<string, string>> = { µ: 'μ', ſ: 's', ς: 'σ', ϐ: 'β', ϑ: 'θ', ϕ: 'φ', ϖ: 'π', ϰ: 'κ', ϱ: 'ρ', ϵ: 'ε', ẛ: 'ṡ', '\u1FBE': 'ι' };
const marks = new RegExp(`[${passedOver}]+`, 'gu');
const beyondAscii = /[^\x20-\x7E]/gu;

/** A character as unicode61 keeps it: a Latin letter loses its marks, those of other scripts are part of the letter. */
function foldCharacter(character: string): string {
  const [lower = character] = character.toLowerCase();
  const known = alike[lower] ?? lower;
  const base = known.normalize('NFD');
  return base.length > 1 && /^[a-z]\p{M}+$/u.test(base) ? base.slice(0, 1) : known;
}

/** Lower case and, for Latin letters, without diacritics, as unicode61 with remove_diacritics 2 has it. */
export function fold(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : text.replace(marks, '').replace(beyondAscii, foldCharacter).toLowerCase();
}

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const out: Word[] = [];
  for (const match of text.matchAll(wordPattern)) out.push({ folded: fold(match[0]), start: match.index, end: match.index + match[0].length });
  return out;
}

const wordAt = new RegExp(wordPattern.source, 'uy');
/** What an ASCII character is in a text: 1 in a word, 0 between words. */
const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => (/[0-9A-Za-z]/.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Calls `visit` for the words from `from`, in order, until one begins at or after `to`; answers where it stopped, between two
 * words. For long texts: nothing is made for a word, and ASCII is read without a pattern.
 */
export function scanWords(text: string, from: number, to: number, visit: (start: number, end: number, isAscii: boolean) => void): number {
  let at = from;
  while (at < to && at < text.length) {
    const start = at;
    let code = text.charCodeAt(at);
    while (code < 128 && asciiKinds[code] === 1) {
      at += 1;
      code = at < text.length ? text.charCodeAt(at) : 0;
    }
    if (code < 128) {
      if (at > start) visit(start, at, true);
      at += 1;
      continue;
    }
    wordAt.lastIndex = start;
    const length = wordAt.exec(text)?.[0].length ?? 0;
    if (length > 0) visit(start, start + length, length === at - start);
    at = length > 0 ? start + length : at + ((text.codePointAt(at) ?? 0) > 0xFFFF ? 2 : 1);
  }
  return Math.min(at, text.length);
}

/** The Porter stem of a folded word, as the index keeps it. */
export function stem(folded: string): string {
  const bytes = ascii.test(folded) ? folded.length : Buffer.byteLength(folded);
  return bytes < 3 || bytes > 64 ? folded : stemmer(folded);
}
