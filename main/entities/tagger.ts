import { featureCount, featureRows } from './features.ts';
import { listingsOf } from './lexicon.ts';
import { isNationality, isPlausible } from './plausible.ts';
import { spanOf, type Span } from './span.ts';
import { contextTypes } from './tags.ts';
import type { Token } from './tokens.ts';
import { bestTags } from './viterbi.ts';
import { trainedWeights } from './weights.ts';

// Tokens that are tagged together: enough that a span is rarely cut, few enough that memory stays flat.
const windowSize = 4096;

/** The spans that context tells: names, places, addresses and the like. Tokens that rules found stay outside. */
export function tagSpans(text: string, tokens: readonly Token[], phoneValues: ReadonlyMap<number, string>): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < tokens.length; from += windowSize) {
    const own = tokens.slice(from, from + windowSize);
    const rows = featureRows(own, listingsOf);
    const tags = bestTags(rows.subarray(0, own.length * featureCount), Uint8Array.from(own, ({ kind }) => (kind === 'found' ? 1 : 0)), trainedWeights());
    for (let index = 0; index < own.length; index += 1) {
      const tag = tags[index] ?? 0;
      const first = own[index];
      if (first !== undefined && tag === 0 && isNationality(first)) spans.push(spanOf(text, 'NRP', first.start, first.end));
      if (tag === 0) continue;
      const type = contextTypes[(tag - 1) >> 1];
      const begin = index;
      while (index + 1 < own.length && tags[index + 1] !== 0 && (tags[index + 1] ?? 0) % 2 === 0) index += 1;
      const last = own[index];
      if (type === undefined || first === undefined || last === undefined || !isPlausible(type, own.slice(begin, index + 1))) continue;
      spans.push(spanOf(text, type, first.start, last.end, type === 'PHONE_NUMBER' ? phoneValues.get(first.start) : undefined));
    }
  }
  return spans;
}
