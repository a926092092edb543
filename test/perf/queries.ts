import { vocabularyWord } from './corpus.ts';

/** A query in our language, and what SQLite's own MATCH calls the same; null where it has no such thing. */
export interface PerfQuery {
  readonly kind: 'common' | 'medium' | 'rare' | 'phrase' | 'prefix' | 'boolean' | 'filter';
  readonly text: string;
  readonly match: string | null;
}

const word = vocabularyWord;
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

/** Sixty queries over the generated vocabulary, from words in every document to words in a few. */
export const perfQueries: readonly PerfQuery[] = [
  ...times(8, (at) => ({ kind: 'common' as const, text: word(2 + at * 3), match: word(2 + at * 3) })),
  ...times(10, (at) => ({ kind: 'medium' as const, text: `${word(200 + at * 37)} ${word(90 + at * 11)}`, match: `${word(200 + at * 37)} ${word(90 + at * 11)}` })),
  ...times(10, (at) => ({ kind: 'rare' as const, text: word(20_000 + at * 997), match: word(20_000 + at * 997) })),
  ...times(8, (at) => ({ kind: 'phrase' as const, text: `"${word(at)} ${word(at + 1)}"`, match: `"${word(at)} ${word(at + 1)}"` })),
  ...times(8, (at) => ({ kind: 'prefix' as const, text: `${word(900 + at * 31).slice(0, 5)}*`, match: `${word(900 + at * 31).slice(0, 5)}*` })),
  ...times(8, (at) => ({ kind: 'boolean' as const, text: `(${word(40 + at)} OR ${word(60 + at)}) AND NOT ${word(30 + at)}`, match: `(${word(40 + at)} OR ${word(60 + at)}) NOT ${word(30 + at)}` })),
  ...times(8, (at) => ({ kind: 'filter' as const, text: `${word(15 + at)} type:text date:${2015 + at}`, match: null })),
];
