/**
 * Asking a case. The question is kept (an op) before the first word of an answer, the answer when it has ended. Every quote is
 * compared with the stored text, character for character, before it is shown. A question that the guard refuses is not kept:
 * nothing left, and the person still has it.
 */
import type { ConversationId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Answer, AskProgress, ChatScope, SendPreview, Sending, Turn } from '../../preload/contract/domains/chat.ts';
import type { QuestionPlan } from '../../preload/contract/domains/exhaustive.ts';
import { audited } from '../audit/index.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { PersonalData } from '../entities/index.ts';
import { hostOf, type ModelRequest, type Network } from '../models/index.ts';
import { joinMarkings, viewMarking, type Cleared } from '../policy/index.ts';
import type { Searcher } from '../search/index.ts';
import { appendOp, readTurn, type CaseStore, type EndpointRow } from '../store/index.ts';
import { modelAnswer, quoteAnswer, type Draft } from './answer-draft.ts';
import { mustFindConversation, promptOf, turnBefore } from './conversations.ts';
import type { Bulk } from './bulk/index.ts';
import { planAnswer, runModel, runPlan, type Counter } from './exhaustive/index.ts';
import { earlierTurns } from './earlier-turns.ts';
import { endpointNow } from './endpoint-now.ts';
import { leaningOf, type LeansOn } from './leaning.ts';
import { asThingsStand, textsToLeave } from './leaving.ts';
import { roomOf, type ModelRoom } from './model-room.ts';
import { toPassages } from './passages.ts';
import { readScope } from './scope.ts';
import { countMaterial, describeRefusal, describeSending, lookAtQuestion, prepareAsShown, previewSend, type Prepared, type SendWishes } from './prepare.ts';
import type { CaseReader, CaseReading, ReadingCoverage } from './reader/index.ts';

const titleChars = 80;
/** Sentences of an extractive answer. */
const extractiveSentences = 4;

export interface AskTools {
  readonly store: CaseStore;
  readonly reader: CaseReader;
  readonly searcher: Searcher;
  readonly counter: Counter;
  readonly bulk: Bulk;
  readonly network: Network;
  readonly personalData: PersonalData;
  /** All endpoints of the vault: a refusal names those that would be allowed. */
  readonly endpoints: () => readonly EndpointRow[];
  /** Told after each kept op. */
  readonly onChange: () => void;
}

export interface Question extends SendWishes {
  readonly conversation: ConversationId | null;
  readonly question: string;
  /** Null asks the extractive reader. */
  readonly endpoint: EndpointRow | null;
  readonly scope: ChatScope;
  /** The turn to go on from; undefined: the last. */
  readonly after?: TurnId | null | undefined;
  /** The digest of what the person was shown; null sends without having shown it. */
  readonly approved: string | null;
  /** Run in place of looking for passages. */
  readonly plan?: QuestionPlan | null | undefined;
}

interface Gathered {
  readonly prepared: Prepared;
  readonly coverage: ReadingCoverage;
  readonly leansOn: LeansOn;
  readonly endpoint: EndpointRow;
  /** The same prepared anew, as the endpoint and all marks then are, for one that takes less than was thought: what it said, or null where it did not. Throws endpoint.unknown. */
  readonly forLess: (toldTokens: number | null) => Promise<{ readonly prepared: Prepared; readonly endpoint: EndpointRow }>;
}

/** Share of what was tried first that is tried where a server does not say what it takes. */
const lessShare = 0.5;

