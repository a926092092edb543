/**
 * Does the cited text carry the sentence? A first check by words: every number of the sentence must stand in the quotes, and most of
 * its content words. It is the same for every model; it never trusts what a model says of itself. Pure.
 */
import type { Support } from '../../preload/contract/domains/chat.ts';
import { contentWords, stem, stopWords } from '../search/index.ts';

const supportedShare = 0.65;
const partlyShare = 0.35;

/** Stems of the words of a text that carry content; empty when it has none but stop words. */
export function contentStems(text: string): Set<string> {
  const words = contentWords(text).filter((word) => !stopWords.has(word));
  return new Set(words.map((word) => stem(word)));
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
  const words = contentStems(sentence);
  if (words.size === 0) return 'partly';
  const present = contentStems(evidence);
  const share = [...words].filter((word) => present.has(word)).length / words.size;
  const numbers = numbersIn(evidence);
  const numbersStand = [...numbersIn(sentence)].every((number) => numbers.has(number));
  if (share >= supportedShare && numbersStand) return 'supported';
  return share >= partlyShare ? 'partly' : 'unsupported';
}
