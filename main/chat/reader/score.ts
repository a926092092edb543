/** How well each sentence of a text stands as an answer to a question. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { stemsOf } from '../stems.ts';
import { holdsWanted, type Question } from './question.ts';

export interface ScoredSentence extends Span {
  readonly score: number;
  /** Weighted share of the question's words that the sentence holds, from 0 to 1; its neighbours and its title count a little. */
  readonly support: number;
  /** Stems of its words, to tell sentences that say the same. */
  readonly stems: ReadonlySet<string>;
}

/** What counts beside the words that the sentence itself holds. Calibrated on the sample case; test/main/chat/reader holds the figures. */
const parts = { neighbour: 0.25, title: 0.3, pairs: 0.2, wanted: 0.15, document: 0.25 } as const;

interface Read extends Span {
  readonly stems: readonly string[];
  readonly set: ReadonlySet<string>;
}

/** Scores the sentences that hold a word of the question. `title` describes the whole text; `closeness` is 0 to 1, how well the whole text fits. */
export function scoreSentences(question: Question, body: string, sentences: readonly Span[], title: string, closeness: number): ScoredSentence[] {
  const read = sentences.map((span): Read => {
    const stems = stemsOf(body.slice(span.start, span.end));
    return { ...span, stems, set: new Set(stems) };
  });
  const titleStems = new Set(stemsOf(title));
  const out: ScoredSentence[] = [];
  for (const [index, sentence] of read.entries()) {
    const scored = scoreOne(question, body, sentence, [read[index - 1]?.set, read[index + 1]?.set], titleStems, closeness);
    if (scored !== null) out.push(scored);
  }
  return out;
}

function scoreOne(question: Question, body: string, sentence: Read, neighbours: readonly (ReadonlySet<string> | undefined)[], title: ReadonlySet<string>, closeness: number): ScoredSentence | null {
  let total = 0;
  let own = 0;
  let around = 0;
  for (const [word, weight] of question.weightByStem) {
    total += weight;
    if (sentence.set.has(word)) own += weight;
    else if (title.has(word)) around += weight * parts.title;
    else if (neighbours.some((each) => each?.has(word) === true)) around += weight * parts.neighbour;
  }
  if (own === 0 || total === 0) return null;
  const support = (own + around) / total;
  const text = body.slice(sentence.start, sentence.end);
  const wanted = holdsWanted(text, question.wanted) ? parts.wanted : 0;
  const score = (support + parts.pairs * pairShare(question, sentence.stems) + wanted + parts.document * closeness) * lengthFactor(sentence.stems.length) * formFactor(text);
  return { start: sentence.start, end: sentence.end, score, support, stems: sentence.set };
}

function pairShare({ pairs }: Question, stems: readonly string[]): number {
  if (pairs.length === 0) return 0;
  const standing = new Set(stems.map((each, index) => `${each} ${stems[index + 1] ?? ''}`));
  return pairs.filter((pair) => standing.has(pair)).length / pairs.length;
}

/** A heading or a fragment says little; a page of text says too much at once. */
function lengthFactor(words: number): number {
  if (words < 5) return 0.55 + words * 0.08;
  return words <= 45 ? 1 : Math.max(0.6, 1 - (words - 45) / 150);
}

/** A question answers nothing; what ends without a stop is often a heading. */
function formFactor(text: string): number {
  if (text.endsWith('?')) return 0.7;
  return /[.!;:)\]"”’]$/.test(text) || /[,;|\t]/.test(text) ? 1 : 0.85;
}
