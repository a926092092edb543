/** How well each sentence of a text stands as an answer to a question. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { stopWords } from '../../search/index.ts';
import { nearness, type ReadText } from '../check/index.ts';
import { isHeadLine, isMarkLine } from './head-lines.ts';
import type { Question } from './question.ts';
import { holdsWanted, mayAnswer } from './wanted.ts';

export interface ScoredSentence extends Span {
  readonly score: number;
  /** What its form takes from that, from 0 to 1: 1 for a sentence that states something. */
  readonly form: number;
  /** Weighted share of the question's words that the sentence holds, from 0 to 1; what stands around it counts a little. */
  readonly support: number;
  /** Whether the sentence can answer at all: what is asked, of whom, and a thing of the kind that is asked for stand in it or around it. */
  readonly isAbout: boolean;
  /** Keys of its words, to tell sentences that say the same. */
  readonly keys: ReadonlySet<string>;
}

/** What a word counts that stands not in the sentence but beside it, two sentences off, in the head of its message, in the title, or elsewhere in the text. */
const places = { beside: 0.5, near: 0.35, head: 0.4, title: 0.4, text: 0.2 } as const;
/** What counts beside the words. Set by hand on the sample case and on questions of our own over mail, not fitted. */
const parts = { pairs: 0.25, wanted: 0.2, document: 0.2 } as const;
/** Least share of the words that say what is asked, found in the sentence or near it, for it to be about the question. */
const leastMatter = 0.4;
/** A word found elsewhere in the text counts this much for that. */
const farMatter = 0.4;
/** What a heading keeps of its score where a statement is looked for. */
const headingShare = 0.8;
/** More than this share of the names must stand somewhere in the text. */
const leastNames = 0.5;

/** The keys of a text, once each, and for each sentence the keys of the head of the message that it stands in. */
interface Surroundings {
  readonly all: ReadonlySet<string>;
  readonly heads: readonly ReadonlySet<string>[];
}

const none: ReadonlySet<string> = new Set();

function surroundingsOf(text: ReadText): Surroundings {
  const all = new Set(text.title);
  const heads: ReadonlySet<string>[] = [];
  let head = new Set<string>();
  let wasHead = false;
  for (const { set, start, end } of text.sentences) {
    for (const key of set) all.add(key);
    const isHead = isHeadLine(text.body.slice(start, Math.min(end, start + 120)));
    // One set for all lines of a head: each stands for the whole of it.
    if (isHead && !wasHead) head = new Set();
    if (isHead) for (const key of set) head.add(key);
    wasHead = isHead;
    heads.push(head);
  }
  return { all, heads };
}

/** Scores the sentences that hold a word of the question. `closeness` is 0 to 1, how well the whole text fits. */
export function scoreSentences(question: Question, text: ReadText, closeness: number): ScoredSentence[] {
  const around = surroundingsOf(text);
  const anywhere = question.words.map(({ key }) => nearness(key, around.all));
  const namesFound = question.names.filter((run) => run.some((key) => nearness(key, around.all) > 0)).length;
  const hasNames = question.names.length === 0 || namesFound / question.names.length > leastNames;
  const out: ScoredSentence[] = [];
  for (let index = 0; index < text.sentences.length; index += 1) {
    const scored = scoreOne(question, text, index, { anywhere, hasNames, head: around.heads[index] ?? none, closeness });
    if (scored !== null) out.push(scored);
  }
  return out;
}

function scoreOne(question: Question, text: ReadText, index: number, { anywhere, hasNames, head, closeness }: { readonly anywhere: readonly number[]; readonly hasNames: boolean; readonly head: ReadonlySet<string>; readonly closeness: number }): ScoredSentence | null {
  const sentence = text.sentences[index];
  if (sentence === undefined || question.words.length === 0) return null;
  const written = text.body.slice(sentence.start, sentence.end);
  const own = question.isAboutMail && isHeadLine(written) ? head : sentence.set;
  if (!question.words.some(({ key }, word) => (anywhere[word] ?? 0) > 0 && nearness(key, own) > 0)) return null;
  const at = (offset: number): ReadonlySet<string> => text.sentences[index + offset]?.set ?? none;
  let total = 0;
  let support = 0;
  let matter = 0;
  let matterTotal = 0;
  let isNear = false;
  let isCounted = question.counted === null;
  for (const [word, { key, weight, part }] of question.words.entries()) {
    const found = anywhere[word] ?? 0;
    const here = found === 0 ? 0 : nearness(key, own);
    const there = here === 1 || found === 0 ? 0 : Math.max(
      places.beside * Math.max(nearness(key, at(-1)), nearness(key, at(1))), places.near * Math.max(nearness(key, at(-2)), nearness(key, at(2))),
      places.head * nearness(key, head), places.title * nearness(key, text.title), places.text * found,
    );
    if (key === question.counted) isCounted = here > 0;
    total += weight;
    support += weight * Math.max(here, there);
    if (part === 'kind' && here > 0) {
      matterTotal += weight;
      matter += weight;
    }
    if (part === 'matter') {
      matterTotal += weight;
      isNear ||= Math.max(here, there) > places.text * found;
      matter += weight * Math.max(here, there > places.text * found ? found : found * farMatter);
    }
  }
  const wanted = holdsWanted(written, question.wanted, question.text) ? parts.wanted : 0;
  const form = question.form === 'statement' ? (sentence.isHeading || isHeadLine(written) ? headingShare : 1) : formFactor(written, question, sentence.keys.length);
  const score = (support / total + parts.pairs * pairShare(question, sentence.keys) + wanted + parts.document * closeness) * form;
  const isAbout = question.form === 'statement' || (hasNames && isCounted && (matterTotal === 0 || (isNear && matter / matterTotal >= leastMatter)) && mayAnswer(written, question.wanted, question.text));
  return { start: sentence.start, end: sentence.end, score, form, support: support / total, isAbout, keys: sentence.set };
}

function pairShare({ pairs }: Question, keys: readonly string[]): number {
  if (pairs.length === 0) return 0;
  const telling = keys.filter((key) => !stopWords.has(key));
  const standing = new Set(telling.map((each, index) => `${each} ${telling[index + 1] ?? ''}`));
  return pairs.filter((pair) => standing.has(pair)).length / pairs.length;
}

/** A heading or a fragment says little; a page of text says too much at once. */
function lengthFactor(words: number): number {
  if (words < 5) return 0.55 + words * 0.08;
  return words <= 45 ? 1 : Math.max(0.6, 1 - (words - 45) / 150);
}

/** Lines of a message's head that answer who and when. */
const answeringLine = { person: /^\W*from\b/i, time: /^\W*(?:sent|date)\b/i, clock: /^\W*(?:sent|date)\b/i } as const;

/** A question answers nothing; what ends without a stop is often a heading; a line of a message's head answers only what is asked of messages. */
function formFactor(written: string, { isAboutMail, wanted }: Question, words: number): number {
  if (isMarkLine(written)) return 0.3;
  if (isHeadLine(written)) {
    if (!isAboutMail) return 0.6 * lengthFactor(words);
    return wanted === 'person' || wanted === 'time' || wanted === 'clock' ? (answeringLine[wanted].test(written) ? 1 : 0.5) : 1;
  }
  if (written.endsWith('?')) return 0.7 * lengthFactor(words);
  return lengthFactor(words) * (/[.!;:)\]"”’]$/.test(written) || /[,;|\t]/.test(written) ? 1 : 0.85);
}