/** Reads the case and makes what would be sent, for the endpoint as it then is. Keeps nothing. Throws endpoint.unknown, endpoint.context-too-long when the question alone does not fit, or as PersonalData does. */
async function prepareQuestion(tools: AskTools, asked: Omit<Question, 'endpoint'> & { readonly endpoint: EndpointRow }, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<Gathered> {
  const { store, reader } = tools;
  const scope = await readScope(tools, asked.scope, signal);
  const after = turnBefore(store, asked.conversation, asked.after);
  const read = async (endpoint: EndpointRow): Promise<{ readonly leansOn: LeansOn; readonly reading: CaseReading }> => {
    const leansOn = await leaningOf(store, asked.question, { conversation: asked.conversation, after, ceiling: endpoint.profile.ceiling });
    return { leansOn, reading: await reader.read(asked.question, { limit: roomOf(endpoint).mostPassages, isLoose: true, scope, leaning: leansOn.leaning, signal, onProgress }) };
  };
  let found = await read(asked.endpoint);
  // Reading took a while, and so did a first try: what the endpoint may be sent is what it may be sent now, by the marks of now.
  const make = async (roomAt: (endpoint: EndpointRow) => ModelRoom): Promise<{ readonly prepared: Prepared; readonly endpoint: EndpointRow }> => {
    return asThingsStand({
      gather: async () => {
        const endpoint = endpointNow(tools, asked.endpoint.id);
        // What the question leans on may be above the ceiling by now: then its words choose no passages either.
        if (found.leansOn.marking !== null && (await leaningOf(store, asked.question, { conversation: asked.conversation, after, ceiling: endpoint.profile.ceiling })).above.length > 0) found = await read(endpoint);
        return earlierTurns(store, asked.conversation, after);
      },
      look: (turns) => {
        const endpoint = endpointNow(tools, asked.endpoint.id);
        return lookAtQuestion(endpoint, asked.question, { found: toPassages(store, found.reading.sentences), turns, room: roomAt(endpoint) }, asked);
      },
      makeReady: async (looked) => {
        const leaving = await textsToLeave(tools.personalData, looked.texts, looked.way, signal);
        return { leaving, counted: await countMaterial(store, tools.network, looked, leaving, signal) };
      },
      finish: (looked, { leaving, counted }) => ({ prepared: prepareAsShown(store, looked, leaving, counted, asked.approved), endpoint: looked.endpoint }),
    }, signal);
  };
  const made = await make(roomOf);
  const { limitTokens } = roomOf(made.endpoint);
  return { ...made, coverage: found.reading.coverage, leansOn: found.leansOn, forLess: (told) => make((endpoint) => roomOf(endpoint, Math.floor(told !== null && told < limitTokens ? told : limitTokens * lessShare))) };
}

/** What asking would send, and whether it may. Throws case.unknown-conversation or the signal's reason. */
export async function previewQuestion(tools: AskTools, asked: Omit<Question, 'approved' | 'endpoint'> & { readonly endpoint: EndpointRow }, signal: AbortSignal): Promise<SendPreview> {
  if (asked.conversation !== null) mustFindConversation(tools.store, asked.conversation);
  const { prepared, endpoint } = await prepareQuestion(tools, { ...asked, approved: null }, () => undefined, signal);
  return previewSend(tools.store, endpoint, prepared, tools.endpoints());
}

/** Asks and keeps. Throws policy.refused or policy.not-as-shown (nothing left, nothing kept), case.unknown-conversation, or the signal's reason before the question was kept. */
export async function askCase(tools: AskTools, asked: Question, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<{ conversation: ConversationId; turn: Turn }> {
  const { store } = tools;
  if (asked.conversation !== null) mustFindConversation(store, asked.conversation);
  const after = turnBefore(store, asked.conversation, asked.after);
  const began = performance.now();
  const { plan = null } = asked;
  const answered = plan !== null ? await askByPlan(tools, { ...asked, after }, plan, progress, signal) : asked.endpoint === null ? await askReader(tools, { ...asked, after }, progress, signal) : await askEndpoint(tools, { ...asked, after, endpoint: asked.endpoint }, progress, signal);
  const { conversation, turn, draft, leansOn = null } = answered;
  const answer: Answer = {
    ...draft, tookMs: performance.now() - began,
    ...(leansOn === null || leansOn.above.length === 0 ? {} : { notReadWith: [...leansOn.above] }),
    ...(leansOn === null || leansOn.marking === null ? {} : { leansOn: [...leansOn.turns], marking: viewMarking(joinMarkings(draft.marking.marking, leansOn.marking)) }),
  };
  const op = audited(
    store,
    (db) => appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.answered', value: { conversation, answer }, marking: answer.marking.marking }),
    (kept) => ({ action: 'turn.answered', objects: [conversation, turn, kept.id], marking: answer.marking.banner, outcome: answer.state === 'error' ? 'failed' : 'done', detail: { state: answer.state, sentences: answer.sentences.length, citations: answer.citations.length } }),
  ).result;
  tools.onChange();
  return { conversation, turn: { turn, question: asked.question, askedAt: readTurn(store.read, turn)?.asked_at ?? op.hlc.ms, answer, marking: null, review: { state: 'raw', of: op.id, edit: null, accepted: null }, scope: asked.scope, after, prompt: promptOf(store, turn, answer) } };
}

interface Answered {
  readonly conversation: ConversationId;
  readonly turn: TurnId;
  readonly draft: Draft;
  /** Absent where no passages were looked for. */
  readonly leansOn?: LeansOn;
}

/** Goes through everything in scope. The question is kept when the run has ended: one that is stopped leaves nothing behind. */
async function askByPlan(tools: AskTools, asked: Question, plan: QuestionPlan, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<Answered> {
  const options = { signal, onProgress: (done: number, total: number) => progress({ kind: 'reading', done, total }) };
  const endpoint = plan.kind === 'model' ? tools.endpoints().find(({ id }) => id === plan.endpoint) ?? null : null;
  if (plan.kind === 'model' && endpoint === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: plan.endpoint } });
  const found = plan.kind === 'model' ? await runModel(tools, plan, asked.scope, asked.questionMarking, options) : await runPlan(tools, plan, await readScope(tools, asked.scope, signal), options);
  const kept = keepQuestion(tools.store, { ...asked, endpoint });
  tools.onChange();
  progress({ kind: 'asked', ...kept });
  return { ...kept, draft: await planAnswer(tools.store, kept.turn, found, asked.questionMarking, endpoint) };
}

async function askReader(tools: AskTools, asked: Question, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<Answered> {
  const { store, reader } = tools;
  const scope = await readScope(tools, asked.scope, signal);
  const leansOn = await leaningOf(store, asked.question, { conversation: asked.conversation, after: turnBefore(store, asked.conversation, asked.after), ceiling: null });
  const reading = await reader.read(asked.question, { limit: extractiveSentences, isLoose: false, scope, leaning: leansOn.leaning, signal, onProgress: (done, total) => progress({ kind: 'reading', done, total }) });
  const kept = keepQuestion(store, asked);
  tools.onChange();
  progress({ kind: 'asked', ...kept });
  return { ...kept, leansOn, draft: quoteAnswer(store, reading.sentences, reading.coverage, asked.questionMarking) };
}

async function askEndpoint(tools: AskTools, asked: Question & { readonly endpoint: EndpointRow }, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<Answered> {
  const { store } = tools;
  const { prepared, coverage, leansOn, endpoint, forLess } = await prepareQuestion(tools, asked, (done, total) => progress({ kind: 'reading', done, total }), signal);
  const cleared = clearedOrRefused(tools, { ...asked, endpoint }, prepared);
  const kept = keepQuestion(store, asked, describeSending(store, endpoint, prepared, cleared));
  tools.onChange();
  progress({ kind: 'asked', ...kept });
  const first = await modelAnswer(tools, endpoint, cleared, prepared, coverage, progress, signal);
  // Once more with less, where it was too much: but nobody sees less sent than was shown.
  if (first.tooLong === null || asked.approved !== null || signal.aborted) return { ...kept, leansOn, draft: first.draft };
  const again = await shorter(prepared, () => forLess(first.tooLong?.contextTokens ?? null));
  if (again === null) return { ...kept, leansOn, draft: first.draft };
  const { prepared: less, endpoint: asItIs } = again;
  const clearedLess = clearedOrRefused(tools, { ...asked, endpoint: asItIs }, less);
  const sending = describeSending(store, asItIs, less, clearedLess);
  audited(store, (db) => appendOp(store, db, { entity: `turn:${kept.turn}`, kind: 'turn.sent', value: sending, marking: sending.rollUp.marking }), (op) => ({ action: 'turn.sent', objects: [kept.conversation, kept.turn, op.id], marking: sending.rollUp.marking, detail: { passages: less.passages.length } }));
  return { ...kept, leansOn, draft: (await modelAnswer(tools, asItIs, clearedLess, less, coverage, progress, signal)).draft };
}

/** What is left of a question for an endpoint that takes less; null when nothing can be left out, or not even the question fits. */
async function shorter<T extends { readonly prepared: Prepared }>({ request }: Prepared, make: () => Promise<T>): Promise<T | null> {
  try {
    const less = await make();
    const chars = ({ messages }: ModelRequest): number => messages.reduce((sum, { text }) => sum + text.length, 0);
    return chars(less.prepared.request) < chars(request) ? less : null;
  } catch (error) {
    if (isAppError(error, 'endpoint.context-too-long')) return null;
    throw error;
  }
}

/** Keeps the question, what it sends, and the conversation when it begins one. */
function keepQuestion(store: CaseStore, asked: Question, sending: Sending | null = null): { readonly conversation: ConversationId; readonly turn: TurnId } {
  const conversation = asked.conversation ?? newId<ConversationId>(store.ids);
  const turn = newId<TurnId>(store.ids);
  audited(
    store,
    (db) => {
      if (asked.conversation === null) {
        const title = asked.question.length <= titleChars ? asked.question : `${asked.question.slice(0, titleChars - 1).trimEnd()}…`;
        appendOp(store, db, { entity: `conversation:${conversation}`, kind: 'conversation.named', value: { title: title.toWellFormed() } });
      }
      appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.asked', value: { conversation, question: asked.question, endpoint: asked.endpoint?.id ?? null, scope: asked.scope, after: turnBefore(store, asked.conversation, asked.after) }, marking: asked.questionMarking });
      if (sending !== null) appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.sent', value: sending, marking: sending.rollUp.marking });
    },
    () => ({ action: 'turn.asked', objects: [conversation, turn, ...(asked.endpoint === null ? [] : [asked.endpoint.id])], marking: asked.questionMarking ?? store.marking, detail: { chars: asked.question.length } }),
  );
  return { conversation, turn };
}

/** What the guard cleared, and the record of its word. A refusal is recorded and thrown; so is a request that is not the one that was shown. */
function clearedOrRefused(tools: AskTools, { endpoint, approved }: Question & { readonly endpoint: EndpointRow }, prepared: Prepared): Cleared<ModelRequest> {
  const { store } = tools;
  const { outcome, passages, portions, replaced, digest } = prepared;
  const isShown = approved === null || approved === digest;
  const marking = outcome.kind === 'cleared' ? outcome.cleared.rollUp : outcome.rollUp;
  const { record } = audited(
    store,
    () => undefined,
    () => ({
      action: 'model.cleared', objects: [endpoint.id, ...passages.map((passage) => passage.document.id)], marking, outcome: outcome.kind === 'cleared' && isShown ? 'done' : 'refused',
      detail: {
        ceiling: endpoint.profile.ceiling, passages: passages.length, host: hostOf(endpoint.profile), model: endpoint.profile.model, promptLogging: endpoint.profile.promptLogging, replaced: replaced.length, digest,
        rule: outcome.kind === 'refused' ? outcome.portions[0].why : isShown ? null : 'not-as-shown', refused: outcome.kind === 'refused' ? outcome.portions.length : 0, portions: portions.length,
      },
    }),
  );
  if (outcome.kind === 'refused') {
    const refusal = describeRefusal(store, endpoint, prepared, outcome, tools.endpoints(), record);
    throw new AppError('policy.refused', `Not sent to ${endpoint.name}. Nothing left this laptop. ${refusal.rule}; ${refusal.portion.label} is ${refusal.portion.marking}.`, { data: { ...refusal } });
  }
  if (!isShown) throw new AppError('policy.not-as-shown', 'Not sent: what would leave is no longer what was shown. Look at it again.', { data: { endpoint: endpoint.name, record } });
  return outcome.cleared;
}
