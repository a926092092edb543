/** Asking: one question at a time, streamed, stoppable, and never lost. */
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { AskProgress } from '../../../preload/contract/domains/chat.ts';
import type { QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { endpointErrors } from '../../../preload/contract/errors.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { offerPlan, putAwayPlan } from './plan-state.ts';
import { type Asking, chooseBranch, type Problem, putBack, useChatState, type Wishes } from './chat-state.ts';
import { refusalOf } from './refusal.ts';
import { emptyFeed, feed } from './sentence-feed.ts';

const noAnswerCodes = [endpointErrors.unreachable, endpointErrors.timedOut] as const;

let controller: AbortController | null = null;

/** Stops the answer that is being written; the engine keeps the question. */
export function stopAsking(): void {
  controller?.abort(new DOMException('The person stopped the answer.', 'AbortError'));
}

/** Nothing beyond the words of the question. */
export const noWishes: Wishes = { leaveOut: [], replacePersonalData: null };

/** What the engine is asked with, of what is in the composer. */
function asked(caseId: CaseId, wishes: Wishes) {
  const { draft, conversation, questionMarking, scope, goingOnFrom, lastShown } = useChatState.getState();
  return { case: caseId, conversation, scope, after: goingOnFrom === null ? lastShown : goingOnFrom.turn, question: draft.trim(), questionMarking: questionMarking.trim() === '' ? null : questionMarking.trim(), leaveOut: [...wishes.leaveOut], replacePersonalData: wishes.replacePersonalData };
}

/**
 * Sends what is in the composer, or first shows word for word what would leave this computer: the person sends it from there. What the
 * guard refuses is not shown but asked, so that the refusal is recorded.
 */
export async function sendDraft(caseId: CaseId, endpoint: EndpointInfo | null, wishes: Wishes = noWishes, from: 'plan' | 'passages' = 'plan'): Promise<void> {
  const { draft, asking, unshown } = useChatState.getState();
  if (draft.trim() === '' || asking !== null) return;
  // A question about everything in scope is planned first; what was refused or changed since is asked from passages as before.
  if (from === 'plan' && wishes === noWishes && await offerPlan(caseId, endpoint)) return;
  putAwayPlan();
  if (endpoint === null || !endpoint.isOutside || unshown.has(endpoint.endpoint)) return askDraft(caseId, endpoint, wishes, null);
  useChatState.setState({ problem: null });
  try {
    const preview = await call('chat.preview', { ...asked(caseId, wishes), endpoint: endpoint.endpoint });
    if (useNavigation.getState().case !== caseId) return;
    if (preview.refusal === null) useChatState.setState({ shown: { endpoint: endpoint.endpoint, wishes, preview } });
    else await askDraft(caseId, endpoint, wishes, null);
  } catch (error) {
    if (useNavigation.getState().case === caseId) useChatState.setState({ problem: problemOf(error, endpoint.name) });
  }
}

/** Asks what is in the composer. `approved` is the digest of what the person was shown. Does nothing while it is empty or another question is being answered. */
export async function askDraft(caseId: CaseId, endpoint: EndpointInfo | null, wishes: Wishes, approved: string | null, plan: QuestionPlan | null = null): Promise<void> {
  const { draft, conversation, asking } = useChatState.getState();
  const question = draft.trim();
  if (question === '' || asking !== null) return;
  const mine = new AbortController();
  controller = mine;
  const endpointName = endpoint?.name ?? null;
  const input = { ...asked(caseId, wishes), endpoint: endpoint?.endpoint ?? null, approved, plan };
  useChatState.setState({ draft: '', problem: null, shown: null, goingOnFrom: null, asking: { question, conversation, turn: null, endpointName, reading: null, text: emptyFeed } });
  try {
    const answer = await call('chat.ask', input, { signal: mine.signal, onProgress: hear });
    if (useChatState.getState().conversation === answer.conversation) chooseBranch(answer.turn.after, answer.turn.turn);
    const key = keyOf('chat.turns', { case: caseId, conversation: answer.conversation });
    // The answer is shown before its progress is taken away, so that nothing flickers or is read out twice.
    await queryClient.prefetchQuery({ queryKey: key, queryFn: ({ signal }) => call('chat.turns', { case: caseId, conversation: answer.conversation }, { signal }), staleTime: 0 });
  } catch (error) {
    if (useNavigation.getState().case !== caseId) return; // the case was closed: nothing of it may come back
    const wasKept = useChatState.getState().asking?.turn !== null;
    if (!mine.signal.aborted) useChatState.setState({ problem: problemOf(error, endpointName) });
    if (!mine.signal.aborted || !wasKept) putBack(question);
  } finally {
    if (controller === mine) {
      controller = null;
      useChatState.setState({ asking: null });
    }
    for (const route of ['chat.turns', 'chat.conversations'] as const) void queryClient.invalidateQueries({ queryKey: [route] });
  }
}

function hear(progress: AskProgress): void {
  const { asking, conversation } = useChatState.getState();
  if (asking === null) return;
  const set = (change: Partial<Asking>): void => useChatState.setState({ asking: { ...asking, ...change } });
  switch (progress.kind) {
    case 'asked':
      // The person may have gone to another conversation since; only the one that was asked in is followed.
      if (conversation === asking.conversation) useChatState.setState({ conversation: progress.conversation });
      set({ conversation: progress.conversation, turn: progress.turn });
      void queryClient.invalidateQueries({ queryKey: ['chat.conversations'] });
      break;
    case 'reading': set({ reading: { done: progress.done, total: progress.total } }); break;
    case 'text': set({ text: feed(asking.text, progress.text) }); break;
  }
}

function problemOf(error: unknown, endpointName: string | null): Problem {
  const sentence = error instanceof Error ? error.message : String(error);
  if (isEngineError(error, 'policy.refused')) {
    const refusal = refusalOf(error.data);
    return { kind: 'refused', endpointName: refusal?.endpoint ?? endpointName ?? 'the endpoint', refusal, sentence };
  }
  if (isEngineError(error, 'policy.not-as-shown')) return { kind: 'not-as-shown' };
  if (endpointName !== null && isEngineError(error, ...Object.values(endpointErrors))) {
    return { kind: 'endpoint-failed', endpointName, sentence, isUnreachable: isEngineError(error, ...noAnswerCodes) };
  }
  return { kind: 'failed', sentence };
}
