import type { QueryHandlers } from '../../search/index.ts';
import type { CaseReading } from './case-reading.ts';
import { readCase, type ReadingScope } from './read-case.ts';

/** What the reading thread answers. A type, so that it fits ThreadRequests. */
export type ReaderRequests = {
  readonly read: {
    readonly input: { readonly question: string; readonly limit: number; readonly isLoose: boolean | undefined; readonly scope: ReadingScope };
    readonly output: CaseReading;
    readonly progress: { readonly done: number; readonly total: number };
  };
};

/** Progress is told at every tenth text: a reading takes a fraction of a second. */
const progressStep = 10;

export const readerHandlers: QueryHandlers<ReaderRequests> = {
  read: ({ question, limit, isLoose, scope }, { db, isCancelled, progress }) =>
    readCase(db, question, { limit, isLoose, scope, isCancelled, onProgress: (done, total) => { if (done % progressStep === 0 || done === total) progress({ done, total }); } }),
};
