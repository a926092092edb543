import { stemmer } from 'stemmer';

/** A word as the index sees it: folded (lower case, without diacritics), with its span in the text. */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** What unicode61 takes for part of a word: letters, numbers, private use; marks follow the letter they stand on. */
const wordPattern = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const anyWord = /[\p{L}\p{N}\p{Co}]/u;
const ascii = /^[\x20-\x7E]*$/;

/** True when the index would find at least one word in the text. */
export function hasWord(text: string): boolean {
  return anyWord.test(text);
}

/** Lower case and without diacritics, as unicode61 with remove_diacritics 2 has it for Latin, Greek and Cyrillic. */
export function fold(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '').normalize('NFC');
}

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const out: Word[] = [];
  for (const match of text.matchAll(wordPattern)) out.push({ folded: fold(match[0]), start: match.index, end: match.index + match[0].length });
  return out;
}

/** The Porter stem of a folded word, as the index keeps it. */
export function stem(folded: string): string {
  return folded.length < 3 || folded.length > 64 ? folded : stemmer(folded);
}
