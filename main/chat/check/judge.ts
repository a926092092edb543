/** The word on a sentence and a quote: supported, partly or not, how surely, and what is missing. Pure, and the same for every model. */
import type { Missing, Support } from '../../../preload/contract/domains/chat.ts';
import type { Claim } from './claim.ts';
import { findWords, nearlyFound } from './find-quote.ts';
import { supportModel } from './support-model.ts';
import { supportTerms, weigh, type Evidence, type SupportModel } from './weigh.ts';

export interface Judgement {
  readonly support: Exclude<Support, 'uncited'>;
  /** From 0 to 1: how likely the quote bears the sentence, as fitted (support-model.ts); 1 where it says it word for word. */
  readonly score: number;
  /** How nearly the quote says the sentence word for word: 1, or from .9; null below. */
  readonly nearness: number | null;
  readonly missing: Missing;
  /** Share of the sentence's words that the quote itself says, by weight, from 0 to 1. */
  readonly words: number;
}

const nothingMissing: Missing = { numbers: [], dates: [], names: [], words: [], polarity: [] };
/** Only what has most of its words may be nearly word for word: the comparison is dear. */
const wordsForNear = 0.7;
/** A quote that says less of a sentence than this bears nothing of it, whatever stands around. */
const leastWords = 0.15;

/** How surely a quote with these terms bears a sentence: the fitted logistic model. */
function scoreOf(terms: readonly number[], { weights, bias }: SupportModel): number {
  const sum = supportTerms.reduce((total, term, index) => total + weights[term] * (terms[index] ?? 0), bias);
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Judges a quote for a sentence. Whatever the score, a sentence is not supported while a number, a date, a name or quoted words of it are
 * missing, while the quote turns it round, or when it is too long to be read whole.
 */
export function judge(claim: Claim, evidence: Evidence, model: SupportModel = supportModel): Judgement {
  const { terms, missing, misquoted } = weigh(claim, evidence);
  const found = (terms[0] ?? 0) >= wordsForNear || claim.words.length === 0 ? findWords(evidence.quote, claim.text) : null;
  if (found?.score === 1 && !claim.isCut) return { support: 'supported', score: 1, nearness: 1, missing: nothingMissing, words: 1 };
  const nearness = found !== null && found.score >= nearlyFound ? found.score : null;
  const score = Math.max(scoreOf(terms, model), nearness ?? 0);
  const lacks = missing.numbers.length + missing.dates.length + missing.names.length + missing.polarity.length + misquoted.length + (claim.isCut ? 1 : 0);
  const isSupported = (terms[0] ?? 0) >= leastWords && score >= model.supported && lacks === 0;
  const support = isSupported ? 'supported' : score >= model.partly && (terms[0] ?? 0) >= leastWords ? 'partly' : 'unsupported';
  return { support, score, nearness, missing: isSupported ? { ...missing, words: [] } : missing, words: terms[0] ?? 0 };
}

/** What is left of a score when another sentence of the same text turns the claim round. */
const doubtedShare = 0.5;
/** Such a sentence says at least this much of the claim itself. */
const wordsToDoubt = 0.3;

/** The word on a quote beside what else its text says of the same: where that turns the sentence round, it is less sure, and the doubt is told. */
export function doubt(judgement: Judgement, others: readonly Judgement[], model: SupportModel = supportModel): Judgement {
  const turned = others.find(({ missing, words }) => missing.polarity.length > 0 && words >= wordsToDoubt);
  if (turned === undefined || judgement.support === 'unsupported' || judgement.nearness !== null) return judgement;
  const score = judgement.score * doubtedShare;
  if (judgement.support === 'partly' || score >= model.supported) return { ...judgement, score };
  return { ...judgement, score, support: 'partly', missing: { ...judgement.missing, polarity: turned.missing.polarity } };
}

const order = { supported: 2, partly: 1, unsupported: 0 } as const;

/** Below 0 when `a` is the better word on a sentence. */
export function compareJudgements(a: Judgement, b: Judgement): number {
  return order[b.support] - order[a.support] || b.score - a.score;
}
