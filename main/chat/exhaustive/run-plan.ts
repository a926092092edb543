/** Running a plan, whatever its kind, to what is kept of it. Nothing is kept here. */
import type { ExhaustiveResult, FoundItem, QueryPlan, QuestionPlan, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { AppError } from '../../base/errors.ts';
import { parseQuery, queryUses } from '../../search/index.ts';
import type { ReadingScope } from '../reader/index.ts';
import type { Counter } from './counter.ts';
import { oneTable } from './scope-coverage.ts';
import { queryStatement, tableStatement } from './statement.ts';

/** What came of a plan: the answer in a sentence of ours, the result, and everything that was found. */
export interface PlanFound {
  readonly statement: string;
  readonly result: ExhaustiveResult;
  readonly items: readonly FoundItem[];
}

/** How a run is watched and ended. */
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Items that are kept of one answer: beyond that a list serves nobody, and the count is exact all the same. */
const mostItems = 100_000;

/** Runs a plan over a scope. Rejects with case.bad-plan, search.bad-query, or the signal's reason. */
export async function runPlan(tools: { readonly counter: Counter }, plan: QuestionPlan, scope: ReadingScope, options: RunOptions): Promise<PlanFound> {
  if (scope.span !== null) throw new AppError('case.bad-plan', 'A plan goes through documents, not through a part of one.');
  if (plan.kind === 'query') return runQuery(tools.counter, plan, scope, options);
  if (plan.kind === 'table') return runTablePlan(tools.counter, plan, scope, options);
  throw new AppError('case.bad-plan', 'This kind of plan cannot be run.', { data: { kind: plan.kind } });
}

async function runQuery(counter: Counter, plan: QueryPlan, { documents }: ReadingScope, { signal, onProgress }: RunOptions): Promise<PlanFound> {
  if (plan.of === 'mentions' && !queryUses(parseQuery(plan.query)).isOneTerm) throw new AppError('case.bad-plan', 'Mentions can be counted of one word or phrase. Count documents instead.');
  const coverage = await counter.cover(plan, documents, { signal });
  const matching = await counter.match(plan, documents, { signal });
  // What was not looked at for its words is none of the messages that the count is of.
  const messages = plan.of === 'messages' ? (await counter.match({ ...plan, query: queryUses(parseQuery(plan.query)).texts ? 'type:mail state:text' : 'type:mail' }, documents, { signal })).length : null;
  onProgress(0, matching.length);
  const items = await counter.quote(plan, matching, { signal, onProgress: (done) => onProgress(done, matching.length) });
  const isMentions = plan.of === 'mentions';
  const total = isMentions ? items.length : matching.length;
  const holding = isMentions ? new Set(items.map(({ document }) => document)).size : matching.length;
  const notes = [...coverage.notes];
  if (isMentions && holding < matching.length) notes.push(`${(matching.length - holding).toLocaleString('en-US')} more hold it in their subject or among their people only, which are not counted.`);
  const result: ExhaustiveResult = { plan, coverage: { ...coverage, notes }, total, of: plan.of, documents: holding, listed: Math.min(total, mostItems), figure: null, heads: [], table: null };
  return { statement: queryStatement(plan, result, messages), result, items: items.slice(0, mostItems) };
}

async function runTablePlan(counter: Counter, plan: TablePlan, { documents }: ReadingScope, { signal }: RunOptions): Promise<PlanFound> {
  const { total, of, figure, heads, items, notes, face } = await counter.runTable(plan, documents, { signal });
  const coverage = { ...oneTable, notes: [`${face.rows.toLocaleString('en-US')} rows of one sheet were gone through.`, ...foldNotes(notes)] };
  const result: ExhaustiveResult = { plan, coverage, total, of, documents: 1, listed: Math.min(items.length, mostItems), figure, heads: [...heads], table: face };
  return { statement: tableStatement(plan, result), result, items: items.slice(0, mostItems) };
}

/** Notes of one kind are told one by one as long as they are few. */
const mostNotes = 6;

function foldNotes(notes: readonly string[]): string[] {
  return notes.length <= mostNotes ? [...notes] : [...notes.slice(0, mostNotes), `${notes.length - mostNotes} more rows are left out for such reasons.`];
}
