/**
 * Chat: conversations, questions and answers, the cited document. The view owns how a question is written, sent, stopped and
 * kept, and how an answer is checked by eye; retrieval, models, the guard and the checking of quotes are the engine's. What a
 * model wrote is drawn as plain text only, never as markup and never with links.
 */
import { useQueries } from '@tanstack/react-query';
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaseId, DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { AllowedWay, Answer, Citation, ShownItem, Turn } from '../../../preload/contract/domains/chat.ts';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { BulkSendingDialog } from '../../lib/bulk-sending-dialog.tsx';
import { useOpenCase } from '../../lib/case-info.ts';
import { call } from '../../lib/client.ts';
import { useFocusOnRequest } from '../../lib/focus-request.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { keyOf, useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { useVaultFace } from '../../lib/vault-status.ts';
import { Pane, Panes, VisuallyHidden } from '../../ui/index.ts';
import { quoteCheck } from './answer-layout.ts';
import { stateWords } from './answer-state.ts';
import { askDraft, noWishes, sendDraft } from './ask.ts';
import { useChatCommands } from './chat-commands.ts';
import { type Checking, type OpenCitation, putBack, showConversation, useChatState } from './chat-state.ts';
import { CheckPane } from './check-pane.tsx';
import { checkText, closeCheck } from './check-text.ts';
import { CitedDocument } from './cited-document.tsx';
import { Composer } from './composer.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { itemsInput, pageOf } from './items-page.ts';
import { putAwayPlan, usePlanning } from './plan-state.ts';
import { PlanStrip } from './plan-strip.tsx';
import { ProblemStrip } from './problem-strip.tsx';
import { QuestionMarking } from './question-marking.tsx';
import { SendPreview } from './send-preview.tsx';
import { SendingDialog } from './sending-dialog.tsx';
import { type AnsweredTurn, beginEdit, isAnswered, toggleAccepted } from './review-answer.ts';
import { Thread } from './thread.tsx';
import { ThreadHead } from './thread-head.tsx';

const closeSent = (): void => useChatState.setState({ sent: null });
const noTurns: readonly Turn[] = [];
const noCitations: readonly Citation[] = [];

/** The chat view of the open case. */
export function ChatView(): ReactElement | null {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <CaseChat key={caseId} caseId={caseId} />;
}

