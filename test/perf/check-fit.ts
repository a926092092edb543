/**
 * Fits the checker's two models on two thirds of SciFact's claims and writes them to main/chat/check/support-model.ts:
 * `node test/perf/check-fit.ts`. First the weights by which sentences are ranked as evidence (softmax over the sentences of the texts
 * found), then those by which a quote is judged (logistic, Newton's method), at last the two thresholds. The same data gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readClaim } from '../../main/chat/check/claim.ts';
import { shortFormsIn } from '../../main/chat/check/names.ts';
import { nearnessInText, rankTerms, readText, type ReadText } from '../../main/chat/check/rank-sentences.ts';
import { checkInCase, rarityIn, rememberTexts } from '../../main/chat/check/read-claims.ts';
import { supportTerms, weigh, type SupportModel } from '../../main/chat/check/weigh.ts';
import { splitSentences } from '../../main/chat/reader/sentences.ts';
import { searchPlainWords } from '../../main/search/index.ts';
import { readSource } from '../../main/store/reader.ts';
import { hasScifact, openScifact, type Scifact, type ScifactClaim } from './scifact.ts';

const textsRead = 20;
const judged = 3;

/** A sentence that was ranked for a claim. */
interface Candidate {
  readonly text: ReadText;
  readonly index: number;
  readonly rankTerms: readonly number[];
  readonly isEvidence: boolean;
  /** In an abstract that the claim was looked for in. */
  readonly isNamed: boolean;
}

interface Example {
  readonly claim: ScifactClaim;
  readonly read: ReturnType<typeof readClaim>;
  readonly candidates: readonly Candidate[];
}

function examplesOf({ claims, db, abstractOf, sentenceAt }: Scifact): Example[] {
  const rarity = rarityIn(db.read);
  return claims.filter(({ isHeldOut }) => !isHeldOut).map((claim) => {
    const read = readClaim(claim.text, rarity);
    const hits = searchPlainWords(db.read, claim.text, textsRead);
    const candidates = hits.flatMap(({ content, number, score }) => {
      const source = readSource(db.read, content);
      if (source === null) return [];
      const abstract = abstractOf(number);
      const text = readText(source.body, splitSentences(source.body), source.subject);
      const whole = nearnessInText(read, text);
      return text.sentences.map(({ start, end }, index): Candidate => ({
        text, index, rankTerms: rankTerms(read, text, index, score / (hits[0]?.score ?? 1), whole), isEvidence: claim.evidence.get(abstract)?.has(sentenceAt(abstract, start, end)) === true, isNamed: claim.abstracts.includes(abstract),
      }));
    });
    return { claim, read, candidates };
  });
}

const dot = (weights: readonly number[], terms: readonly number[]): number => terms.reduce((sum, term, index) => sum + term * (weights[index] ?? 0), 0);

/** Softmax over the sentences of a claim, by gradient ascent. */
function fitRank(examples: readonly Example[]): number[] {
  const usable = examples.filter(({ candidates }) => candidates.some(({ isEvidence }) => isEvidence));
  let weights = (usable[0]?.candidates[0]?.rankTerms ?? []).map(() => 0);
  for (let round = 0; round < 300; round += 1) {
    const gradient = weights.map(() => 0);
    for (const { candidates } of usable) {
      const scores = candidates.map(({ rankTerms: terms }) => dot(weights, terms));
      const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
      const parts = scores.map((score) => Math.exp(score - highest));
      const all = parts.reduce((a, b) => a + b, 0);
      const right = candidates.reduce((sum, { isEvidence }, index) => sum + (isEvidence ? parts[index] ?? 0 : 0), 0);
      for (const [index, { rankTerms: terms, isEvidence }] of candidates.entries()) {
        const pull = (isEvidence ? (parts[index] ?? 0) / right : 0) - (parts[index] ?? 0) / all;
        for (const [at, term] of terms.entries()) gradient[at] = (gradient[at] ?? 0) + pull * term;
      }
    }
    weights = weights.map((weight, at) => weight + 3 * ((gradient[at] ?? 0) / usable.length - 0.002 * weight));
  }
  return weights;
}

interface Row {
  readonly terms: readonly number[];
  readonly isRight: boolean;
  readonly weight: number;
}

/** Logistic regression with a ridge of 2 on the weights, by Newton's method; the last weight is the bias. */
function fitLogistic(rows: readonly Row[]): number[] {
  const size = supportTerms.length + 1;
  const weights = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 25; round += 1) {
    const system = weights.map((weight, at) => weights.map((_, other): number => (at === other ? (at < size - 1 ? 2 : 1e-6) : 0)).concat(at < size - 1 ? -2 * weight : 0));
    for (const { terms, isRight, weight } of rows) {
      const withBias = [...terms, 1];
      const p = 1 / (1 + Math.exp(-dot(weights, withBias)));
      for (const [at, row] of system.entries()) {
        const term = withBias[at] ?? 0;
        if (term === 0) continue;
        for (let other = 0; other < size; other += 1) row[other] = (row[other] ?? 0) + weight * p * (1 - p) * term * (withBias[other] ?? 0);
        row[size] = (row[size] ?? 0) + weight * ((isRight ? 1 : 0) - p) * term;
      }
    }
    for (const [at, step] of solve(system).entries()) weights[at] = (weights[at] ?? 0) + step;
  }
  return weights;
}

