/**
 * Asking a case. The question is kept (an op) before the first word of an answer, the answer when it has ended. Every quote is
 * compared with the stored text, character for character, before it is shown. A question that the guard refuses is not kept:
 * nothing left, and the person still has it.
 */
import type { ConversationId, Marking, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Answer, AnswerState, AskProgress, Citation, Refusal, Turn } from '../../preload/contract/domains/chat.ts';
import { audited } from '../audit/index.ts';
import { AppError, isAppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { ModelRequest, Network } from '../models/index.ts';
import { clear, dominates, joinMarkings, markingText, viewMarking, type Cleared } from '../policy/index.ts';
import { appendOp, pageAt, readBody, readDocument, readDocumentState, readPages, type CaseStore, type EndpointRow } from '../store/index.ts';
import { mustFindConversation } from './conversations.ts';
import { citeAnswer } from './model-answer.ts';
import { toPassages, type Passage } from './passages.ts';
import { toRequest } from './prompt.ts';
import type { CaseReader, FoundSentence, ReadingCoverage } from './reader/index.ts';

const titleChars = 80;
/** Sentences of an extractive answer, and passages that a model is given. */
const extractiveSentences = 4;
const modelPassages = 12;

export interface AskTools {
  readonly store: CaseStore;
  readonly reader: CaseReader;
  readonly network: Network;
  /** Told after each kept op. */
  readonly onChange: () => void;
}

export interface Question {
  readonly conversation: ConversationId | null;
  readonly question: string;
  /** Null asks the extractive reader. */
  readonly endpoint: EndpointRow | null;
}

/** Asks and keeps. Throws policy.refused (nothing left, nothing kept), case.unknown-conversation, or the signal's reason before the question was kept. */
export async function askCase(tools: AskTools, asked: Question, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<{ conversation: ConversationId; turn: Turn }> {
  const { store, reader } = tools;
  if (asked.conversation !== null) mustFindConversation(store, asked.conversation);
  const began = performance.now();
  const reading = await reader.read(asked.question, { limit: asked.endpoint === null ? extractiveSentences : modelPassages, isLoose: asked.endpoint !== null, signal, onProgress: (done, total) => progress({ kind: 'reading', done, total }) });
  const passages = asked.endpoint === null ? [] : toPassages(store, reading.sentences);
  const cleared = asked.endpoint === null ? null : clearOrRefuse(store, asked.endpoint, asked.question, passages);
  const { conversation, turn } = keepQuestion(store, asked);
  tools.onChange();
  progress({ kind: 'asked', conversation, turn });
  const draft = asked.endpoint === null || cleared === null
    ? quoteAnswer(store, reading.sentences, reading.coverage)
    : await modelAnswer(tools, asked.endpoint, cleared, passages, reading.coverage, progress, signal);
  const answer: Answer = { ...draft, tookMs: performance.now() - began };
  const op = audited(
    store,
    (db) => appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.answered', value: { conversation, answer }, marking: answer.marking.marking }),
    (kept) => ({ action: 'turn.answered', objects: [conversation, turn, kept.id], marking: answer.marking.banner, outcome: answer.state === 'error' ? 'failed' : 'done', detail: { state: answer.state, sentences: answer.sentences.length, citations: answer.citations.length } }),
  ).result;
  tools.onChange();
  return { conversation, turn: { turn, question: asked.question, askedAt: op.hlc.ms, answer } };
}

/** Keeps the question, and the conversation when it begins one. */
function keepQuestion(store: CaseStore, asked: Question): { readonly conversation: ConversationId; readonly turn: TurnId } {
  const conversation = asked.conversation ?? newId<ConversationId>(store.ids);
  const turn = newId<TurnId>(store.ids);
  audited(
    store,
    (db) => {
      if (asked.conversation === null) {
        const title = asked.question.length <= titleChars ? asked.question : `${asked.question.slice(0, titleChars - 1).trimEnd()}…`;
        appendOp(store, db, { entity: `conversation:${conversation}`, kind: 'conversation.named', value: { title: title.toWellFormed() } });
      }
      appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.asked', value: { conversation, question: asked.question, endpoint: asked.endpoint?.id ?? null } });
    },
    () => ({ action: 'turn.asked', objects: [conversation, turn, ...(asked.endpoint === null ? [] : [asked.endpoint.id])], marking: markingText(store.marking), detail: { chars: asked.question.length } }),
  );
  return { conversation, turn };
}

/** The guard's word on a question and its passages. A refusal is recorded and thrown. */
function clearOrRefuse(store: CaseStore, endpoint: EndpointRow, question: string, passages: readonly Passage[]): Cleared<ModelRequest> {
  const portions = [
    { document: null, label: 'your question', marking: null },
    ...passages.map((passage) => ({ document: passage.document.id, label: `document ${passage.document.document}`, marking: passage.marking })),
  ];
  const outcome = clear({ payload: toRequest(question, passages), portions, systemHigh: store.marking }, { name: endpoint.name, ceiling: endpoint.profile.ceiling });
  const marking = outcome.kind === 'cleared' ? outcome.cleared.rollUp : outcome.rollUp;
  const { record } = audited(
    store,
    () => undefined,
    () => ({ action: 'model.cleared', objects: [endpoint.id, ...passages.map((passage) => passage.document.id)], marking: markingText(marking), outcome: outcome.kind === 'cleared' ? 'done' : 'refused', detail: { ceiling: markingText(endpoint.profile.ceiling), passages: passages.length, host: new URL(endpoint.profile.baseUrl).host, model: endpoint.profile.model } }),
  );
  if (outcome.kind === 'cleared') return outcome.cleared;
  const data: Refusal = {
    endpoint: endpoint.name,
    ceiling: markingText(endpoint.profile.ceiling),
    rule: outcome.rule,
    portion: { document: outcome.portion.document, label: outcome.portion.label, marking: markingText(outcome.portion.marking) },
    allowed: [dominates(endpoint.profile.ceiling, store.marking) ? 'Leave the portion out' : `A case marked ${markingText(endpoint.profile.ceiling)} or lower`, 'The extractive reader, on this laptop'],
    record,
  };
  throw new AppError('policy.refused', `Not sent to ${endpoint.name}. Nothing left this laptop. ${outcome.rule}; ${outcome.portion.label} is ${markingText(outcome.portion.marking)}.`, { data: { ...data } });
}

type Draft = Omit<Answer, 'tookMs'>;

/** An answer of the extractive reader: its sentences are its quotes. */
function quoteAnswer(store: CaseStore, found: readonly FoundSentence[], coverage: ReadingCoverage): Draft {
  const citations = found.flatMap((sentence) => cite(store, sentence));
  citations.forEach((citation, index) => { citation.number = index + 1; });
  return {
    state: citations.length === 0 ? 'no-support' : 'answered',
    sentences: citations.map((citation) => ({ text: citation.quote, support: 'supported' as const, citations: [citation.number] })),
    citations,
    coverage,
    model: { kind: 'extractive', name: 'Extractive reader', model: null },
    marking: viewMarking(rollUp(store, citations)),
    fault: null,
  };
}

/** A citation of a span, checked against the stored text; nothing when it does not stand there. */
function cite(store: CaseStore, found: { readonly document: number; readonly start: number; readonly end: number; readonly text: string }): Citation[] {
  const document = readDocument(store.read, found.document);
  const body = document.content === null ? null : readBody(store.read, document.content);
  if (document.content === null || body === null || body.slice(found.start, found.end) !== found.text) return [];
  const marking = readDocumentState(store.read, document.document).marking ?? store.marking;
  return [{
    number: 1, document: document.id, documentNumber: document.document, title: document.title, path: document.path,
    page: pageAt(readPages(store.read, document.content), found.start), start: found.start, end: found.end, quote: found.text, check: 'verbatim', portion: viewMarking(marking).portion,
  }];
}

/** What went in: the case's marking and those of the cited documents. */
function rollUp(store: CaseStore, citations: readonly Citation[]): Marking {
  return citations.reduce((sum, citation) => joinMarkings(sum, readDocumentState(store.read, citation.documentNumber).marking ?? store.marking), store.marking);
}

/** Streams a model's answer and checks it. A failure of the endpoint ends as an answer with a fault, never as a silent one. */
async function modelAnswer(tools: AskTools, endpoint: EndpointRow, cleared: Cleared<ModelRequest>, passages: readonly Passage[], coverage: ReadingCoverage, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<Draft> {
  let text = '';
  let state: AnswerState = 'error';
  let fault: string | null = null;
  try {
    for await (const event of tools.network.clientFor(endpoint).answer(cleared, signal)) {
      if (event.kind === 'text') {
        text += event.text;
        progress({ kind: 'text', text: event.text });
      } else if (event.kind === 'end') {
        state = event.state === 'complete' ? 'answered' : event.state;
        fault = event.fault?.message ?? null;
      }
    }
    tools.network.noteReachable(endpoint.id, state !== 'error');
  } catch (error) {
    if (signal.aborted) state = 'cancelled';
    else if (isAppError(error)) {
      fault = error.message;
      tools.network.noteReachable(endpoint.id, false);
    } else throw error;
  }
  const { sentences, quotes } = citeAnswer(text, passages);
  const citations = quotes.flatMap((quote, index) => {
    const passage = passages.find((candidate) => candidate.number === quote.passage);
    return passage === undefined ? [] : cite(tools.store, { document: passage.document.document, start: quote.start, end: quote.end, text: quote.quote }).map((citation) => ({ ...citation, number: index + 1 }));
  });
  return {
    state, sentences, citations, fault,
    coverage: { ...coverage, passages: passages.length },
    model: { kind: 'endpoint', name: endpoint.name, model: endpoint.profile.model },
    marking: viewMarking(cleared.rollUp),
  };
}