function CaseChat({ caseId }: { caseId: CaseId }): ReactElement {
  const endpointId = useNavigation((state) => state.endpoint);
  const { conversation, goingOnFrom, asking, problem, open, shown, sent, isChecking, checking: textChecked } = useChatState();
  const checking = isChecking ? textChecked : null;
  const caseInfo = useOpenCase();
  // As an answer counts them: duplicates folded into the first of their kind.
  const documents = useRoute('coding.counts', { case: caseId }).data?.total ?? 0;
  const conversations = useRoute('chat.conversations', { case: caseId });
  const turns = useTurns(caseId);
  const endpoints = useRoute('endpoints.list', {}).data?.endpoints ?? [];
  const endpoint = endpoints.find((info) => info.endpoint === endpointId) ?? null;
  const [panes, setPanes] = usePanesState('chat');
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const focusField = useCallback(() => {
    const focus = (): void => {
      const field = fieldRef.current;
      if (field === null) return;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    };
    if (!useChatState.getState().isChecking) return focus();
    // The field is there once the conversation is shown again.
    closeCheck();
    requestAnimationFrame(focus);
  }, []);
  useFocusOnRequest('composer', focusField);
  usePendingQuestion(focusField);

  const planning = usePlanning((state) => state.planning);
  const shownTurns = turns.data ?? noTurns;
  useOnScreen([
    ...(conversations.data?.conversations ?? []).map((info) => info.marking),
    ...shownTurns.flatMap((turn) => (turn.answer === null ? [] : [turn.marking ?? turn.review?.edit?.marking ?? turn.answer.marking])),
    ...(checking?.checked === null || checking === null ? [] : [checking.checked.marking]),
    // What streams, and what a plan names, has no marking of its own here: the case's stands for it.
    ...((asking === null && planning === null) || caseInfo === undefined ? [] : [caseInfo.marking]),
  ]);

  const { citations, current, sending, turnOfCitations } = useOpenCitation(caseId, shownTurns, open, checking);
  const openCitation = useCallback((citation: OpenCitation | null) => useChatState.setState({ open: citation }), []);
  const openNumber = useCallback((number: number) => {
    if (turnOfCitations !== undefined && citations.some((citation) => citation.number === number)) openCitation({ turn: turnOfCitations, number });
  }, [citations, turnOfCitations, openCitation]);
  const step = useCallback((by: 1 | -1) => {
    const at = current === null ? (by === 1 ? -1 : 0) : citations.indexOf(current);
    const next = citations[(at + by + citations.length) % citations.length];
    if (next !== undefined) openNumber(next.number);
  }, [citations, current, openNumber]);

  const answered = useAnswered(shownTurns, open);
  const [isMarking, setMarking] = useState(false);
  const systemHigh = useVaultFace()?.systemHigh ?? null;
  const send = useCallback(() => { void sendDraft(caseId, endpoint); }, [caseId, endpoint]);
  const sendOrCheck = useCallback(() => { if (useChatState.getState().isChecking) void checkText(caseId); else send(); }, [caseId, send]);
  const askAt = (info: EndpointInfo | null): void => {
    useNavigation.getState().chooseEndpoint(info?.endpoint ?? null);
    void sendDraft(caseId, info);
  };
  const askReader = (): void => askAt(null);
  const openDocument = (document: DocumentId, span: Span | null): void => useNavigation.getState().openDocument({ document, span }, 'triage');
  const take = (way: AllowedWay): void => {
    switch (way.kind) {
      case 'leave-out': void sendDraft(caseId, endpoint, { ...noWishes, leaveOut: way.passages }); return;
      case 'replace-personal-data': void sendDraft(caseId, endpoint, { ...noWishes, replacePersonalData: true }); return;
      case 'endpoint': askAt(endpoints.find((info) => info.endpoint === way.endpoint) ?? null); return;
      case 'mark-question': setMarking(true); return;
      case 'settle-marks': openDocument(way.document, null); return;
      case 'reader': askReader(); return;
    }
  };
  const startNew = useCallback(() => {
    focusField();
    showConversation(null);
  }, [focusField]);
  const sentOf = sending !== null ? { kind: 'request' as const, sending } : answered !== null && checking === null && answered.answer.model.kind === 'endpoint' && answered.answer.exhaustive === undefined ? { kind: 'turn' as const, turn: answered.turn } : null;
  const showSent = sentOf === null ? null : (): void => useChatState.setState({ sent: sentOf });
  useChatCommands({ showSent, isAsking: asking !== null, isOpen: current !== null, citations, answered, accept: () => { if (answered !== null) void toggleAccepted(caseId, answered); }, edit: () => { if (answered !== null) beginEdit(answered); }, send: sendOrCheck, startNew, focusField, step, openNumber, close: () => openCitation(null) });

  const info = conversations.data?.conversations.find((candidate) => candidate.conversation === conversation) ?? null;
  const isAskingHere = asking !== null && asking.conversation === conversation;
  const ready = useReadyWords(asking !== null, shownTurns.at(-1)?.answer ?? null);
  return (
    <Panes
      state={panes}
      onChange={setPanes}
      middleMinPx={520}
      list={{
        name: 'conversations', minPx: 232, maxPx: 300, share: 0.165,
        content: <ConversationPane case={caseId} conversations={conversations.data?.conversations} error={conversations.error} onRetry={() => void conversations.refetch()} onNew={startNew} />,
      }}
      work={{
        name: 'cited document', minPx: 420, maxPx: 640, share: 0.33,
        content: <CitedDocument case={caseId} citations={citations} current={current} onStep={step} onOpen={openNumber} onClose={() => openCitation(null)} onShowSent={sending === null ? null : showSent} />,
      }}
    >
      {checking !== null && (
        <Pane label="Check text" tone="document">
          <CheckPane case={caseId} checking={checking} openNumber={open !== null && open.turn === null ? open.number : null} onOpen={openNumber} />
        </Pane>
      )}
      {checking === null && <Pane label="Conversation" tone="document">
        <ThreadHead case={caseId} info={info} />
        <Thread key={conversation} case={caseId} turns={turns.data} error={turns.error} onRetry={turns.retry} asking={isAskingHere ? asking : null} open={open} onOpen={openCitation} onSend={send} onWrite={focusField} documents={documents} />
        {problem !== null && <ProblemStrip problem={problem} onAskReader={askReader} onAskAgain={send} onWay={take} onOpenDocument={openDocument} />}
        {planning !== null && asking === null && (
          <PlanStrip case={caseId} planning={planning} endpoint={endpoint} onClose={() => { putAwayPlan(); focusField(); }}
            onPassages={() => { focusField(); void sendDraft(caseId, endpoint, noWishes, 'passages'); }}
            onRun={(plan) => { focusField(); void askDraft(caseId, plan.kind === 'model' ? endpoint : null, noWishes, null, plan); }} />
        )}
        <Composer case={caseId} documents={documents} endpoints={endpoints} endpoint={endpoint} onSend={send} fieldRef={fieldRef}
          goingOn={goingOnFrom === null ? null : goingOnFrom.turn === null ? 'This begins the conversation anew.' : `This goes on from: ${visibleLine(shownTurns.find(({ turn }) => turn === goingOnFrom.turn)?.question ?? 'an earlier question')}`}
          marking={endpoint === null || caseInfo === undefined ? null : <QuestionMarking casePortion={caseInfo.marking.portion} within={systemHigh?.marking ?? null} isOpen={isMarking} onOpenChange={setMarking} />} />
        {shown !== null && (
          <SendPreview
            shown={shown}
            onClose={() => useChatState.setState({ shown: null })}
            onSend={(isShownAgain) => {
              if (!isShownAgain) useChatState.setState((state) => ({ unshown: new Set(state.unshown).add(shown.endpoint) }));
              void askDraft(caseId, endpoints.find((info) => info.endpoint === shown.endpoint) ?? null, shown.wishes, shown.preview.digest);
            }}
          />
        )}
        {sent?.kind === 'turn' && <SendingDialog case={caseId} turn={sent.turn} onClose={closeSent} />}
        {sent?.kind === 'request' && <BulkSendingDialog case={caseId} sending={sent.sending} onClose={closeSent} />}
        <VisuallyHidden role="status">{ready}</VisuallyHidden>
      </Pane>}
    </Panes>
  );
}

