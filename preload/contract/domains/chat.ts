/** Asking the case: conversations, answers, citations. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, endpointErrors, policyErrors } from '../errors.ts';
import { caseId, conversationId, documentId, endpointId, markingView, offset, timeMs, turnId } from './basics.ts';

/** How well a sentence stands on its citations; `uncited` names none. */
export const support = z.enum(['supported', 'partly', 'unsupported', 'uncited']);
export type Support = z.infer<typeof support>;

/** A quote that stands, word for word, at [start, end) of the document's canonical text: checked before it is shown. */
export const citation = z.object({
  /** The number it is shown by, 1-based within the answer. */
  number: z.number().int().min(1),
  document: documentId,
  documentNumber: z.number().int(),
  title: z.string(),
  path: z.string(),
  page: z.number().int().nullable(),
  start: offset,
  end: offset,
  quote: z.string(),
  /** `verbatim`: the stored text was compared, character for character. `not-found`: the quote is shown, marked, and opens nothing. */
  check: z.enum(['verbatim', 'not-found']),
  portion: z.string(),
});
export type Citation = z.infer<typeof citation>;

export const answerSentence = z.object({ text: z.string(), support, citations: z.array(z.number().int().min(1)) });
export type AnswerSentence = z.infer<typeof answerSentence>;

/** `no-support`: nothing in scope supports an answer. The last five are a model's: `truncated` when the connection ended early, `cut` at the longest answer it may write. */
export const answerState = z.enum(['answered', 'no-support', 'truncated', 'cut', 'filtered', 'error', 'cancelled']);
export type AnswerState = z.infer<typeof answerState>;

export const answer = z.object({
  state: answerState,
  sentences: z.array(answerSentence),
  citations: z.array(citation),
  coverage: z.object({ documents: z.number().int(), read: z.number().int(), withoutText: z.number().int(), passages: z.number().int() }),
  /** What wrote it. The extractive reader writes nothing of its own: it quotes. */
  model: z.object({ kind: z.enum(['extractive', 'endpoint']), name: z.string(), model: z.string().nullable() }),
  marking: markingView,
  tookMs: z.number(),
  /** For an error state: what happened, in a sentence. */
  fault: z.string().nullable(),
});
export type Answer = z.infer<typeof answer>;

export const turn = z.object({ turn: turnId, question: z.string(), askedAt: timeMs, answer: answer.nullable() });
export type Turn = z.infer<typeof turn>;

export const conversationInfo = z.object({ conversation: conversationId, title: z.string(), turns: z.number().int(), updatedAt: timeMs, marking: markingView });
export type ConversationInfo = z.infer<typeof conversationInfo>;

export const askProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), conversation: conversationId, turn: turnId }),
  z.object({ kind: z.literal('reading'), done: z.number().int(), total: z.number().int() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type AskProgress = z.infer<typeof askProgress>;

/** `data` of a `policy.refused` error. */
export const refusal = z.object({
  endpoint: z.string(),
  ceiling: z.string(),
  rule: z.string(),
  /** The portion that caused it: the document's number and marking, or null when it is the case as a whole. */
  portion: z.object({ document: documentId.nullable(), label: z.string(), marking: z.string() }),
  allowed: z.array(z.string()),
  record: z.number().int(),
});
export type Refusal = z.infer<typeof refusal>;

export const chatRoutes = {
  'chat.conversations': route({ input: z.strictObject({ case: caseId }), output: z.object({ conversations: z.array(conversationInfo) }), errors: [caseErrors.unknownCase] }),
  'chat.turns': route({ input: z.strictObject({ case: caseId, conversation: conversationId }), output: z.object({ info: conversationInfo, turns: z.array(turn) }), errors: [caseErrors.unknownCase, caseErrors.unknownConversation] }),
  /** Asks. A null conversation begins one; a null endpoint asks the extractive reader. The question is kept before the first word of an answer. */
  'chat.ask': route({
    input: z.strictObject({ case: caseId, conversation: conversationId.nullable(), question: z.string().trim().min(1).max(20_000), endpoint: endpointId.nullable() }),
    progress: askProgress,
    output: z.object({ conversation: conversationId, turn }),
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownConversation, policyErrors.refused, ...Object.values(endpointErrors)],
  }),
  'chat.rename': route({ input: z.strictObject({ case: caseId, conversation: conversationId, title: z.string().trim().min(1).max(200) }), output: conversationInfo, errors: [caseErrors.unknownCase, caseErrors.unknownConversation] }),
};
