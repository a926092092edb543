import { stem, wordsOf } from '../search/index.ts';

const stemByWord = new Map<string, string>();
const rememberedWords = 50_000;

/** The stem of a folded word. Stemming is the dearest step of reading; most words come again. */
export function stemOf(word: string): string {
  let known = stemByWord.get(word);
  if (known === undefined) {
    if (stemByWord.size > rememberedWords) stemByWord.clear();
    known = stem(word);
    stemByWord.set(word, known);
  }
  return known;
}

/** Stems of the words of a text, in order. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map(({ folded }) => stemOf(folded));
}
