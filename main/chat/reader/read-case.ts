/**
 * The extractive reader: it quotes and never writes. The texts that fit a question best are read sentence by sentence; those
 * that support an answer come back word for word, best first. When none holds enough of the question, nothing comes back.
 */
import { contentWords } from '../../search/index.ts';
import { countTexts, countTextsWith, countTextsWithin, pageOf, readSource, topContents, topContentsWithin, type ReadDb, type SourceText } from '../../store/reader.ts';
import type { CaseReading, FoundSentence } from './case-reading.ts';
import { readQuestion, type Question } from './question.ts';
import { scoreSentences, type ScoredSentence } from './score.ts';
import { splitSentences } from './sentences.ts';

/** Texts that are read for one question. */
const maxTexts = 50;
/** Of a text longer than this only the beginning is read. */
const maxChars = 4_000_000;
/** A sentence supports an answer when it holds half of the question, or somewhat less and much else speaks for it. Below, nothing is said. */
const enoughSupport = 0.5;
const leastSupport = 0.4;
const scoreForLeast = 0.85;
/** Further sentences must come this near to the best. */
const nearBest = 0.72;
/** Two sentences that share more of their words say the same. */
const sameShare = 0.7;

/** What of a case is read: these documents, or of one document a span. */
export interface ReadingScope {
  /** Numbers of documents; null reads the whole case. */
  readonly documents: readonly number[] | null;
  readonly span: { readonly start: number; readonly end: number } | null;
}

export const wholeCase: ReadingScope = { documents: null, span: null };

export interface ReadCaseOptions {
  readonly scope?: ReadingScope | undefined;
  /** Sentences at most. */
  readonly limit: number;
  /** Also sentences that only touch the question: for a reader that judges for itself. */
  readonly isLoose?: boolean | undefined;
  readonly isCancelled?: (() => boolean) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Candidate extends ScoredSentence {
  readonly source: SourceText;
}

/** Reads a case for a question. */
export function readCase(db: ReadDb, text: string, options: ReadCaseOptions): CaseReading {
  const { documents, span } = options.scope ?? wholeCase;
  const { texts, without } = documents === null ? countTexts(db) : countTextsWithin(db, documents);
  const question = readQuestion(text, (stem) => Math.log(1 + (texts + 0.5) / (countTextsWith(db, stem) + 0.5)));
  const words = contentWords(text);
  const match = words.map((word) => `"${word}"`).join(' OR ');
  const found = words.length === 0 ? { numbers: [], scores: [] } : documents === null ? topContents(db, match, maxTexts) : topContentsWithin(db, match, documents, maxTexts);
  const best = found.scores[0] ?? 1;
  const candidates: Candidate[] = [];
  let passages = 0;
  let read = 0;
  for (const [index, content] of found.numbers.entries()) {
    if (options.isCancelled?.() === true) break;
    const source = readSource(db, content);
    if (source !== null) {
      const { sentences, scored } = readText(question, source, span, best > 0 ? (found.scores[index] ?? 0) / best : 0);
      passages += sentences;
      read += 1;
      candidates.push(...scored.map((sentence) => ({ ...sentence, source })));
    }
    options.onProgress?.(index + 1, found.numbers.length);
  }
  const sentences = choose(candidates, options).map((candidate) => toFound(db, candidate));
  return { sentences, coverage: { documents: texts + without, read, withoutText: without, passages } };
}

function readText(question: Question, source: SourceText, span: ReadingScope['span'], closeness: number): { readonly sentences: number; readonly scored: ScoredSentence[] } {
  const body = source.body.length > maxChars ? source.body.slice(0, maxChars) : source.body;
  const all = splitSentences(body, source.type === 'table');
  const sentences = span === null ? all : all.filter(({ start, end }) => start < span.end && span.start < end);
  return { sentences: sentences.length, scored: scoreSentences(question, body, sentences, `${source.subject} ${source.path}`, closeness) };
}

function choose(candidates: readonly Candidate[], { limit, isLoose = false }: ReadCaseOptions): Candidate[] {
  const ordered = candidates.toSorted((a, b) => b.score - a.score || a.source.number - b.source.number || a.start - b.start);
  const first = ordered.find((candidate) => isLoose || supports(candidate));
  if (first === undefined) return [];
  const chosen: Candidate[] = [];
  for (const candidate of ordered) {
    if (chosen.length === limit) break;
    if (!isLoose && (candidate.score < first.score * nearBest || !supports(candidate))) continue;
    if (!chosen.some((other) => saysTheSame(other, candidate))) chosen.push(candidate);
  }
  return chosen;
}

function supports({ support, score }: Candidate): boolean {
  return support >= enoughSupport || (support >= leastSupport && score >= scoreForLeast);
}

function saysTheSame(a: Candidate, b: Candidate): boolean {
  let shared = 0;
  for (const stem of a.stems) if (b.stems.has(stem)) shared += 1;
  return shared / Math.max(1, a.stems.size + b.stems.size - shared) > sameShare;
}

function toFound(db: ReadDb, { source, start, end, score }: Candidate): FoundSentence {
  return { document: source.number, page: pageOf(db, source.content, start), start, end, text: source.body.slice(start, end), score };
}
