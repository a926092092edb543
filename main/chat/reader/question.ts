/** What a question asks for: its telling words with their weights and parts, their neighbourhoods, and the kind of thing that would answer. */
import { contentWords, stem, stopWords, wordsOf } from '../../search/index.ts';
import { keyOf, likeWordsOf, type Rarity } from '../check/index.ts';
import { askingWords, auxiliary, opensQuestion } from './asking.ts';
import { isEllipsis } from './leans-on.ts';
import { wantedIn, type Wanted } from './wanted.ts';

/**
 * What a word does in a question. `name`: it says of whom or of what. `matter`: it says what is asked of it; an answer without any of
 * these is about something else. `kind`: it only says what sort of thing answers ("which senator"), and an answer may leave it out.
 */
export type WordPart = 'name' | 'matter' | 'kind';

/** A telling word of a question. */
export interface QuestionWord {
  /** What it is compared by (check/words.ts). */
  readonly key: string;
  /** Its inverse document frequency; more for names and numbers, less for what an answer may leave out. */
  readonly weight: number;
  readonly part: WordPart;
}

export interface Question {
  readonly text: string;
  /** `open` asks for something (who, when, how many); `statement` says it, or asks whether it is so: what bears a claim answers it. */
  readonly form: 'open' | 'statement';
  /** FTS5 expression of the words and of those that say the same; empty when nothing is asked. */
  readonly match: string;
  readonly words: readonly QuestionWord[];
  /** Telling keys that follow each other in the question, joined by a blank; small words between them are passed over. */
  readonly pairs: readonly string[];
  /** Runs of name words, as keys: "European Union" is one. */
  readonly names: readonly (readonly string[])[];
  readonly wanted: Wanted;
  /** Key of what is counted ("how many customers"): an answer names it; null when nothing is. */
  readonly counted: string | null;
  /** True when it asks who wrote or sent something, or when: lines of a message's head may answer. */
  readonly isAboutMail: boolean;
}

const imperative = /^\s*(?:please\s+)?(?:list|name|give|tell|show|find|describe|explain|summari[sz]e)\b/i;
const mailWords = /^\W*(?:who|when|(?:on )?(?:what|which) (?:day|date|time))\b.*\b(?:sent|send|wrote|write|e-?mail(?:ed)?|message|mail|cc|copied|forward(?:ed)?|subject)\b/i;
const mailNouns = 'send sent write wrote written email emailed mail message copy copied forward forwarded subject'.split(' ');
/** The noun behind "which": "which two companies". */
const kindOfThing = /\b(?:[Ww]hich|[Ww]hose)\s+((?:[\p{Ll}-]+\s+){0,2}?[\p{Ll}-]+)\s+(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|may|might|must|\p{Ll}+ed|\p{Ll}+s)\b/u;
/** Verbs that an answer often leaves out: what somebody wants or thinks is what he says. */
const plain = new Set('want wants wanted think thinks thought believe believes believed get gets make makes take takes go goes come comes use uses need needs'.split(' '));
/** What words weigh beside their rarity. The deed is the verb of the question: what else shares its nouns is about something else. */
const shares = { kind: 0.4, name: 1.25, deed: 2, matter: 1 } as const;

/** Folded words that are the question's verb as far as its place tells: behind "who", behind "did" and a name, or in -ed. */
function deedsOf(text: string, telling: readonly string[], names: ReadonlySet<string>): ReadonlySet<string> {
  const words = wordsOf(text).map(({ folded }) => folded);
  const after = words[words.indexOf('who') + 1];
  if (words.includes('who') && after !== undefined && !auxiliary.test(after) && !stopWords.has(after)) return new Set([after]);
  const did = words.findIndex((word) => /^(?:did|does|do)$/.test(word));
  const subject = did < 0 ? undefined : words.slice(did + 1).find((word) => !stopWords.has(word));
  const verb = subject === undefined || !names.has(subject) ? undefined : words.slice(did + 1).find((word) => !stopWords.has(word) && !names.has(word));
  if (verb !== undefined && !plain.has(verb)) return new Set([verb]);
  return new Set(telling.filter((word) => word.length > 4 && word.endsWith('ed')));
}

