/**
 * The extractive reader: the answer of a fresh install and the baseline of every model. It retrieves texts, reads them sentence by
 * sentence and quotes the best-supported ones; it writes nothing of its own. It has a thread and a reading connection of its own, so
 * that a long reading does not hold up search.
 */
export { createCaseReader, type CaseReader, type ReadOptions } from './case-reader.ts';
export { asksOfPerson, questionsToReadWith } from './leans-on.ts';
export type { Leaning } from './question.ts';
export { wholeCase, type ReadingScope } from './read-case.ts';
export type { CaseReading, FoundSentence, ReadingCoverage } from './case-reading.ts';
