/**
 * Does the cited text carry the sentence? A first check by words: every number of the sentence must stand in the quotes, and most of
 * its content words. It is the same for every model; it never trusts what a model says of itself. Pure.
 */
import { stemmer } from 'stemmer';
import type { Support } from '../../preload/contract/domains/chat.ts';

/** Words that carry no content of their own. */
const stopWords = new Set('a an and are as at be been but by did do does for from had has have he her his i in into is it its of on or our she so than that the their them then there these they this those to was we were what when where which who whom whose why will with would you your not no'.split(' '));

const supportedShare = 0.65;
const partlyShare = 0.35;

/** Stemmed content words of a text, lower case. */
export function contentWords(text: string): Set<string> {
  const words = text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !stopWords.has(word)).map((word) => stemmer(word)));
}

/** Numbers as they are written, without separators of thousands: 49,500.00 and 49500 are the same. */
function numbersIn(text: string): Set<string> {
  const found = text.match(/\d[\d.,  ]*\d|\d/g) ?? [];
  return new Set(found.map((number) => number.replace(/[,  ]/g, '').replace(/\.0+$/, '')));
}

/** How well a sentence stands on its quotes. No quotes is `uncited`. */
export function checkSupport(sentence: string, quotes: readonly string[]): Support {
  if (quotes.length === 0) return 'uncited';
  const evidence = quotes.join('\n');
  const words = contentWords(sentence);
  if (words.size === 0) return 'partly';
  const present = contentWords(evidence);
  const share = [...words].filter((word) => present.has(word)).length / words.size;
  const numbers = numbersIn(evidence);
  const numbersStand = [...numbersIn(sentence)].every((number) => numbers.has(number));
  if (share >= supportedShare && numbersStand) return 'supported';
  return share >= partlyShare ? 'partly' : 'unsupported';
}
