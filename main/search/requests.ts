/** What the search thread answers. */
import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import type { SetSource } from '../../preload/contract/domains/sets.ts';
import { findMember, firstUncoded } from '../store/reader.ts';
import { countFacets, countLanguages, type FacetCount } from './facets.ts';
import { highlightsIn } from './highlights.ts';
import type { Hit } from './marks.ts';
import { openSet, rankedSearch, type OpenedSet } from './open-set.ts';
import { searchPlainWords, type PlainHit } from './plain-words.ts';
import { readRows, type MemberWithSnippets } from './rows.ts';
import type { QueryHandlers } from './serve-queries.ts';
import { suggestQueries, type Suggestion } from './suggestions.ts';

/** A type, so that it fits ThreadRequests. */
export type SearchRequests = {
  readonly open: { readonly input: SetSource; readonly output: OpenedSet };
  /** Rows of `documents`, which stand at `offset` in their set: as many as one turn has time for, at least one. */
  readonly rows: { readonly input: { readonly documents: Int32Array; readonly query: string | null; readonly offset: number }; readonly output: MemberWithSnippets[] };
  readonly member: { readonly input: DocumentId; readonly output: number | null };
  readonly firstUncoded: { readonly input: Int32Array; readonly output: number | null };
  readonly facets: { readonly input: string; readonly output: ReturnType<typeof countFacets> };
  readonly languages: { readonly input: null; readonly output: readonly FacetCount[] };
  readonly highlights: { readonly input: { readonly document: DocumentId; readonly query: string }; readonly output: Hit[] };
  readonly suggestions: { readonly input: string; readonly output: Suggestion[] };
  readonly ranked: { readonly input: string; readonly output: ReturnType<typeof rankedSearch> };
  readonly plainWords: { readonly input: { readonly text: string; readonly depth: number }; readonly output: PlainHit[] };
};

/** How long rows are read before what else was asked gets its turn, however long their texts are. */
const rowsTurnMs = 25;

export const searchHandlers: QueryHandlers<SearchRequests> = {
  open: (source, { db }) => openSet(db, source),
  rows: ({ documents, query, offset }, { db }) => {
    const endMs = performance.now() + rowsTurnMs;
    return readRows(db, { documents, query }, 0, documents.length, () => performance.now() > endMs).map((row) => ({ ...row, index: row.index + offset }));
  },
  member: (document, { db }) => findMember(db, document),
  firstUncoded: (documents, { db }) => firstUncoded(db, Array.from(documents)),
  facets: (query, { db }) => countFacets(db, query),
  languages: (_all, { db }) => countLanguages(db),
  highlights: ({ document, query }, { db }) => highlightsIn(db, document, query),
  suggestions: (query, { db }) => suggestQueries(db, query),
  ranked: (query, { db }) => rankedSearch(db, query),
  plainWords: ({ text, depth }, { db }) => searchPlainWords(db, text, depth),
};
