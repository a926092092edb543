/** Whether a question can be read by itself, or leans on the one before it: "And when?", "Who repaired it?", "What about pump 2A?" Pure. */
import { contentWords, stopWords, wordsOf } from '../../search/index.ts';
import { askingWords, auxiliary, opensQuestion } from './asking.ts';

/** Begins a question that goes on. */
const goesOn = /^\W*(?:(?:and|but|or|so|also)\b|(?:and |but )?(?:what|how) about\b)/i;
/** A question that goes on and has more telling words than this says what it is about. */
const fewWords = 3;
/** Somebody or something that was named. */
const pronoun = /^(?:it|its|he|him|his|she|her|hers|they|them|their|theirs)$/;
const person = /\b(?:he|him|his|she|her|hers|they|them|their|theirs)\b/i;
/** "Is it true that": stands for nothing. */
const emptyIt = /\bit\s+(?:is\s+|was\s+)?(?:true|so|possible|likely|known|said|clear|right|correct|the case)\s+(?:that|if|whether|to|for)\b/i;
/** "Why was that?", "who said this?", "after that". */
const pointing = /\b(?:this|that|these|those)\s*(?:[?.!,;]|$)|\b(?:is|was|were|are|did|does|do|after|before|about|of|for|from|with|by|than|like|since|until)\s+(?:this|that|these|those)\b(?!\s+(?:case|document|file|page|folder|message|e-?mail|passage|selection|text)\b)/i;
/** "The other one", "the same", "the rest". */
const pointingNoun = /\bthe (?:other|others|same|rest|former|latter)\b|\bthe (?:first|second|third|last|next|other) ones?\b|\bwhich ones?\b/i;
const determiner = /^(?:the|a|an|our|your|my|which|what|whose|each|every|all|many|any|some|no)$/;

/** True for a question that goes on from another and asks the same of something else, or something else of the same, in a word or two. */
export function isEllipsis(question: string): boolean {
  const own = tellingWords(question).length;
  return (goesOn.test(question) && own <= fewWords) || (own <= 2 && /\?\s*$/.test(question) && !opensQuestion.test(question) && !wordsOf(question).some(({ folded }) => auxiliary.test(folded)));
}

/** True for a question that says neither of what nor of whom it asks. */
export function leansOnEarlier(question: string): boolean {
  return tellingWords(question).length === 0 || isEllipsis(question) || pointing.test(question) || pointingNoun.test(question) || (hasFreePronoun(question) && !emptyIt.test(question));
}

/** True for a question about somebody whom an answer may have named. */
export function asksOfPerson(question: string): boolean {
  return person.test(question);
}

/** The questions that a question is to be read with, oldest first; empty when it stands alone. `earlier` are those before it, newest first. */
export function questionsToReadWith<T extends { readonly question: string }>(question: string, earlier: readonly T[]): T[] {
  if (!leansOnEarlier(question)) return [];
  const standing = earlier.findIndex((each) => !leansOnEarlier(each.question));
  return earlier.slice(0, standing < 0 ? earlier.length : standing + 1).toReversed();
}

/** Words that say what a question is about; none for "and when?". */
function tellingWords(question: string): string[] {
  return contentWords(question).filter((word) => !askingWords.has(word) && !stopWords.has(word));
}

/** A pronoun before which the question names nothing that it could stand for. */
function hasFreePronoun(question: string): boolean {
  let isNamed = false;
  let before = '';
  for (const [index, { folded, start }] of wordsOf(question).entries()) {
    if (pronoun.test(folded) && !isNamed) return true;
    const isName = index > 0 && /\p{Lu}/u.test(question[start] ?? '') && folded !== 'i';
    if (isName || /\d/.test(folded) || ((determiner.test(before) || auxiliary.test(before)) && !stopWords.has(folded))) isNamed = true;
    before = folded;
  }
  return false;
}
