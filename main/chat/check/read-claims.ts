/** Finding in a case what bears a sentence: texts by the index, their sentences by rank, the best few by judgement. Runs on the reading thread. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { bug } from '../../base/errors.ts';
import { contentWords } from '../../search/index.ts';
import { countTexts, countTextsWith, pageOf, readSource, topContents, topContentsWithin, type ReadDb } from '../../store/reader.ts';
import { splitSentences } from '../reader/sentences.ts';
import { readClaim, type Claim } from './claim.ts';
import { judgeSentence, rankSentences, withoutOrders, type FoundEvidence, type RankedSentence } from './evidence.ts';
import { compareJudgements, doubt, type Judgement } from './judge.ts';
import { readText } from './rank-sentences.ts';
import { supportModel } from './support-model.ts';
import { listedWords, type SupportModel } from './weigh.ts';
import type { Rarity } from './words.ts';

/** Texts that are read for one sentence. */
const maxTexts = 20;
const maxTextsInScope = 50;
/** Of a longer text only the parts are read that hold most of the sentence's words. */
const wholeChars = 60_000;
const partChars = 20_000;
const partsRead = 3;
const rememberedChars = 3_000_000;
/** Sentences that are judged, best rank first; and evidence that is shown at most. */
const judged = 3;
/** Below this share of the best rank a sentence is no further evidence. */
const nearBest = 0.6;
/** Beside evidence that supports, further evidence has at least this share of its score: the rest is noise. */
const worthShowing = 0.5;

/** A document that evidence may come from: its number and its content's. */
export interface ScopedDocument {
  readonly document: number;
  readonly content: number;
}

/** A quote that bears a sentence: word for word body.slice(start, end). `nearness` is set where the quote says nearly the sentence itself. */
export interface EvidenceQuote {
  readonly document: number;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly nearness: number | null;
}

/** The word on a sentence, and its quotes, the best first; none when nothing in scope touches it. */
export interface CheckedSentence extends Pick<Judgement, 'support' | 'score' | 'missing'> {
  readonly quotes: readonly EvidenceQuote[];
  /** Texts read and sentences weighed for it. */
  readonly read: number;
  readonly passages: number;
}

/** How rare stems are in a case. */
export function rarityIn(db: ReadDb): Rarity {
  const { texts } = countTexts(db);
  return (stem) => Math.log(1 + (texts + 0.5) / (countTextsWith(db, stem) + 0.5));
}

/** Contents to read with how well each fits, from 0 to 1. */
function retrieve(db: ReadDb, text: string, scope: readonly ScopedDocument[] | null): { readonly content: number; readonly closeness: number }[] {
  const words = contentWords(text);
  if (words.length === 0) return [];
  const match = words.map((word) => `"${word}"`).join(' OR ');
  const { numbers, scores } = scope === null ? topContents(db, match, maxTexts) : topContentsWithin(db, match, scope.map(({ document }) => document), maxTextsInScope);
  const kept = numbers.map((content, index) => ({ content, score: scores[index] ?? 0 }));
  const best = kept[0]?.score ?? 0;
  return kept.map(({ content, score }) => ({ content, closeness: best > 0 ? score / best : 0 }));
}

/** Parts of a text to read for a claim, as spans: the whole of a short one, of a long one those with most of the claim's words, rare ones first. */
export function partsToRead(claim: Claim, body: string): Span[] {
  if (body.length <= wholeChars) return [{ start: 0, end: body.length }];
  const beginnings = claim.words.map(({ written, weight }) => ({ weight, text: written.toLowerCase().slice(0, Math.max(4, written.length - 3)) }));
  const parts: (Span & { readonly weight: number })[] = [];
  for (let start = 0; start < body.length;) {
    // A part ends with its last line, or word, so that no sentence that fits is cut.
    const limit = Math.min(body.length, start + partChars);
    const cut = limit === body.length ? limit : Math.max(body.lastIndexOf('\n', limit), body.lastIndexOf(' ', limit));
    const end = cut > start + partChars / 2 ? cut : limit;
    const lower = body.slice(start, end).toLowerCase();
    parts.push({ start, end, weight: beginnings.reduce((sum, { text, weight }) => (lower.includes(text) ? sum + weight : sum), 0) });
    start = end;
  }
  return parts.sort((a, b) => b.weight - a.weight || a.start - b.start).slice(0, partsRead).map(({ start, end }) => ({ start, end }));
}

/** Texts that were read lately: claims about one matter come to the same texts. */
export interface ReadTexts {
  readonly read: (key: string, body: string, make: () => RankedSentence['text']) => RankedSentence['text'];
}

