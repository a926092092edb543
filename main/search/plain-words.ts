import { readPathsOf, topContents, type ReadDb } from '../store/reader.ts';
import { stopWords } from './stop-words.ts';
import { wordsOf } from './words.ts';

/** A document found for plain words. */
export interface PlainHit {
  readonly content: number;
  readonly number: number;
  readonly path: string;
  readonly score: number;
}

/** The distinct words of a text that are worth looking for; all of them when they are all stop words. */
export function contentWords(text: string): string[] {
  const words = [...new Set(wordsOf(text).map(({ folded }) => folded))];
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.length === 0 ? words : telling;
}

/** Documents for a text taken as plain words, any of which may be there: best first, at most `depth`. */
export function searchPlainWords(db: ReadDb, text: string, depth: number): PlainHit[] {
  const words = contentWords(text);
  if (words.length === 0) return [];
  const { numbers, scores } = topContents(db, words.map((word) => `"${word}"`).join(' OR '), depth);
  const places = readPathsOf(db, numbers);
  return numbers.flatMap((content, index) => {
    const place = places.get(content);
    return place === undefined ? [] : [{ content, ...place, score: scores[index] ?? 0 }];
  });
}
