/**
 * The extractive reader: it quotes and never writes. The texts that fit a question best are read sentence by sentence; those
 * that support an answer come back word for word, best first. When none holds enough of the question, nothing comes back.
 */
import { partsToRead, rankSentences, readClaim, readText, rememberTexts, rarityIn, type Claim, type ReadText, type ReadTexts } from '../check/index.ts';
import { countTexts, countTextsWithin, pageOf, readSource, topContents, topContentsWithin, type ReadDb, type SourceText } from '../../store/reader.ts';
import type { CaseReading, FoundSentence } from './case-reading.ts';
import { leansOnNothing, readQuestion, type Leaning, type Question } from './question.ts';
import { scoreSentences, type ScoredSentence } from './score.ts';
import { splitSentences } from './sentences.ts';

/** Texts that are read for one question. */
const maxTexts = 50;
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
  /** What the question leans on; absent where it stands alone. */
  readonly leaning?: Leaning | undefined;
  /** Texts read before; absent remembers none. */
  readonly texts?: ReadTexts | undefined;
  readonly isCancelled?: (() => boolean) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Candidate extends ScoredSentence {
  readonly source: SourceText;
}

/** What the sentences of a text are scored for. */
interface Asked {
  readonly question: Question;
  readonly claim: Claim;
}

/** Reads a case for a question. */
export function readCase(db: ReadDb, text: string, options: ReadCaseOptions): CaseReading {
  const { scope: { documents, span } = wholeCase, leaning = leansOnNothing, texts: remembered = rememberTexts() } = options;
  const { texts, without } = documents === null ? countTexts(db) : countTextsWithin(db, documents);
  const rarity = rarityIn(db);
  const question = readQuestion(text, rarity, leaning);
  const asked: Asked = { question, claim: readClaim(question.text, rarity) };
  const found = question.match === '' ? { numbers: [], scores: [] } : documents === null ? topContents(db, question.match, maxTexts) : topContentsWithin(db, question.match, documents, maxTexts);
  const best = found.scores[0] ?? 1;
  const candidates: Candidate[] = [];
  let passages = 0;
  let read = 0;
  for (const [index, content] of found.numbers.entries()) {
    if (options.isCancelled?.() === true) break;
    const source = readSource(db, content);
    if (source !== null) {
      const { sentences, scored } = readSourceText(asked, source, span, best > 0 ? (found.scores[index] ?? 0) / best : 0, remembered);
      passages += sentences;
      read += 1;
      candidates.push(...scored.map((sentence) => ({ ...sentence, source })));
    }
    options.onProgress?.(index + 1, found.numbers.length);
  }
  const sentences = choose(candidates, options).map((candidate) => toFound(db, candidate));
  return { sentences, coverage: { documents: texts + without, read, withoutText: without, passages } };
}

/** Reads a text, or of a long one the parts that hold most of the question. */
function readSourceText({ question, claim }: Asked, source: SourceText, span: ReadingScope['span'], closeness: number, remembered: ReadTexts): { readonly sentences: number; readonly scored: ScoredSentence[] } {
  const isTable = source.type === 'table';
  const title = `${source.subject} ${source.path}`;
  const scored: ScoredSentence[] = [];
  let sentences = 0;
  for (const part of partsToRead(claim, source.body)) {
    const body = source.body.slice(part.start, part.end);
    const text = remembered.read(`${source.content}:${part.start}`, body, () => readText(body, splitSentences(body, isTable), title, source.type !== 'mail' && !isTable));
    const isInside = ({ start, end }: { readonly start: number; readonly end: number }): boolean => span === null || (part.start + start < span.end && span.start < part.start + end);
    sentences += span === null ? text.sentences.length : text.sentences.filter(isInside).length;
    const all = scoreText(question, claim, text, closeness);
    for (const sentence of all) if (isInside(sentence)) scored.push({ ...sentence, start: part.start + sentence.start, end: part.start + sentence.end });
  }
  return { sentences, scored };
}

/** Sums of the checker's rank that a sentence which bears a claim plainly reaches: brings its ranks to the scale of scores. */
const plainRank = 14;
/** How much of the score for an open question goes into that of a statement: it weighs the statement's own words more. */
const openShare = 0.2;


function scoreText(question: Question, claim: Claim, text: ReadText, closeness: number): ScoredSentence[] {
  const scored = scoreSentences(question, text, closeness);
  if (question.form === 'open') return scored;
  const rankByStart = new Map(rankSentences(claim, text, closeness).map(({ index, rank }) => [text.sentences[index]?.start, rank]));
  return scored.map((sentence) => ({ ...sentence, score: ((rankByStart.get(sentence.start) ?? 0) / plainRank) * sentence.form * (1 - openShare) + openShare * sentence.score }));
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

function supports({ support, score, isAbout }: Candidate): boolean {
  return isAbout && (support >= enoughSupport || (support >= leastSupport && score >= scoreForLeast));
}

function saysTheSame(a: Candidate, b: Candidate): boolean {
  let shared = 0;
  for (const key of a.keys) if (b.keys.has(key)) shared += 1;
  return shared / Math.max(1, a.keys.size + b.keys.size - shared) > sameShare;
}

function toFound(db: ReadDb, { source, start, end, score }: Candidate): FoundSentence {
  return { document: source.number, page: pageOf(db, source.content, start), start, end, text: source.body.slice(start, end), score };
}
