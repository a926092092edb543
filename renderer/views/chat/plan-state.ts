/** The plan of a question about everything in scope, between the question and its run. The person reads it, changes it, runs it or puts it away. */
import { create } from 'zustand';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import type { Planned, PlanWay, QueryPlan, QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useChatState } from './chat-state.ts';

/** What is wrong with a plan. `where` is the part of a plan over a table, null for a query; `at` which of its conditions, from 0. */
export interface PlanFault {
  readonly text: string;
  readonly where: string | null;
  readonly at: number | null;
}

/** A plan that waits for the person's word. */
export interface Planning {
  readonly question: string;
  readonly scope: ChatScope;
  readonly planned: Planned;
  /** Which of the ways is shown. */
  readonly way: number;
  /** What is wrong with the plan as it stands now; null when nothing is. */
  readonly fault: PlanFault | null;
  /** Why the endpoint proposed no plan; null when it was not asked, or did. */
  readonly proposalFault: string | null;
  /** True while a changed plan is being looked at. */
  readonly isLooking: boolean;
}

/** The state itself; null while no plan waits. */
export const usePlanning = create<{ readonly planning: Planning | null }>(() => ({ planning: null }));

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) putAwayPlan();
});
// Another conversation has nothing to do with this plan.
useChatState.subscribe((now, before) => {
  if (now.conversation !== before.conversation || now.asking !== null) putAwayPlan();
});

/** Puts the plan away; the question stays in the composer. */
export function putAwayPlan(): void {
  if (usePlanning.getState().planning !== null) usePlanning.setState({ planning: null });
}

/** Plans what is in the composer; false when passages are to answer it. A plan that cannot be made stops no question. */
export async function offerPlan(caseId: CaseId, endpoint: EndpointInfo | null): Promise<boolean> {
  const { draft, scope, questionMarking } = useChatState.getState();
  const question = draft.trim();
  try {
    const planned = await call('chat.plan', { case: caseId, question, scope, endpoint: endpoint?.endpoint ?? null, questionMarking: questionMarking.trim() === '' ? null : questionMarking.trim() });
    if (useNavigation.getState().case !== caseId || useChatState.getState().draft.trim() !== question) return true;
    if (!planned.isExhaustive) return false;
    usePlanning.setState({ planning: { question, scope, planned, way: 0, fault: null, proposalFault: null, isLooking: false } });
    return true;
  } catch {
    return false; // the question itself says what is wrong
  }
}

let latest = 0;
let looking = new AbortController();

function faultOf(error: unknown): PlanFault {
  if (!isEngineError(error, 'search.bad-query', 'case.bad-plan', 'bridge.invalid-input')) return { text: 'This plan cannot be looked at.', where: null, at: null };
  const { where, at } = error.data;
  return { text: error.code === 'bridge.invalid-input' ? 'Write what to look for.' : error.message, where: typeof where === 'string' ? where : null, at: typeof at === 'number' ? at : null };
}

let lastLook: Promise<void> = Promise.resolve();

/** Takes a plan that the person changed, and looks at what it would do. */
export function changePlan(caseId: CaseId, plan: QuestionPlan): Promise<void> {
  lastLook = lookAtChanged(caseId, plan);
  return lastLook;
}

/** The plan that is shown, once what the person changed last was looked at: who presses Enter at once means what stands there. Null when something is wrong with it, or it was put away. */
export async function planToRun(): Promise<QuestionPlan | null> {
  const question = usePlanning.getState().planning?.question;
  for (let look: Promise<void> | null = null; look !== lastLook; await look) look = lastLook;
  const { planning } = usePlanning.getState();
  if (planning === null || planning.question !== question || planning.fault !== null) return null;
  return planning.planned.ways[planning.way]?.plan ?? null;
}

async function lookAtChanged(caseId: CaseId, plan: QuestionPlan): Promise<void> {
  const { planning } = usePlanning.getState();
  if (planning === null) return;
  latest += 1;
  const mine = latest;
  looking.abort(new Error('Another plan is looked at.'));
  looking = new AbortController();
  const set = (change: (way: PlanWay) => PlanWay, fault: PlanFault | null, isLooking: boolean): void => {
    const now = usePlanning.getState().planning;
    if (now === null || mine !== latest) return;
    const ways = now.planned.ways.map((way, index) => (index === now.way ? change(way) : way));
    usePlanning.setState({ planning: { ...now, planned: { ...now.planned, ways }, fault, isLooking } });
  };
  const { questionMarking } = useChatState.getState();
  set((way) => ({ ...way, plan }), planning.fault, true);
  try {
    const { ways: [way] } = await call('chat.plan', { case: caseId, question: planning.question, scope: planning.scope, plan, questionMarking: questionMarking.trim() === '' ? null : questionMarking.trim() }, { signal: looking.signal });
    set((before) => way ?? before, null, false);
  } catch (error) {
    set((before) => before, faultOf(error), false); // one that was left for another is no longer the latest
  }
}

/** Shows another way to answer. */
export function chooseWay(way: number): void {
  const { planning } = usePlanning.getState();
  if (planning !== null) usePlanning.setState({ planning: { ...planning, way, fault: null } });
}

/** The plan by query with one thing changed. */
export const withQuery = (plan: QueryPlan, change: Partial<Pick<QueryPlan, 'query' | 'of'>>): QueryPlan => ({ ...plan, ...change });

/** Has the chosen endpoint propose a plan over a table, and shows it beside the others. */
export async function proposeTablePlan(caseId: CaseId, endpoint: EndpointInfo): Promise<void> {
  const { planning } = usePlanning.getState();
  if (planning === null || planning.isLooking) return;
  const { questionMarking } = useChatState.getState();
  const set = (change: Partial<Planning>): void => {
    const now = usePlanning.getState().planning;
    if (now !== null && now.question === planning.question) usePlanning.setState({ planning: { ...now, ...change } });
  };
  set({ isLooking: true, fault: null });
  try {
    const { ways } = await call('chat.propose-table-plan', { case: caseId, question: planning.question, endpoint: endpoint.endpoint, scope: planning.scope, questionMarking: questionMarking.trim() === '' ? null : questionMarking.trim() });
    set({ planned: { ...planning.planned, why: null, ways: [...ways, ...planning.planned.ways] }, way: 0, isLooking: false });
  } catch (error) {
    set({ isLooking: false, proposalFault: error instanceof Error ? error.message : String(error) });
  }
}