/** Remembers texts up to a few million characters, dropping the oldest. */
export function rememberTexts(): ReadTexts {
  const textByKey = new Map<string, RankedSentence['text']>();
  let chars = 0;
  return {
    read: (key, body, make) => {
      const known = textByKey.get(key);
      if (known?.body === body) return known;
      const text = make();
      if (known === undefined) chars += body.length;
      else chars += body.length - known.body.length;
      textByKey.set(key, text);
      for (const [oldest, { body: old }] of textByKey) {
        if (chars <= rememberedChars) break;
        textByKey.delete(oldest);
        chars -= old.length;
      }
      return text;
    },
  };
}

/** How a check is done. What is left out is as the program has it. */
export interface CheckOptions {
  readonly rarity?: Rarity;
  readonly texts?: ReadTexts;
  readonly model?: SupportModel;
  readonly isCancelled?: () => boolean;
}

/** Where a part that was read stands. */
interface Place {
  readonly document: number;
  readonly content: number;
  /** Of the part in its text. */
  readonly offset: number;
}

/** Checks one sentence against a case, or against the documents of a scope. */
export function checkInCase(db: ReadDb, sentence: string, scope: readonly ScopedDocument[] | null, options: CheckOptions = {}): CheckedSentence {
  const { rarity = rarityIn(db), texts = rememberTexts(), model = supportModel, isCancelled } = options;
  const claim = readClaim(sentence, rarity);
  const documentByContent = new Map(scope?.map(({ content, document }) => [content, document]));
  const placeByText = new Map<RankedSentence['text'], Place>();
  let ranked: RankedSentence[] = [];
  let read = 0;
  let passages = 0;
  for (const { content, closeness } of retrieve(db, claim.text, scope)) {
    if (isCancelled?.() === true) break;
    const source = readSource(db, content);
    if (source === null) continue;
    read += 1;
    const isTable = source.type === 'table';
    for (const { start, end } of partsToRead(claim, source.body)) {
      const body = source.body.slice(start, end);
      const text = texts.read(`${content}:${start}`, body, () => readText(body, splitSentences(body, isTable), source.subject, source.type !== 'mail' && !isTable));
      placeByText.set(text, { document: documentByContent.get(content) ?? source.number, content, offset: start });
      passages += text.sentences.length;
      ranked = best([...ranked, ...rankSentences(claim, text, closeness, model)]);
    }
  }
  const judgedOnes = ranked.map((sentenceOf) => judgeSentence(claim, sentenceOf, model));
  const found = judgedOnes.map((each) => withoutOrders(claim, { ...each, judgement: doubt(each.judgement, judgedOnes.filter((other) => other !== each && other.text === each.text).map(({ alone }) => alone), model) }, model));
  // What supports by rank; of what does not, the likeliest.
  const decided = found.find(({ judgement }) => judgement.support === 'supported') ?? found.toSorted((a, b) => compareJudgements(a.judgement, b.judgement))[0];
  if (decided === undefined) return { support: 'unsupported', score: 0, missing: { numbers: [], dates: [], names: [], words: claim.words.slice(0, listedWords).map(({ written }) => written), polarity: [] }, quotes: [], read, passages };
  const { support, score, missing } = decided.judgement;
  return { support, score, missing, quotes: quotesOf(db, [...found].sort((a, b) => (b.judgement.nearness ?? 0) - (a.judgement.nearness ?? 0)), decided, placeByText), read, passages };
}

/** The few sentences of the best rank that come near the best. */
function best(ranked: readonly RankedSentence[]): RankedSentence[] {
  const ordered = ranked.toSorted((a, b) => b.rank - a.rank);
  const least = (ordered[0]?.rank ?? 0) * nearBest;
  return ordered.filter(({ rank }, index) => index < judged && (index === 0 || rank >= least));
}

/** Quotes of the evidence, each sentence once: the best of each place, then the neighbours that the deciding one needed. */
function quotesOf(db: ReadDb, found: readonly FoundEvidence[], decided: FoundEvidence, places: ReadonlyMap<RankedSentence['text'], Place>): EvidenceQuote[] {
  const { support } = decided.judgement;
  const isWorthShowing = ({ alone }: FoundEvidence): boolean => alone.support !== 'unsupported' && (support !== 'supported' || alone.score >= decided.alone.score * worthShowing);
  const first = found.filter((each, index) => index === 0 || each === decided || isWorthShowing(each)).map((each) => ({ ...each, sentences: each.sentences.slice(0, 1) }));
  const out: EvidenceQuote[] = [];
  for (const { text, sentences, judgement } of [...first, { ...decided, sentences: decided.sentences.slice(1) }]) {
    const { document, content, offset } = places.get(text) ?? bug('evidence comes from a text that was read');
    for (const span of sentences) {
      const [start, end] = [offset + span.start, offset + span.end];
      if (!out.some((quote) => quote.document === document && quote.start === start)) out.push({ document, page: pageOf(db, content, start), start, end, text: text.body.slice(span.start, span.end), nearness: judgement.nearness });
    }
  }
  return out;
}
