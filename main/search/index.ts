/**
 * Finding documents: the query language, ordered sets, snippets, highlights, facets, suggestions, and ranking for plain words. All
 * of it reads through store/reader.ts on threads of its own (search.worker.ts), so that no query holds up the engine; nothing
 * here writes, and nothing here knows markings: rows carry a document's own marking as stored, and the routes add policy.
 *
 * Decisions. A query is a tree that mixes words and filters anywhere; its wordy parts become FTS5 expressions as large as possible
 * and everything is joined over document numbers in SQL. Sets are computed whole, once, as numbers (4 bytes a document), and rows
 * are read by window. Members are the first documents of their bytes. Ranking is BM25 with the subject counting three times.
 */
export type { FacetCount } from './facets.ts';
export { firstHits, planHits, type HitPlan } from './find-hits.ts';
export type { Hit } from './marks.ts';
export { compileFor } from './open-set.ts';
export type { DocumentSet, OpenedSet } from './open-set.ts';
export { contentWords, searchPlainWords, type PlainHit } from './plain-words.ts';
export { parseQuery } from './query/parser.ts';
export { queryUses, type QueryUses } from './query/uses.ts';
export { printQuery } from './query/print.ts';
export { createQueryThread } from './query-thread.ts';
export type { MemberWithSnippets } from './rows.ts';
export type { GroupBatch, GroupRequests } from './groups/group-pass.ts';
export { createSearcher, type Searcher } from './searcher.ts';
export { serveQueries, type QueryContext, type QueryHandlers } from './serve-queries.ts';
export { stopWords } from './stop-words.ts';
export type { Suggestion } from './suggestions.ts';
export { fold, stem, wordsOf, type Word } from './words.ts';
