/** The part of a text that bears a claim best: a sentence, or it and its neighbours where they say what it leaves out. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { splitSentences } from '../reader/sentences.ts';
import { isSaying, mayBeBorne } from './bearing.ts';
import type { Claim } from './claim.ts';
import { findWords } from './find-quote.ts';
import { compareJudgements, judge, type Judgement } from './judge.ts';
import { shortFormsIn } from './names.ts';
import { nearnessInText, rankTerms, readText, type ReadText } from './rank-sentences.ts';
import { supportModel } from './support-model.ts';
import type { SupportModel } from './weigh.ts';
import { nearness } from './words.ts';

/** A sentence of a text with its rank for a claim; comparable over texts of one search. */
export interface RankedSentence {
  readonly text: ReadText;
  readonly index: number;
  readonly rank: number;
}

/** Evidence found: `sentences` are one to three neighbours, the best first. */
export interface FoundEvidence {
  readonly text: ReadText;
  readonly sentences: readonly Span[];
  readonly judgement: Judgement;
  /** The word on the best sentence alone. */
  readonly alone: Judgement;
}

/** Sentences on each side that count as standing around a quote. */
const aroundSentences = 2;
/** A neighbour is taken in when the score rises by this much. */
const worthTaking = 0.04;
/** Short forms are looked for in this much text on each side: a text may be a book. */
const shortFormChars = 4000;

/** All sentences of a text, ranked for a claim. `closeness` is how well the whole text fits, from 0 to 1. */
export function rankSentences(claim: Claim, text: ReadText, closeness: number, model: SupportModel = supportModel): RankedSentence[] {
  const whole = nearnessInText(claim, text);
  return text.sentences.map((_, index) => ({ text, index, rank: rankTerms(claim, text, index, closeness, whole).reduce((sum, term, at) => sum + term * (model.rank[at] ?? 0), 0) }));
}

/** A text of more sentences is about many things. */
const longestScene = 60;
const sceneByText = new WeakMap<ReadText, ReadonlySet<string>>();

/** The keys of a short text, for names that set its scene; nothing for a long one. */
function sceneOf(text: ReadText): { readonly scene?: () => ReadonlySet<string> } {
  if (text.sentences.length > longestScene) return {};
  const scene = (): ReadonlySet<string> => {
    const keys = sceneByText.get(text) ?? new Set([...text.title, ...text.sentences.flatMap((sentence) => sentence.keys)]);
    sceneByText.set(text, keys);
    return keys;
  };
  return { scene };
}

function judgeSpan(claim: Claim, text: ReadText, from: number, to: number, shortForms: ReadonlyMap<string, readonly string[]>, model: SupportModel): Judgement {
  const slice = (span: Span | undefined): string => (span === undefined ? '' : text.body.slice(span.start, span.end));
  const [first, last] = [text.sentences[from], text.sentences[to]];
  const around = [text.titleText];
  for (let at = Math.max(0, from - aroundSentences); at <= to + aroundSentences; at += 1) if (at < from || at > to) around.push(slice(text.sentences[at]));
  return judge(claim, { quote: text.body.slice(first?.start ?? 0, last?.end ?? 0), around: around.filter(Boolean).join('\n'), shortForms, ...sceneOf(text) }, model);
}

/** The word on a sentence of a text, taking in a neighbour on one side or both where that bears more of the claim. */
export function judgeSentence(claim: Claim, { text, index }: RankedSentence, model: SupportModel = supportModel): FoundEvidence {
  const place = text.sentences[index];
  const shortForms = place === undefined ? new Map<string, readonly string[]>() : shortFormsIn(text.body.slice(Math.max(0, place.start - shortFormChars), place.end + shortFormChars));
  const alone = judgeSpan(claim, text, index, index, shortForms, model);
  let best = { from: index, to: index, judgement: alone };
  const spans = [[index - 1, index], [index, index + 1], [index - 1, index + 1]] as const;
  for (const [from, to] of alone.support === 'supported' ? [] : spans) {
    if (text.sentences[from] === undefined || text.sentences[to] === undefined) continue;
    const judgement = judgeSpan(claim, text, from, to, shortForms, model);
    const rises = judgement.score - best.judgement.score > worthTaking * (to - from - (best.to - best.from));
    if (judgement.support === best.judgement.support ? rises : compareJudgements(judgement, best.judgement) < 0) best = { from, to, judgement };
  }
  const taken = text.sentences.slice(best.from, best.to + 1);
  const [own] = text.sentences.slice(index, index + 1);
  return { text, alone, judgement: best.judgement, sentences: own === undefined ? taken : [own, ...taken.filter((sentence) => sentence !== own)] };
}

/** Evidence whose support is taken back where its words only order somebody to say it, or where the claim is one that only its own words bear. */
export function withoutOrders(claim: Claim, found: FoundEvidence, model: SupportModel = supportModel): FoundEvidence {
  const { text, sentences, judgement } = found;
  if (judgement.support !== 'supported') return found;
  const saying = sentences.filter((span) => isSaying(text.body, span));
  const isBorne = saying.length === sentences.length || (saying.length > 0 && judge(claim, { quote: saying.map(({ start, end }) => text.body.slice(start, end)).join('\n'), around: text.titleText, shortForms: shortFormsIn(text.titleText), ...sceneOf(text) }, model).support === 'supported');
  return isBorne && mayBeBorne(claim, judgement.nearness) ? found : { ...found, judgement: { ...judgement, support: 'partly' } };
}

/** Sentences of one text that are judged, best rank first. */
const judgedInText = 3;

/** A passage cut into sentences, to look for evidence in. */
export const readPassage = (body: string, title: string): ReadText => readText(body, splitSentences(body), title, false);

/** Sentences of a passage that share a word with the claim, best rank first. */
function rankTouching(claim: Claim, text: ReadText): RankedSentence[] {
  return rankSentences(claim, text, 1).filter(({ index }) => claim.words.some(({ key }) => nearness(key, text.sentences[index]?.set ?? new Set()) > 0)).sort((a, b) => b.rank - a.rank);
}

/** The part of a passage that bears a claim: where it stands word for word or nearly, else the one to three sentences that say most of it; null when they share nothing. */
export function findEvidence(claim: Claim, text: ReadText): (Span & { readonly nearness: number | null }) | null {
  const words = findWords(text.body, claim.text);
  if (words !== null) return { start: words.start, end: words.end, nearness: words.score };
  const [best] = rankTouching(claim, text).slice(0, judgedInText).map((each) => judgeSentence(claim, each)).sort((a, b) => compareJudgements(a.judgement, b.judgement));
  if (best === undefined) return null;
  return { start: Math.min(...best.sentences.map(({ start }) => start)), end: Math.max(...best.sentences.map(({ end }) => end)), nearness: best.judgement.nearness };
}

/** The sentence of a passage that comes nearest to a claim, unjudged; null when none shares a word. Ranks compare over passages. */
export function nearestSentence(claim: Claim, text: ReadText): (Span & { readonly rank: number }) | null {
  const [best] = rankTouching(claim, text);
  const span = best === undefined ? undefined : text.sentences[best.index];
  return best === undefined || span === undefined ? null : { start: span.start, end: span.end, rank: best.rank };
}
