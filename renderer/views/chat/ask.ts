/** Asking: one question at a time, streamed, stoppable, and never lost. */
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { AskProgress } from '../../../preload/contract/domains/chat.ts';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { endpointErrors } from '../../../preload/contract/errors.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { type Asking, type Problem, putBack, useChatState } from './chat-state.ts';
import { refusalOf } from './refusal.ts';
import { emptyFeed, feed } from './sentence-feed.ts';

const noAnswerCodes = [endpointErrors.unreachable, endpointErrors.timedOut] as const;

let controller: AbortController | null = null;

/** Stops the answer that is being written; the engine keeps the question. */
export function stopAsking(): void {
  controller?.abort(new DOMException('The person stopped the answer.', 'AbortError'));
}

/** Asks what is in the composer. Does nothing while it is empty or another question is being answered. */
export async function askDraft(caseId: CaseId, endpoint: EndpointInfo | null): Promise<void> {
  const { draft, conversation, asking } = useChatState.getState();
  const question = draft.trim();
  if (question === '' || asking !== null) return;
  const mine = new AbortController();
  controller = mine;
  const endpointName = endpoint?.name ?? null;
  useChatState.setState({ draft: '', problem: null, asking: { question, conversation, turn: null, endpointName, reading: null, text: emptyFeed } });
  try {
    const answer = await call('chat.ask', { case: caseId, conversation, question, endpoint: endpoint?.endpoint ?? null }, { signal: mine.signal, onProgress: hear });
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
  if (endpointName !== null && isEngineError(error, ...Object.values(endpointErrors))) {
    return { kind: 'endpoint-failed', endpointName, sentence, isUnreachable: isEngineError(error, ...noAnswerCodes) };
  }
  return { kind: 'failed', sentence };
}
