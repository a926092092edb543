/** From a model's text to checked sentences: markers become citations, each citation a quote that stands in the stored text. Pure. */
import { setImmediate } from 'node:timers/promises';
import type { Span } from '../../preload/contract/domains/basics.ts';
import type { AnswerSentence } from '../../preload/contract/domains/chat.ts';
import { blocksOf, withoutSigns } from './answer-blocks.ts';
import { claimsNothing, findEvidence, isSaying, judge, mayBeBorne, nearestSentence, readClaim, readPassage, shortFormsIn, type Claim, type Evidence, type Rarity, type ReadText } from './check/index.ts';

/** A passage as far as citing needs it. */
export interface CitablePassage {
  readonly number: number;
  /** Offset of the passage in its document's text. */
  readonly start: number;
  readonly text: string;
  /** Title of its document: it stands around whatever the passage says. */
  readonly title: string;
}

/** A quote in a passage: `start` and `end` are offsets in the document's text. */
export interface FoundQuote {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  /** How nearly the quote says its sentence word for word, 1 or from .9; null when it says it in other words. */
  readonly nearness: number | null;
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
    const segments: { text: string; at: number }[] = [];
    for (const { segment, index } of segmenter.segment(line[0])) {
      const last = segments.at(-1);
      // The "?" of an address, or the "!" of an image, ends no sentence: nothing parts it from what follows.
      if (last !== undefined && /[!?][([{]?$/.test(last.text) && /^[\x21-\x7e]/.test(segment)) last.text += segment;
      else segments.push({ text: segment, at: index });
    }
    for (const { text: segment, at } of segments) {
      const lead = segment.length - segment.trimStart().length;
      const length = segment.trim().length;
      if (length > 0) out.push({ start: line.index + at + lead, end: line.index + at + lead + length });
    }
  }
  return out;
}

/** Sentences of one answer that are checked: nobody reads more, and a model that writes without end must not keep the engine. */
export const mostChecked = 500;
/** Work at a stretch before the engine may answer in between. */
const stretchMs = 10;

/**
 * Splits a model's text into sentences, takes the [n] markers out, finds the quote behind each and judges it. A marker without a passage cites
 * nothing. What follows the first `mostChecked` sentences is kept in one piece, uncited. The engine answers in between.
 */
export async function citeAnswer(text: string, passages: readonly CitablePassage[], rarity: Rarity): Promise<CitedAnswer> {
  const read = passages.map((passage): ReadPassage => ({ passage, text: readPassage(passage.text, passage.title) }));
  const quotes: FoundQuote[] = [];
  const sentences: AnswerSentence[] = [];
  /** The number of a quote, as the answer lists it. */
  const listed = (found: FoundQuote): number => {
    const at = quotes.findIndex((known) => known.passage === found.passage && known.start === found.start && known.end === found.end);
    return at < 0 ? quotes.push(found) : at + 1;
  };
  let since = performance.now();
  const blocks = blocksOf(text);
  for (const [index, { text: own, ...kind }] of blocks.entries()) {
    const block = { index, ...kind };
    if (sentences.length >= mostChecked) {
      sentences.push({ ...unread(blocks.slice(index).map((rest) => rest.text).join('\n')), block });
      break;
    }
    if (kind.kind === 'code') {
      // Nothing is read into code, and nothing in it is taken for a citation.
      sentences.push({ text: own, support: 'uncited', citations: [], missing: null, nearest: null, block });
      continue;
    }
    // A marker belongs to the sentence before it, also when it stands behind the full stop.
    const joined = own.replace(/([.!?])((?:\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+)/g, '$2$1');
    for (const { start, end } of kind.kind === 'row' ? [{ start: 0, end: joined.length }] : sentencesOf(joined)) {
      if (sentences.length >= mostChecked) {
        sentences.push({ ...unread(joined.slice(start)), block });
        break;
      }
      if (performance.now() - since > stretchMs) {
        await setImmediate();
        since = performance.now();
      }
      const raw = joined.slice(start, end);
      const written = raw.replace(marker, '').trim();
      if (written === '') continue;
      const claim = readClaim(withoutSigns(written), rarity);
      if (!raw.match(marker) && claimsNothing(claim, kind.kind)) {
        sentences.push({ text: written, support: 'uncited', citations: [], missing: null, nearest: null, block, isClaim: false });
        continue;
      }
      const named = new Set([...raw.matchAll(marker)].flatMap((match) => (match[1] ?? '').split(',').map(Number)));
      const cited = read.filter(({ passage }) => named.has(passage.number)).flatMap((each) => quoteIn(claim, each));
      const citations = [...new Set(cited.map(listed))];
      const judged = cited.length === 0 ? null : judge(claim, evidenceOf(cited, passages));
      const support = judged?.support === 'supported' && !isBorne(claim, cited, passages) ? 'partly' : judged?.support ?? 'uncited';
      // What no quote bears is shown with the passage that comes nearest, cited or not.
      const nearest = support === 'supported' || support === 'partly' ? null : citations[0] ?? nearestQuote(claim, read, listed);
      sentences.push({ text: written, support, citations, missing: judged?.missing ?? null, nearest, block });
    }
  }
  return { sentences, quotes };
}

/** A piece that nobody compared with anything. */
const unread = (text: string): AnswerSentence => ({ text, support: 'uncited', citations: [], missing: null, nearest: null });

interface ReadPassage {
  readonly passage: CitablePassage;
  readonly text: ReadText;
}

function quoteAt({ number, start, text }: CitablePassage, span: Span, nearness: number | null): FoundQuote {
  return { passage: number, start: start + span.start, end: start + span.end, quote: text.slice(span.start, span.end), nearness };
}

/** The part of a passage that bears a sentence: where it stands word for word or nearly, else the sentences that say most of it. Nothing when they share no word. */
function quoteIn(claim: Claim, { passage, text }: ReadPassage): FoundQuote[] {
  const found = findEvidence(claim, text);
  return found === null ? [] : [quoteAt(passage, found, found.nearness)];
}

/** What the quotes say together, and what stands around them. */
function evidenceOf(cited: readonly FoundQuote[], passages: readonly CitablePassage[]): Evidence {
  const around = passages.filter(({ number }) => cited.some(({ passage }) => passage === number)).flatMap(({ title, text }) => [title, text]).join('\n');
  return { quote: cited.map(({ quote }) => quote).join('\n'), around, shortForms: shortFormsIn(around) };
}

/** True when what is called supported is said, and not only ordered to be said, or made of the same few words. */
function isBorne(claim: Claim, cited: readonly FoundQuote[], passages: readonly CitablePassage[]): boolean {
  const saying = cited.filter(({ passage, start, quote }) => {
    const whole = passages.find(({ number }) => number === passage);
    const at = start - (whole?.start ?? 0);
    return isSaying(whole?.text ?? '', { start: at, end: at + quote.length });
  });
  if (saying.length === 0) return false;
  const { support, nearness } = judge(claim, evidenceOf(saying, passages));
  return support === 'supported' && mayBeBorne(claim, nearness);
}

/** The number of the quote that comes nearest in any passage; null when none shares a word with the sentence. */
function nearestQuote(claim: Claim, read: readonly ReadPassage[], listed: (found: FoundQuote) => number): number | null {
  const [best] = read.flatMap(({ passage, text }) => {
    const found = nearestSentence(claim, text);
    return found === null ? [] : [{ passage, found }];
  }).sort((a, b) => b.found.rank - a.found.rank);
  return best === undefined ? null : listed(quoteAt(best.passage, best.found, null));
}
