/** Finding in a case what bears a sentence: texts by the index, their sentences by rank, the best few by judgement. Runs on the reading thread. */
import { contentWords } from '../../search/index.ts';
import { countTexts, countTextsWith, pageOf, rankContents, readSource, topContents, type ReadDb } from '../../store/reader.ts';
import { splitSentences } from '../reader/sentences.ts';
import { readClaim } from './claim.ts';
import { judgeSentence, rankSentences, type FoundEvidence, type RankedSentence } from './evidence.ts';
import { compareJudgements, type Judgement } from './judge.ts';
import { readText } from './rank-sentences.ts';
import { supportModel, type SupportModel } from './support-model.ts';
import type { Rarity } from './words.ts';

/** Texts that are read for one sentence, and of each only the beginning. */
const maxTexts = 20;
const maxTextsInScope = 50;
const maxChars = 400_000;
const rememberedChars = 3_000_000;
/** Sentences that are judged, best rank first; and evidence that is shown at most. */
const judged = 3;
/** Below this share of the best rank a sentence is no further evidence. */
const nearBest = 0.6;

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
  const { numbers, scores } = scope === null ? topContents(db, match, maxTexts) : rankContents(db, match);
  const scored = numbers.map((content, index) => ({ content, score: scores[index] ?? 0 }));
  const inScope = scope === null ? null : new Set(scope.map(({ content }) => content));
  const kept = inScope === null ? scored : scored.filter(({ content }) => inScope.has(content)).sort((a, b) => b.score - a.score || a.content - b.content).slice(0, maxTextsInScope);
  const best = kept[0]?.score ?? 0;
  return kept.map(({ content, score }) => ({ content, closeness: best > 0 ? score / best : 0 }));
}

/** Texts that were read lately: claims about one matter come to the same texts. */
export interface ReadTexts {
  readonly read: (content: number, body: string, make: () => RankedSentence['text']) => RankedSentence['text'];
}

/** Remembers texts up to a few million characters, dropping the oldest. */
export function rememberTexts(): ReadTexts {
  const textByContent = new Map<number, RankedSentence['text']>();
  let chars = 0;
  return {
    read: (content, body, make) => {
      const known = textByContent.get(content);
      if (known?.body === body) return known;
      const text = make();
      if (known === undefined) chars += body.length;
      else chars += body.length - known.body.length;
      textByContent.set(content, text);
      for (const [oldest, { body: old }] of textByContent) {
        if (chars <= rememberedChars) break;
        textByContent.delete(oldest);
        chars -= old.length;
      }
      return text;
    },
  };
}

/** Checks one sentence against a case, or against the documents of a scope. */
export function checkInCase(db: ReadDb, sentence: string, scope: readonly ScopedDocument[] | null, isCancelled: () => boolean, texts: ReadTexts = rememberTexts(), model: SupportModel = supportModel): CheckedSentence {
  const claim = readClaim(sentence, rarityIn(db));
  const documentByContent = new Map(scope?.map(({ content, document }) => [content, document]));
  const sourceByBody = new Map<RankedSentence['text'], { readonly document: number; readonly content: number }>();
  let ranked: RankedSentence[] = [];
  let read = 0;
  let passages = 0;
  for (const { content, closeness } of retrieve(db, claim.text, scope)) {
    if (isCancelled()) break;
    const source = readSource(db, content);
    if (source === null) continue;
    const body = source.body.length > maxChars ? source.body.slice(0, maxChars) : source.body;
    const text = texts.read(content, body, () => readText(body, splitSentences(body, source.type === 'table'), source.subject, source.type !== 'mail' && source.type !== 'table'));
    sourceByBody.set(text, { document: documentByContent.get(content) ?? source.number, content });
    read += 1;
    passages += text.sentences.length;
    ranked = best([...ranked, ...rankSentences(claim, text, closeness, model)]);
  }
  const found = ranked.map((sentenceOf) => judgeSentence(claim, sentenceOf, model));
  const [decided] = found.toSorted((a, b) => compareJudgements(a.judgement, b.judgement));
  if (decided === undefined) return { support: 'unsupported', score: 0, missing: judgeNothing(claim.words.map(({ written }) => written)), quotes: [], read, passages };
  const { support, score, missing } = decided.judgement;
  return { support, score, missing, quotes: quotesOf(db, [...found].sort((a, b) => (b.judgement.nearness ?? 0) - (a.judgement.nearness ?? 0)), decided, sourceByBody), read, passages };
}

const judgeNothing = (words: readonly string[]): Judgement['missing'] => ({ numbers: [], dates: [], names: [], words: words.slice(0, 6), polarity: [] });

/** The few sentences of the best rank that come near the best. */
function best(ranked: readonly RankedSentence[]): RankedSentence[] {
  const ordered = ranked.toSorted((a, b) => b.rank - a.rank);
  const least = (ordered[0]?.rank ?? 0) * nearBest;
  return ordered.filter(({ rank }, index) => index < judged && (index === 0 || rank >= least));
}

/** Quotes of the evidence, each sentence once: the best of each place, then the neighbours that the deciding one needed. */
function quotesOf(db: ReadDb, found: readonly FoundEvidence[], decided: FoundEvidence, sources: ReadonlyMap<RankedSentence['text'], { readonly document: number; readonly content: number }>): EvidenceQuote[] {
  const out: EvidenceQuote[] = [];
  const order = [...found.filter(({ alone }, index) => index === 0 || alone.support !== 'unsupported').map((each) => ({ ...each, sentences: each.sentences.slice(0, 1) })), { ...decided, sentences: decided.sentences.slice(1) }];
  for (const { text, sentences, judgement } of order) {
    const source = sources.get(text);
    for (const { start, end } of source === undefined ? [] : sentences) {
      if (source === undefined || out.some((quote) => quote.document === source.document && quote.start === start)) continue;
      out.push({ document: source.document, page: pageOf(db, source.content, start), start, end, text: text.body.slice(start, end), nearness: judgement.nearness });
    }
  }
  return out;
}
