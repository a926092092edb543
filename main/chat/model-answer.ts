/** From a model's text to checked sentences: markers become citations, each citation a quote that stands in the stored text. Pure. */
import type { AnswerSentence } from '../../preload/contract/domains/chat.ts';
import { checkSupport, contentStems } from './check-support.ts';

/** A passage as far as citing needs it. */
export interface CitablePassage {
  readonly number: number;
  /** Offset of the passage in its document's text. */
  readonly start: number;
  readonly text: string;
}

/** A quote in a passage: `start` and `end` are offsets in the document's text. */
export interface FoundQuote {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

export interface CitedAnswer {
  readonly sentences: AnswerSentence[];
  /** In the order of their numbers; citation n is quotes[n - 1]. */
  readonly quotes: FoundQuote[];
}

const marker = /\s*\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/** Sentences of a text with their exact places. A line break ends a sentence. */
export function sentencesOf(text: string): { readonly start: number; readonly end: number }[] {
  const out: { start: number; end: number }[] = [];
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  for (const line of text.matchAll(/[^\n]+/g)) {
    for (const { segment, index } of segmenter.segment(line[0])) {
      const lead = segment.length - segment.trimStart().length;
      const length = segment.trim().length;
      if (length > 0) out.push({ start: line.index + index + lead, end: line.index + index + lead + length });
    }
  }
  return out;
}

/** The sentence of a passage that shares most content words with what a model wrote. */
export function bestQuote(passage: CitablePassage, written: string): FoundQuote | null {
  const wanted = contentStems(written);
  let best: { readonly score: number; readonly start: number; readonly end: number } | null = null;
  for (const { start, end } of sentencesOf(passage.text)) {
    const words = contentStems(passage.text.slice(start, end));
    const shared = [...wanted].filter((word) => words.has(word)).length;
    const score = shared === 0 ? 0 : shared / Math.sqrt(words.size);
    if (score > 0 && (best === null || score > best.score)) best = { score, start, end };
  }
  return best === null ? null : { passage: passage.number, start: passage.start + best.start, end: passage.start + best.end, quote: passage.text.slice(best.start, best.end) };
}

/** Splits a model's text into sentences, takes the [n] markers out and finds the quote behind each. A marker without a passage cites nothing. */
export function citeAnswer(text: string, passages: readonly CitablePassage[]): CitedAnswer {
  const quotes: FoundQuote[] = [];
  const sentences: AnswerSentence[] = [];
  // A marker belongs to the sentence before it, also when it stands behind the full stop.
  const joined = text.replace(/([.!?])((?:\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+)/g, '$2$1');
  for (const { start, end } of sentencesOf(joined)) {
    const raw = joined.slice(start, end);
    const written = raw.replace(marker, '').trim();
    if (written === '') continue;
    const numbers: number[] = [];
    for (const match of raw.matchAll(marker)) {
      for (const name of (match[1] ?? '').split(',')) {
        const passage = passages.find((candidate) => candidate.number === Number(name));
        const found = passage === undefined ? null : bestQuote(passage, written);
        if (found === null) continue;
        let at = quotes.findIndex((known) => known.passage === found.passage && known.start === found.start && known.end === found.end);
        if (at < 0) at = quotes.push(found) - 1;
        if (!numbers.includes(at + 1)) numbers.push(at + 1);
      }
    }
    sentences.push({ text: written, support: checkSupport(written, numbers.map((number) => quotes[number - 1]?.quote ?? '')), citations: numbers });
  }
  return { sentences, quotes };
}
