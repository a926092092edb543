/** Checking a text that came from anywhere: each sentence, or the whole as one claim, against quotes looked for in the case. Keeps and sends nothing. */
import { documentId } from '../../preload/contract/domains/basics.ts';
import type { AnswerSentence, Citation, CheckedText } from '../../preload/contract/domains/chat.ts';
import { AppError } from '../base/errors.ts';
import { joinMarkings, viewMarking } from '../policy/index.ts';
import { findDocument, listAtPath, type CaseStore } from '../store/index.ts';
import { countTexts } from '../store/reader.ts';
import { cite } from './answer-draft.ts';
import { blocksOf, withoutSigns } from './answer-blocks.ts';
import { claimsNothing, rarityIn, readClaim, type CheckedSentence, type ScopedDocument } from './check/index.ts';
import { sentencesOf } from './model-answer.ts';
import type { CaseReader } from './reader/index.ts';
import { rememberMarks } from './span-marks.ts';

export interface TextToCheck {
  readonly text: string;
  /** Ids or paths of documents that quotes may come from; null for the whole case. */
  readonly documents: readonly string[] | null;
  readonly isOneClaim: boolean;
}

export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Quotes of one sentence that are shown. */
const shownQuotes = 3;

/** The documents named, each by its id or its path. One without text can bear nothing and is left out. Throws case.unknown-document with the index of what was not found. */
function scopeOf(store: CaseStore, documents: readonly string[]): ScopedDocument[] {
  return documents.flatMap((named, index) => {
    const id = documentId.safeParse(named);
    const byId = id.success ? findDocument(store.read, id.data) : null;
    const rows = byId === null ? listAtPath(store.read, named) : [byId];
    if (rows.length === 0) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { index } });
    return rows.flatMap(({ document, content, state }) => (content === null || state !== 'text' ? [] : [{ document, content }]));
  });
}

/** Checks a text. Rejects with case.unknown-document, or the signal's reason. */
export async function checkText(store: CaseStore, reader: CaseReader, { text, documents, isOneClaim }: TextToCheck, { signal, onProgress }: CheckOptions): Promise<CheckedText> {
  const began = performance.now();
  const scope = documents === null ? null : scopeOf(store, documents);
  const sentences = isOneClaim ? [{ text: text.trim(), isClaim: true }] : claimsOf(store, text);
  const claims = sentences.filter(({ isClaim }) => isClaim);
  const checked = await reader.check(claims.map((sentence) => withoutSigns(sentence.text)), { scope, signal, onProgress });
  const wordBySentence = new Map(claims.map((sentence, index) => [sentence, checked[index]]));
  const { sentences: shown, citations, marking } = citeChecked(store, sentences.map((sentence) => ({ ...sentence, word: wordBySentence.get(sentence) })));
  const { texts, without } = countTexts(store.read);
  const sum = (of: (each: CheckedSentence) => number): number => checked.reduce((total, each) => total + of(each), 0);
  const documentsInScope = scope === null ? texts + without : documents?.length ?? 0;
  return {
    sentences: shown, citations, marking,
    coverage: { documents: documentsInScope, read: sum(({ read }) => read), withoutText: scope === null ? without : documentsInScope - scope.length, passages: sum(({ passages }) => passages) },
    tookMs: performance.now() - began,
  };
}

/** A sentence of a text, and whether it claims anything. */
interface WrittenSentence {
  readonly text: string;
  readonly isClaim: boolean;
}

/** The sentences of a text, its headings and lead-ins told from what it claims. */
function claimsOf(store: CaseStore, text: string): WrittenSentence[] {
  const rarity = rarityIn(store.read);
  return blocksOf(text).flatMap(({ text: own, kind }) => {
    const parts = kind === 'row' || kind === 'code' ? [own] : sentencesOf(own).map(({ start, end }) => own.slice(start, end));
    return parts.map((part) => ({ text: part, isClaim: !claimsNothing(readClaim(withoutSigns(part), rarity), kind) }));
  });
}

/** Sentences with the citations behind them, numbered over the whole text; a quote that several share has one number. */
function citeChecked(store: CaseStore, sentences: readonly (WrittenSentence & { readonly word: CheckedSentence | undefined })[]): Pick<CheckedText, 'sentences' | 'citations' | 'marking'> {
  const marksOf = rememberMarks(store);
  const citations: Citation[] = [];
  let marking = store.marking;
  const shown = sentences.map(({ text, isClaim, word }): AnswerSentence => {
    if (!isClaim) return { text, support: 'uncited', citations: [], missing: null, nearest: null, isClaim };
    const numbers = new Set<number>();
    for (const quote of word?.quotes.slice(0, shownQuotes) ?? []) {
      const known = citations.find(({ documentNumber, start, end }) => documentNumber === quote.document && start === quote.start && end === quote.end);
      const [made] = known === undefined ? cite(store, quote, citations.length + 1, marksOf) : [];
      if (made !== undefined) {
        citations.push(made.citation);
        marking = joinMarkings(marking, made.marking);
      }
      const number = known?.number ?? made?.citation.number;
      if (number !== undefined) numbers.add(number);
    }
    const support = word?.support ?? 'unsupported';
    const [nearest = null] = support === 'unsupported' ? numbers : [];
    return { text, support, citations: support === 'unsupported' ? [] : [...numbers], missing: word?.missing ?? null, nearest };
  });
  return { sentences: shown, citations, marking: viewMarking(marking) };
}
