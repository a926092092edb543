/** What the counting thread answers. */
import type { ExhaustiveCoverage, QueryPlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { QueryHandlers } from '../../search/index.ts';
import { coverQuery, matchQuery, quoteMatches, type QuotedTurn } from './run-query.ts';

/** Numbers of the documents asked of; null is the whole case. */
export type ScopeNumbers = readonly number[] | null;

/** A type, so that it fits ThreadRequests. */
export type ExhaustiveRequests = {
  readonly cover: { readonly input: { readonly plan: QueryPlan; readonly documents: ScopeNumbers }; readonly output: ExhaustiveCoverage };
  readonly match: { readonly input: { readonly plan: QueryPlan; readonly documents: ScopeNumbers }; readonly output: Int32Array };
  /** Documents in order; as many as one turn has time for, at least one. */
  readonly quote: { readonly input: { readonly plan: QueryPlan; readonly documents: Int32Array }; readonly output: QuotedTurn };
};

/** How long one turn quotes before what else was asked gets its own. */
const turnMs = 200;

export const exhaustiveHandlers: QueryHandlers<ExhaustiveRequests> = {
  cover: ({ plan, documents }, { db }) => coverQuery(db, plan, documents),
  match: ({ plan, documents }, { db }) => matchQuery(db, plan, documents),
  quote: ({ plan, documents }, { db, isCancelled }) => {
    const endMs = performance.now() + turnMs;
    return quoteMatches(db, plan, Array.from(documents), () => performance.now() > endMs || isCancelled());
  },
};
