/** What the counting thread answers. */
import type { ExhaustiveCoverage, QueryPlan, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { QueryHandlers } from '../../search/index.ts';
import type { ExhaustiveQuestion } from './classify-question.ts';
import type { ScopeNumbers } from './scope-coverage.ts';
import { coverQuery, matchQuery, quoteMatches, type QuotedTurn } from './run-query.ts';
import { lookAtTable, offerTables, planTables, runTablePlan, type OfferedTable, type TablePlanning } from './table-requests.ts';

/** A type, so that it fits ThreadRequests. */
export type ExhaustiveRequests = {
  readonly cover: { readonly input: { readonly plan: QueryPlan; readonly documents: ScopeNumbers }; readonly output: ExhaustiveCoverage };
  readonly match: { readonly input: { readonly plan: QueryPlan; readonly documents: ScopeNumbers }; readonly output: Int32Array };
  /** Documents in order; as many as one turn has time for, at least one. */
  readonly quote: { readonly input: { readonly plan: QueryPlan; readonly documents: Int32Array }; readonly output: QuotedTurn };
  readonly planTables: { readonly input: { readonly question: string; readonly asked: ExhaustiveQuestion; readonly documents: ScopeNumbers }; readonly output: TablePlanning };
  readonly offerTables: { readonly input: { readonly documents: ScopeNumbers; readonly most: number }; readonly output: OfferedTable[] };
  readonly lookAtTable: { readonly input: { readonly plan: TablePlan; readonly documents: ScopeNumbers }; readonly output: ReturnType<typeof lookAtTable> };
  readonly runTable: { readonly input: { readonly plan: TablePlan; readonly documents: ScopeNumbers }; readonly output: ReturnType<typeof runTablePlan> };
};

/** How long one turn quotes before what else was asked gets its own. */
const turnMs = 200;

export const exhaustiveHandlers: QueryHandlers<ExhaustiveRequests> = {
  cover: ({ plan, documents }, { db }) => coverQuery(db, plan, documents),
  match: ({ plan, documents }, { db }) => matchQuery(db, plan, documents),
  planTables: ({ question, asked, documents }, { db, isCancelled }) => planTables(db, question, asked, documents, isCancelled),
  offerTables: ({ documents, most }, { db, isCancelled }) => offerTables(db, documents, most, isCancelled),
  lookAtTable: ({ plan, documents }, { db }) => lookAtTable(db, plan, documents),
  runTable: ({ plan, documents }, { db }) => runTablePlan(db, plan, documents),
  quote: ({ plan, documents }, { db, isCancelled }) => {
    const endMs = performance.now() + turnMs;
    return quoteMatches(db, plan, Array.from(documents), () => performance.now() > endMs || isCancelled());
  },
};