/** The turns of the conversation that is shown; none for one that has not begun. */
function useTurns(caseId: CaseId): { readonly data: readonly Turn[] | undefined; readonly error: Error | null; readonly retry: () => void } {
  const conversation = useChatState((state) => state.conversation);
  const inputs = conversation === null ? [] : [{ case: caseId, conversation }];
  const [result] = useQueries({ queries: inputs.map((input) => ({ queryKey: keyOf('chat.turns', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('chat.turns', input, { signal }) })) });
  if (result === undefined) return { data: noTurns, error: null, retry: () => undefined };
  return { data: result.data?.turns, error: result.error, retry: () => void result.refetch() };
}

/** The answer that keys act on: the one whose citation is open, else the last of the branch that is shown. */
function useAnswered(turns: readonly Turn[], open: OpenCitation | null): AnsweredTurn | null {
  const lastShown = useChatState((state) => state.lastShown);
  return useMemo(() => turns.filter(isAnswered).find(({ turn }) => turn === (open?.turn ?? lastShown)) ?? null, [turns, open, lastShown]);
}

/** The citations that keys walk through: those of the checked text, of the open one's answer, else of the last answer; of a list, its page. The turn is null for a checked text, undefined when there is none. */
function useOpenCitation(caseId: CaseId, turns: readonly Turn[], open: OpenCitation | null, checking: Checking | null) {
  const turn = turns.find((candidate) => candidate.turn === open?.turn) ?? turns.findLast((candidate) => candidate.answer !== null);
  const isList = checking === null && turn?.answer?.exhaustive !== undefined && (turn.review?.edit ?? null) === null;
  const inputs = isList && turn !== undefined ? [itemsInput(caseId, turn.turn, pageOf(open?.turn === turn.turn ? open.number : 1))] : [];
  const [page] = useQueries({ queries: inputs.map((input) => ({ queryKey: keyOf('chat.items', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('chat.items', input, { signal }) })) });
  const items = page?.data?.items;
  return useMemo(() => {
    const of = checking === null ? turn?.turn : null;
    const listed = isList && items !== undefined ? items.flatMap((item) => withOpenCell(item, open)) : null;
    const all = listed ?? (checking === null ? turn?.review?.edit ?? turn?.answer : checking.checked)?.citations.filter((citation) => citation.check !== 'not-found') ?? noCitations;
    const current = open !== null && open.turn === of ? all.find((citation) => citation.number === open.number) ?? null : null;
    return { citations: all, current, sending: current === null || !isList ? null : items?.find(({ number }) => number === current.number)?.sending ?? null, turnOfCitations: of };
  }, [turn, isList, items, open, checking]);
}

/** The citation of a found item; of the open row, its open cell. */
function withOpenCell({ number, citation, cells }: ShownItem, open: OpenCitation | null): readonly Citation[] {
  if (citation === null) return [];
  const cell = open?.number === number && open.cell !== undefined ? cells[open.cell] : undefined;
  return [cell === undefined || cell.start === null || cell.end === null ? citation : { ...citation, start: cell.start, end: cell.end, quote: cell.text }];
}

/** What a screen reader hears when an answer has ended; '' before the first one here and while the next is written. */
function useReadyWords(isAsking: boolean, answer: Answer | null): string {
  const [words, setWords] = useState('');
  const wasAsking = useRef(isAsking);
  useEffect(() => {
    if (wasAsking.current === isAsking) return;
    wasAsking.current = isAsking;
    const said = answer === null ? null : stateWords(answer)?.said ?? 'Answer ready.';
    setWords(isAsking || answer === null ? '' : [said, quoteCheck(answer.citations)?.words].filter(Boolean).join(' '));
  }, [isAsking, answer]);
  return words;
}

/** Takes a question that another view wants asked into the composer; the person sends it. */
function usePendingQuestion(focusField: () => void): void {
  const pending = useNavigation((state) => state.pendingQuestion);
  useEffect(() => {
    if (pending === null) return;
    const { pendingScope } = useNavigation.getState();
    if (pendingScope !== null) useChatState.setState({ scope: pendingScope });
    useNavigation.getState().ask(null);
    if (pending !== '') putBack(pending);
    // The field shows the question before its end is looked for.
    requestAnimationFrame(focusField);
  }, [pending, focusField]);
}