/** Gauss and Jordan, with pivots; each row ends in its right side. */
function solve(system: number[][]): number[] {
  const size = system.length;
  for (let at = 0; at < size; at += 1) {
    let pivot = at;
    for (let row = at; row < size; row += 1) if (Math.abs(system[row]?.[at] ?? 0) > Math.abs(system[pivot]?.[at] ?? 0)) pivot = row;
    [system[at], system[pivot]] = [system[pivot] ?? [], system[at] ?? []];
    for (let row = 0; row < size; row += 1) {
      if (row === at) continue;
      const factor = (system[row]?.[at] ?? 0) / (system[at]?.[at] ?? 1);
      for (let column = at; column <= size; column += 1) (system[row] ?? [])[column] = (system[row]?.[column] ?? 0) - factor * (system[at]?.[column] ?? 0);
    }
  }
  return system.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}

function weighCandidate(read: Example['read'], { text, index }: Candidate): ReturnType<typeof weigh> {
  const slice = (at: number): string => (text.sentences[at] === undefined ? '' : text.body.slice(text.sentences[at].start, text.sentences[at].end));
  return weigh(read, { quote: slice(index), around: [text.titleText, slice(index - 2), slice(index - 1), slice(index + 1), slice(index + 2)].filter(Boolean).join('\n'), shortForms: shortFormsIn(text.body) });
}

/** At least five of eight claims that are called supported are so, on the fitted claims. */
const leastPrecision = 0.62;

/** Of the thresholds that keep that precision, the one that finds most, whole case and named abstracts taken together. */
function chooseThreshold({ claims, db, documentOf }: Scifact, model: SupportModel): number {
  const texts = rememberTexts();
  const asked = claims.filter(({ isHeldOut }) => !isHeldOut).flatMap(({ text, label, abstracts }) => [null, abstracts.map(documentOf).map((document) => ({ document, content: document }))].map((scope) => ({ text, label, scope })));
  const wanted = asked.filter(({ label }) => label === 'SUPPORT').length;
  const tried = Array.from({ length: 11 }, (_, index) => 0.16 + index * 0.02).map((threshold) => {
    const said = asked.filter(({ text, scope }) => checkInCase(db.read, text, scope, { texts, model: { ...model, supported: threshold, partly: threshold / 2 } }).support === 'supported');
    const right = said.filter(({ label }) => label === 'SUPPORT').length;
    const [precision, recall] = [right / Math.max(1, said.length), right / wanted];
    console.log(`threshold ${threshold.toFixed(2)}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
    return { threshold, precision, recall };
  });
  const kept = tried.filter(({ precision }) => precision >= leastPrecision);
  return kept.reduce((best, each) => (each.recall > best.recall ? each : best), kept[0] ?? tried.at(-1) ?? { threshold: 0.3, precision: 0, recall: 0 }).threshold;
}

const rounded = (value: number): number => Number(value.toFixed(3));

if (!hasScifact()) {
  console.error('search-scifact is not here: set REDOUBT_DATA to the data folder.');
  process.exit(2);
}
const scifact = openScifact();
const examples = examplesOf(scifact);
const rank = fitRank(examples);
const ranked = examples.map((example) => {
  const ordered = example.candidates.toSorted((a, b) => dot(rank, b.rankTerms) - dot(rank, a.rankTerms));
  // Evidence wherever it ranks, what ranks near the top, and the rest of the abstracts that were looked at.
  return { ...example, weighed: ordered.flatMap((candidate, place) => (place < 5 || candidate.isNamed || candidate.isEvidence ? [{ candidate, place, ...weighCandidate(example.read, candidate) }] : [])) };
});
const rows = ranked.flatMap(({ claim, weighed }) => weighed.map(({ candidate, place, terms }): Row => {
  const isRight = candidate.isEvidence && claim.label === 'SUPPORT';
  return { terms, isRight, weight: isRight || candidate.isEvidence || place < judged ? 1 : 0.3 };
}));
const logistic = fitLogistic(rows);

const supported = chooseThreshold(scifact, { bias: logistic.at(-1) ?? 0, weights: Object.fromEntries(supportTerms.map((term, index) => [term, logistic[index] ?? 0])) as SupportModel['weights'], supported: 0, partly: 0, rank });
// Half as likely as what is supported.
const partly = supported / 2;
scifact.db.close();

const file = resolve(import.meta.dirname, '../../main/chat/check/support-model.ts');
writeFileSync(file, `/** Weights of the checker's model, fitted and written by test/perf/check-fit.ts on SciFact's evidence (claims whose id is no multiple of 3). Not edited by hand. */
import type { SupportModel } from './weigh.ts';

export const supportModel: SupportModel = {
  bias: ${rounded(logistic.at(-1) ?? 0)},
  weights: { ${supportTerms.map((term, index) => `${term}: ${rounded(logistic[index] ?? 0)}`).join(', ')} },
  supported: ${rounded(supported)},
  partly: ${rounded(partly)},
  rank: [${rank.map(rounded).join(', ')}],
};
`);
console.log(`${examples.length} claims, ${rows.length} pairs of claim and quote, ${rows.filter(({ isRight }) => isRight).length} of them right. Threshold chosen ${supported.toFixed(2)}.`);
