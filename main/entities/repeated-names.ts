import { folded, listings, listingsOf } from './lexicon.ts';
import { spanOf, type Span } from './span.ts';
import type { Token } from './tokens.ts';

const shortestName = 3;

/** Other places of the text where a word stands that belongs to a full name in it: `Karin Beike` makes `Beike` a name, too. */
export function repeatedNames(text: string, tokens: readonly Token[], spans: readonly Span[]): Span[] {
  const names = new Set<string>();
  for (const span of spans) {
    if (span.type !== 'PERSON') continue;
    const words = span.text.match(/[\p{L}\p{M}]+/gu) ?? [];
    if (words.length < 2) continue;
    for (const word of words) if (word.length >= shortestName && /^\p{Lu}/u.test(word) && (listingsOf(folded(word)) & (listings.common | listings.honorific)) === 0) names.add(word);
  }
  if (names.size === 0) return [];
  return tokens.filter(({ kind, text: own }) => kind === 'word' && names.has(own)).map(({ start, end }) => spanOf(text, 'PERSON', start, end));
}
