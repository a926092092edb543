import type { QueryHandlers } from '../../search/index.ts';
import type { CaseReading } from './case-reading.ts';
import { checkInCase, rarityIn, rememberTexts, type CheckedSentence, type ScopedDocument } from '../check/index.ts';
import type { Leaning } from './question.ts';
import { readCase, type ReadingScope } from './read-case.ts';

/** What the reading thread answers. A type, so that it fits ThreadRequests. */
export type ReaderRequests = {
  readonly read: {
    readonly input: { readonly question: string; readonly limit: number; readonly isLoose: boolean | undefined; readonly scope: ReadingScope; readonly leaning: Leaning | undefined };
    readonly output: CaseReading;
    readonly progress: { readonly done: number; readonly total: number };
  };
  /** Sentences are checked in order; as many as one turn has time for, at least one. */
  readonly check: {
    readonly input: { readonly sentences: readonly string[]; readonly scope: readonly ScopedDocument[] | null };
    readonly output: CheckedSentence[];
  };
};

/** How long sentences are checked before what else was asked gets its turn. */
const checkTurnMs = 200;
const checkedTexts = rememberTexts();
/** Read with their paths, which the checker leaves out: hence apart. */
const askedTexts = rememberTexts();

/** Progress is told at every tenth text: a reading takes a fraction of a second. */
const progressStep = 10;

export const readerHandlers: QueryHandlers<ReaderRequests> = {
  read: ({ question, limit, isLoose, scope, leaning }, { db, isCancelled, progress }) =>
    readCase(db, question, { limit, isLoose, scope, leaning, texts: askedTexts, isCancelled, onProgress: (done, total) => { if (done % progressStep === 0 || done === total) progress({ done, total }); } }),
  check: ({ sentences, scope }, { db, isCancelled }) => {
    const endMs = performance.now() + checkTurnMs;
    const options = { rarity: rarityIn(db), texts: checkedTexts, isCancelled };
    const out: CheckedSentence[] = [];
    for (const sentence of sentences) {
      if (out.length > 0 && (performance.now() > endMs || isCancelled())) break;
      out.push(checkInCase(db, sentence, scope, options));
    }
    return out;
  },
};