/** Words with a capital that stand side by side, without the one that the question begins with. */
function namesIn(text: string): string[][] {
  const out: string[][] = [];
  let end = -1;
  for (const { folded, start, end: to } of wordsOf(text).slice(1)) {
    if (!/\p{Lu}/u.test(text[start] ?? '') || stopWords.has(folded)) continue;
    if (end >= 0 && /^[ '’-]+$/.test(text.slice(end, start))) out.at(-1)?.push(folded);
    else out.push([folded]);
    end = to;
  }
  return out;
}

/** What a question leans on: the questions to read it with, oldest first, and what was answered to the last, where it may name whom it asks about. */
export interface Leaning {
  readonly questions: readonly string[];
  readonly answered: string;
}

export const leansOnNothing: Leaning = { questions: [], answered: '' };

/** Reads a question, with those that it leans on. `rarity` answers the inverse document frequency of a stem. */
export function readQuestion(text: string, rarity: Rarity, { questions, answered }: Leaning = leansOnNothing): Question {
  if (questions.length === 0) return readAlone(text, rarity);
  // Of "And when?" no word is looked for where others say what it is about.
  const [first = readAlone(text, rarity), ...rest] = [...questions, text].map((each) => readAlone(each, rarity, true));
  const share = answered === '' ? leanShares.before : leanShares.beforeNamed;
  const whole = rest.reduce((before, own) => goOn(before, own, share), first);
  return answered === '' ? whole : withNames(whole, answered, rarity);
}

/** What words of the question before weigh beside the question's own: less where an answer has named whom it asks about. Set by hand, as the shares above. */
const leanShares = { before: 0.6, beforeNamed: 0.25 } as const;

/** A question as it stands after another: "And when?" takes over of what, "And pump 2A?" what is asked of it. */
function goOn(before: Question, own: Question, share: number): Question {
  const asks = own.wanted !== null || opensQuestion.test(own.text);
  const hasMatter = own.words.some(({ part }) => part === 'matter');
  // "And pump 2A?": the new name stands in the place of the old.
  const isInstead = isEllipsis(own.text) && own.words.some(({ part }) => part === 'name');
  const wordByKey = new Map(own.words.map((word) => [word.key, word]));
  for (const word of before.words) {
    if (wordByKey.has(word.key) || (isInstead && word.part === 'name')) continue;
    wordByKey.set(word.key, !asks || !hasMatter ? word : { ...word, weight: word.weight * share, part: word.part === 'matter' ? 'kind' : word.part });
  }
  return {
    text: `${before.text}\n${own.text}`,
    form: asks ? own.form : before.form,
    match: [before.match, own.match].filter((each) => each !== '').join(' OR '),
    words: [...wordByKey.values()],
    pairs: [...own.pairs, ...before.pairs],
    // What is asked of somebody else may stand where his name does not.
    names: isInstead || hasMatter ? own.names : [...before.names, ...own.names],
    wanted: asks ? own.wanted : before.wanted,
    counted: asks ? own.counted : before.counted,
    isAboutMail: asks ? own.isAboutMail : before.isAboutMail,
  };
}

/** Names of an answer, to look for; a text need not hold them. */
function withNames(question: Question, answered: string, rarity: Rarity): Question {
  const words = wordsOf(answered).filter(({ folded, start }) => /\p{Lu}/u.test(answered[start] ?? '') && !stopWords.has(folded)).map(({ folded }) => folded);
  const fresh = [...new Set(words)].map((word) => ({ word, key: keyOf(stem(word)) })).filter(({ key }) => !question.words.some((known) => known.key === key));
  return {
    ...question,
    match: [question.match, ...fresh.map(({ word }) => `"${word}"`)].filter((each) => each !== '').join(' OR '),
    words: [...question.words, ...fresh.map(({ word, key }): QuestionWord => ({ key, weight: rarity(stem(word)), part: 'name' }))],
  };
}

function readAlone(text: string, rarity: Rarity, isTellingOnly = false): Question {
  const all = wordsOf(text);
  const contents = contentWords(text);
  const telling = contents.filter((word) => !askingWords.has(word));
  const kept = isTellingOnly ? telling.filter((word) => !stopWords.has(word)) : telling.length === 0 ? contents : telling;
  const runs = namesIn(text);
  const names = new Set(runs.flat());
  const form = imperative.test(text) || opensQuestion.test(text.slice(0, 60)) || /\b(?:who|what|which|when|where|why|how)\b[^.]*\?/i.test(text) ? 'open' : 'statement';
  const isAboutMail = mailWords.test(text);
  const kind = new Set([...plain, ...(isAboutMail ? mailNouns : []), ...(form === 'open' ? wordsOf(kindOfThing.exec(text)?.[1] ?? '').map(({ folded }) => folded) : [])]);
  const deeds = form === 'open' ? deedsOf(text, kept, names) : new Set<string>();
  const wordByKey = new Map<string, QuestionWord>();
  for (const word of kept) {
    const key = keyOf(stem(word));
    const part: WordPart = names.has(word) || /\d/.test(word) ? 'name' : kind.has(word) ? 'kind' : 'matter';
    const weight = rarity(stem(word)) * shares[part === 'matter' && deeds.has(word) ? 'deed' : part];
    if ((wordByKey.get(key)?.weight ?? 0) < weight) wordByKey.set(key, { key, weight, part });
  }
  const [countedWord] = contentWords(/\bhow many\s+(.*)/is.exec(text)?.[1] ?? '');
  const keys = all.flatMap(({ folded }) => (stopWords.has(folded) ? [] : [keyOf(stem(folded))]));
  const pairs = keys.slice(1).map((key, index) => `${keys[index] ?? ''} ${key}`);
  const match = [...new Set(kept.flatMap((word) => [word, ...likeWordsOf(word)]))].map((word) => `"${word}"`).join(' OR ');
  return { text, form, match, words: [...wordByKey.values()], pairs, names: runs.map((run) => run.map((word) => keyOf(stem(word)))), wanted: form === 'open' ? wantedIn(text) : null, counted: countedWord === undefined ? null : keyOf(stem(countedWord)), isAboutMail };
}
