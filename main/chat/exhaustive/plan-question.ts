/** What would be done for a question about everything in scope, before anything is. Runs and keeps nothing. */
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import type { ModelPlan, Planned, PlanWay, QueryPlan, QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { parseQuery, queryUses, stopWords, type Searcher } from '../../search/index.ts';
import type { CaseStore, EndpointRow } from '../../store/index.ts';
import { readScope } from '../scope.ts';
import { classifyQuestion, type ExhaustiveQuestion } from './classify-question.ts';
import type { Bulk } from '../bulk/index.ts';
import type { Counter } from './counter.ts';
import { termOf } from './looked-for.ts';
import { deriveQuery } from './query-plan.ts';
import { previewModel } from './run-model.ts';
import { oneTable, type ScopeNumbers } from './scope-coverage.ts';
import type { OfferedTable } from './table-requests.ts';

/** What planning needs. */
export interface PlanTools {
  readonly store: CaseStore;
  readonly searcher: Searcher;
  readonly counter: Counter;
  readonly bulk: Bulk;
}

/** A question and what it is asked of. With a `plan`, that one is looked at: the person changed it. */
export interface QuestionToPlan {
  readonly question: string;
  readonly scope: ChatScope;
  readonly endpoint: EndpointRow | null;
  /** Null counts as the case. */
  readonly questionMarking: Marking | null;
  readonly plan: QuestionPlan | null;
}

/** Sheets that a person chooses from. */
const mostOffered = 100;

/** Sheets of a scope by their columns, for a person who makes a plan over one. Rejects as `readScope`, or with the signal's reason. */
export async function listTables(tools: Pick<PlanTools, 'store' | 'searcher' | 'counter'>, scope: ChatScope, signal: AbortSignal): Promise<OfferedTable[]> {
  const { documents } = await readScope(tools, scope, signal);
  return tools.counter.offerTables(documents, mostOffered, { signal });
}

const notExhaustive: Planned = { isExhaustive: false, wanted: null, ways: [], why: null };

/** Plans a question. Rejects with search.bad-query for a query that a person wrote, case.bad-plan, or the signal's reason. */
export async function planQuestion(tools: PlanTools, { question, scope, plan, endpoint, questionMarking }: QuestionToPlan, signal: AbortSignal): Promise<Planned> {
  const asked = classifyQuestion(question);
  if (plan === null && asked === null) return notExhaustive;
  // A passage is read whole by whoever answers: there is nothing to go through.
  if (scope.kind === 'span') return notExhaustive;
  const { documents } = await readScope(tools, scope, signal);
  if (plan !== null) return { isExhaustive: true, wanted: plan.kind === 'table' ? asked?.wanted ?? 'count' : plan.wanted, ways: [await lookAt(tools, plan, { scope, questionMarking, documents }, signal)], why: null };
  return asked === null ? notExhaustive : planAsked(tools, { asked, question, scope, endpoint, questionMarking, documents }, signal);
}

/** A question with what its form says of it and where it is asked. */
interface Asked extends Pick<QuestionToPlan, 'question' | 'scope' | 'endpoint' | 'questionMarking'> {
  readonly asked: ExhaustiveQuestion;
  readonly documents: ScopeNumbers;
}

async function planAsked(tools: PlanTools, { asked, question, scope, endpoint, questionMarking, documents }: Asked, signal: AbortSignal): Promise<Planned> {
  const derived = asked.isFigure ? null : deriveQuery(asked);
  const ways: PlanWay[] = [];
  if (derived !== null) ways.push(await queryWay(tools, derived.plan, derived.doubts, documents, signal));
  // A query that leaves nothing out needs no table beside it.
  if (ways[0]?.isCertain !== true) ways.push(...await tableWays(tools, question, asked, documents, signal));
  ways.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
  if (asked.isFigure && ways.length === 0) return notExhaustive;
  // A model reads what words alone do not tell; what is certain without one comes first.
  if (endpoint !== null && !asked.isFigure) ways.splice(ways.filter(({ isCertain }) => isCertain).length, 0, await modelWay(tools, { kind: 'model', wanted: asked.wanted, question, endpoint: endpoint.id }, { scope, questionMarking }, signal));
  if (ways.length > 0) return { isExhaustive: true, wanted: asked.wanted, ways, why: null };
  // What is asked for is no document. Its words can be looked for, and that is said to be something else.
  const words = asked.rest.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')).filter((word) => word !== '' && !stopWords.has(word.toLowerCase()));
  const plan: QueryPlan = { kind: 'query', wanted: asked.wanted, of: 'documents', query: words.map(termOf).join(' ') };
  const why = 'What this asks for are no documents, messages or mentions, and no rows of a table that is known: they cannot be counted without reading.';
  if (words.length === 0) return { isExhaustive: true, wanted: asked.wanted, ways: [], why };
  return { isExhaustive: true, wanted: asked.wanted, why, ways: [await queryWay(tools, plan, ['Documents that hold these words are counted, not what the question asks for.'], documents, signal)] };
}

async function lookAt(tools: PlanTools, plan: QuestionPlan, { scope, questionMarking, documents }: Pick<Asked, 'scope' | 'questionMarking' | 'documents'>, signal: AbortSignal): Promise<PlanWay> {
  if (plan.kind === 'query') return queryWay(tools, plan, [], documents, signal);
  if (plan.kind === 'table') {
    const { face, doubts } = await tools.counter.lookAtTable(plan, documents, { signal });
    return { ...wayDefaults, plan, isCertain: doubts.length === 0, doubts: [...doubts], coverage: oneTable, table: face };
  }
  return modelWay(tools, plan, { scope, questionMarking }, signal);
}

async function queryWay({ counter }: PlanTools, plan: QueryPlan, doubts: readonly string[], documents: ScopeNumbers, signal: AbortSignal): Promise<PlanWay> {
  const cannotCount = plan.of === 'mentions' && !queryUses(parseQuery(plan.query)).isOneTerm ? ['Mentions can be counted of one word or phrase.'] : [];
  const all = [...new Set([...doubts, ...cannotCount])];
  return { plan, isCertain: all.length === 0, doubts: all, coverage: await counter.cover(plan, documents, { signal }), ...wayDefaults };
}

/** Of a way that asks no model and no table. */
const wayDefaults = { requests: 0, tokens: 0, table: null } as const;
/** Sheets that are offered when a question fits several. */
const mostTables = 8;

/** A plan for each sheet that the question fits. With more than one, nobody but the person knows which is meant. */
async function tableWays({ counter }: PlanTools, question: string, asked: ExhaustiveQuestion, documents: ScopeNumbers, signal: AbortSignal): Promise<PlanWay[]> {
  const { candidates, sheets, isWhole } = await counter.planTables(question, asked, documents, { signal });
  const several = candidates.length > 1 ? [`${candidates.length} sheets fit this question. This is one of them.`] : [];
  const partly = isWhole ? [] : ['Not all sheets in scope were looked at: narrow what is asked of.'];
  const others = sheets - 1 > 0 ? [`${(sheets - 1).toLocaleString('en-US')} other ${sheets === 2 ? 'sheet' : 'sheets'} in scope ${sheets === 2 ? 'is' : 'are'} not part of this.`] : [];
  return candidates.slice(0, mostTables).map(({ plan, face, doubts }): PlanWay => {
    const all = [...doubts, ...several, ...partly];
    return { plan, isCertain: all.length === 0, doubts: all, coverage: { ...oneTable, notes: others }, requests: 0, tokens: 0, table: face };
  });
}

/** What a model says is no certainty, whatever it quotes. */
async function modelWay(tools: PlanTools, plan: ModelPlan, { scope, questionMarking }: Pick<QuestionToPlan, 'scope' | 'questionMarking'>, signal: AbortSignal): Promise<PlanWay> {
  return { plan, isCertain: false, doubts: ['A model reads each document and may be wrong. Only what it quotes word for word, or nearly, from the stored text is counted, by us.'], ...await previewModel(tools, plan, scope, questionMarking, signal), table: null };
}
