import type { BulkQuote } from '../../../preload/contract/domains/bulk.ts';
import { findWords, judge, readClaim, type Evidence, type Rarity } from '../check/index.ts';
import type { BulkChunk } from './kind.ts';

/** Longer words of a model are no quote: they are looked for by their beginning. */
const longestQuote = 1000;

/** The place of a model's quote in the chunk: word for word with layout set aside, else nearly. Null for a quote of nothing. Pages are added when it is kept. */
export function placeQuote(words: string, chunk: Pick<BulkChunk, 'text' | 'start'>): BulkQuote | null {
  const wanted = words.trim().slice(0, longestQuote);
  if (wanted === '') return null;
  const at = chunk.text.indexOf(wanted);
  const found = at >= 0 ? { start: at, end: at + wanted.length, score: 1 } : findWords(chunk.text, wanted);
  if (found === null) return { start: chunk.start, end: chunk.start, quote: wanted, page: null, check: 'not-found', score: null };
  return {
    start: chunk.start + found.start, end: chunk.start + found.end, quote: chunk.text.slice(found.start, found.end), page: null,
    check: found.score === 1 ? 'verbatim' : 'fuzzy', score: found.score === 1 ? null : found.score,
  };
}

/** How well a value stands on its quote: its own words are in it, or they bear it as they would a sentence. A true quote of something else bears nothing. */
export function supportOfValue(value: string, quote: BulkQuote | null, around: Pick<Evidence, 'around' | 'shortForms'>, rarity: Rarity): 'supported' | 'partly' | 'unsupported' | 'uncited' {
  if (quote === null) return 'uncited';
  if (quote.check === 'not-found') return 'unsupported';
  const words = value.length <= longestQuote ? wordsIn(value) : '';
  if (words !== '' && ` ${wordsIn(quote.quote)} `.includes(` ${words} `)) return 'supported';
  return judge(readClaim(value, rarity), { quote: quote.quote, ...around }).support;
}

/** The words of a text, folded, each without the signs at its ends; signs within one stay, for they tell numbers apart. */
const wordsIn = (text: string): string => text.normalize('NFKC').toLowerCase().split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '')).filter((word) => word !== '').join(' ');

/** How well an entry stands on its quote alone. */
export function supportOf(quote: BulkQuote | null): 'supported' | 'unsupported' | 'uncited' {
  if (quote === null) return 'uncited';
  return quote.check === 'not-found' ? 'unsupported' : 'supported';
}
