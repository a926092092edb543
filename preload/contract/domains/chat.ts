/** Asking the case: conversations, answers, citations. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, endpointErrors, policyErrors, searchErrors, vaultErrors } from '../errors.ts';
import { caseId, conversationId, documentId, endpointId, markingText, markingView, offset, opId, sha256, timeMs, turnId } from './basics.ts';
import { exhaustiveResult, foundCell, planned, planTable, questionPlan } from './exhaustive.ts';

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
  /**
   * `verbatim`: the quote stands in the stored text, character for character. `fuzzy`: so it does, but the sentence that cites it words it
   * a little differently. `not-found`: the quote is shown, marked, and opens nothing.
   */
  check: z.enum(['verbatim', 'fuzzy', 'not-found']),
  /** For `fuzzy`, the share of the sentence's characters that stand in the quote, from .9; else null. */
  score: z.number().min(0).max(1).nullable().default(null),
  portion: z.string(),
  /** How sure OCR was of the page that the quote was read from, 0 to 100; absent for text that the document holds itself. */
  ocr: z.number().int().min(0).max(100).optional(),
});
export type Citation = z.infer<typeof citation>;

/** What of a sentence its quotes do not say, as the sentence writes it. `words` are the most telling ones; `polarity` those that the quotes turn round. */
export const missing = z.object({ numbers: z.array(z.string()), dates: z.array(z.string()), names: z.array(z.string()), words: z.array(z.string()), polarity: z.array(z.string()) });
export type Missing = z.infer<typeof missing>;

/** Where in a text a sentence stands: sentences with the same index are one block. `ordinal` is what a numbered point begins with, as "2."; else ''. */
export const answerBlock = z.object({ index: z.number().int(), kind: z.enum(['paragraph', 'heading', 'item', 'quote', 'row', 'code']), depth: z.number().int(), ordinal: z.string() });
export type AnswerBlock = z.infer<typeof answerBlock>;

export const answerSentence = z.object({
  text: z.string(),
  support,
  citations: z.array(z.number().int().min(1)),
  /** Null where nothing was compared: a sentence that cites nothing, and answers kept before it was told. */
  missing: missing.nullable().default(null),
  /** For a sentence that nothing bears, the number of the citation that comes nearest; null when nothing does. */
  nearest: z.number().int().min(1).nullable().default(null),
  /** Absent for quotes of the extractive reader and for answers kept before blocks were: paragraphs. */
  block: answerBlock.optional(),
  /** False for a heading and a line that leads in: they say nothing that a quote could bear, and carry no word on it. Absent for what does. */
  isClaim: z.boolean().optional(),
});
export type AnswerSentence = z.infer<typeof answerSentence>;

/** `no-support`: nothing in scope supports an answer. The last five are a model's: `truncated` when the connection ended early, `cut` at the longest answer it may write. */
export const answerState = z.enum(['answered', 'no-support', 'truncated', 'cut', 'filtered', 'error', 'cancelled']);
export type AnswerState = z.infer<typeof answerState>;

export const answer = z.object({
  state: answerState,
  sentences: z.array(answerSentence),
  citations: z.array(citation),
  /** `found`: passages found for a model, of which `passages` fitted what it takes; absent where none wrote. */
  coverage: z.object({ documents: z.number().int(), read: z.number().int(), withoutText: z.number().int(), passages: z.number().int(), found: z.number().int().optional() }),
  /** What wrote it. The extractive reader writes nothing of its own: it quotes. */
  model: z.object({ kind: z.enum(['extractive', 'endpoint']), name: z.string(), model: z.string().nullable() }),
  marking: markingView,
  tookMs: z.number(),
  /** For an error state: what happened, in a sentence. */
  fault: z.string().nullable(),
  /** Of a question about everything in scope: the plan that ran, and what came of it. */
  exhaustive: exhaustiveResult.optional(),
  /** Earlier turns, oldest first, whose words were looked for too, since the question says neither of what nor of whom it asks. Absent for one that stands alone. */
  leansOn: z.array(turnId).optional(),
  /** Earlier turns that it would have been looked for with, had they not been above what its endpoint may see. */
  notReadWith: z.array(turnId).optional(),
});
export type Answer = z.infer<typeof answer>;

/** A sentence of an edited answer. Where `isEdited` is false it stands as the model wrote it, with the word on it of then. */
export const editedSentence = answerSentence.extend({ isEdited: z.boolean() });
export type EditedSentence = z.infer<typeof editedSentence>;

/** A text that a person made of an answer, its sentences checked again. Numbers of citations are those of the answer, and new ones behind them. */
export const answerEdit = z.object({ sentences: z.array(editedSentence), citations: z.array(citation), /** Roll-up of the answer and of every quote. */ marking: markingView });
export type AnswerEdit = z.infer<typeof answerEdit>;

/** Where an answer stands with people: `raw` as it was written, `edited` and looked through by nobody else, `accepted` by a person as it stands. */
export const answerReview = z.object({
  state: z.enum(['raw', 'edited', 'accepted']),
  /** The op whose text stands: the answer's own, or that of its last edit. */
  of: opId,
  edit: answerEdit.extend({ by: z.string(), at: timeMs }).nullable(),
  accepted: z.object({ by: z.string(), at: timeMs }).nullable(),
});
export type AnswerReview = z.infer<typeof answerReview>;

/** What a question is asked of. */
export const chatScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case') }),
  /** The documents of a query in the search box's language, such as path:"letters/" for a folder. */
  z.strictObject({ kind: z.literal('search'), query: z.string().trim().min(1).max(4000) }),
  z.strictObject({ kind: z.literal('documents'), documents: z.array(documentId).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('span'), document: documentId, start: offset, end: offset }),
]);
export type ChatScope = z.infer<typeof chatScope>;

export const turn = z.object({ turn: turnId, question: z.string(), askedAt: timeMs, answer: answer.nullable(), /** What a person marked the answer; null lets its roll-up stand. */ marking: markingView.nullable(), /** Null while there is no answer. */ review: answerReview.nullable(), scope: chatScope, /** The turn that it goes on from; null begins the conversation. Turns with the same one are its branches. */ after: turnId.nullable(), /** Which prompt its model was asked with, as “version 3”; null where no model was, and where it was not kept. */ prompt: z.string().nullable() });
export type Turn = z.infer<typeof turn>;

export const conversationInfo = z.object({ conversation: conversationId, title: z.string(), turns: z.number().int(), updatedAt: timeMs, marking: markingView });
export type ConversationInfo = z.infer<typeof conversationInfo>;

export const askProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), conversation: conversationId, turn: turnId }),
  z.object({ kind: z.literal('reading'), done: z.number().int(), total: z.number().int() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type AskProgress = z.infer<typeof askProgress>;

/** A span of a document that a question would take along. */
export const passageRef = z.strictObject({ document: documentId, start: offset, end: offset });
export type PassageRef = z.infer<typeof passageRef>;

/** A way on after a refusal. */
export const allowedWay = z.discriminatedUnion('kind', [
  /** Ask again without these passages: the rest may go. */
  z.object({ kind: z.literal('leave-out'), text: z.string(), passages: z.array(passageRef) }),
  z.object({ kind: z.literal('endpoint'), text: z.string(), endpoint: endpointId }),
  /** The question counts as the case while nobody has marked it. */
  z.object({ kind: z.literal('mark-question'), text: z.string() }),
  /** Accept or dismiss the marks that stand in the document. */
  z.object({ kind: z.literal('settle-marks'), text: z.string(), document: documentId }),
  z.object({ kind: z.literal('replace-personal-data'), text: z.string() }),
  z.object({ kind: z.literal('reader'), text: z.string() }),
]);
export type AllowedWay = z.infer<typeof allowedWay>;

/** `data` of a `policy.refused` error. */
export const refusal = z.object({
  endpoint: z.string(),
  ceiling: z.string(),
  rule: z.string(),
  /** The first portion that caused it: a document at a place, or null for what is no document. */
  portion: z.object({ document: documentId.nullable(), start: offset.nullable(), end: offset.nullable(), label: z.string(), marking: z.string(), portionMark: z.string(), isWaiting: z.boolean() }),
  /** How many portions there are, and how many of them may not go. */
  portions: z.number().int(),
  refused: z.number().int(),
  allowed: z.array(allowedWay),
  /** Its number in the case's audit trail; null for a preview, of which nothing is sent either way. */
  record: z.number().int().nullable(),
});
export type Refusal = z.infer<typeof refusal>;

/** A passage that was sent: where it stands, in which version of its document's text (null: none is known), and whether the document's title went with it. */
export const sentSource = z.object({ document: documentId, start: offset, end: offset, textVersion: z.number().int().nullable(), hasTitle: z.boolean() });
export type SentSource = z.infer<typeof sentSource>;

/** What a question sent, word for word, and what it was made with: kept before it left. */
export const sending = z.object({
  at: timeMs,
  endpoint: z.string(),
  host: z.string(),
  model: z.string(),
  /** Of the program's own instruction and form: it grows with each change of them. */
  promptVersion: z.number().int(),
  rollUp: markingView,
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })),
  replaced: z.array(z.object({ standIn: z.string(), original: z.string() })),
  digest: sha256,
  /** The passages in the messages, and the earlier turns: what the answer rests on. Both absent for sendings of before they were kept. */
  sources: z.array(sentSource).optional(),
  turns: z.array(turnId).optional(),
  /** How it was found what fits: the model counted its tokens, or they were estimated from above. Absent for sendings of before this was kept. */
  tokens: z.enum(['counted', 'estimated']).optional(),
});
export type Sending = z.infer<typeof sending>;

/** What a question would send, word for word. */
export const sendPreview = z.object({
  endpoint: z.string(),
  host: z.string(),
  isOutside: z.boolean(),
  promptLogging: z.enum(['yes', 'no', 'unknown']),
  ceiling: markingView,
  rollUp: markingView,
  /** In the order of sending; the first is the program's own instruction. */
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })),
  portions: z.array(z.object({ document: documentId.nullable(), documentNumber: z.number().int().nullable(), label: z.string(), marking: markingView, isWaiting: z.boolean(), start: offset.nullable(), end: offset.nullable() })),
  /** Personal data that a stand-in takes the place of; it comes back in the answer. */
  replaced: z.array(z.object({ standIn: z.string(), original: z.string() })),
  /** SHA-256 of the messages: `chat.ask` sends exactly these, or nothing, when it is given. */
  digest: sha256,
  refusal: refusal.nullable(),
});
export type SendPreview = z.infer<typeof sendPreview>;

/** One of what an exhaustive answer found, numbered from 1. `citation` is null for a document that has no text to quote. */
export const shownItem = z.object({ number: z.number().int().min(1), document: documentId, documentNumber: z.number().int(), title: z.string(), path: z.string(), mentions: z.number().int(), cells: z.array(foundCell), citation: citation.nullable(), /** What was sent for it, where a model said it: `bulk.sending` reads it. */ sending: opId.nullable() });
export type ShownItem = z.infer<typeof shownItem>;

const question = {
  case: caseId,
  conversation: conversationId.nullable(),
  question: z.string().trim().min(1).max(20_000),
  /** Null asks the extractive reader. */
  endpoint: endpointId.nullable(),
  /** The turn to go on from. Null begins the conversation, anew in one that has begun; absent goes on from its last turn. */
  after: turnId.nullable().optional(),
  scope: chatScope.default({ kind: 'case' }),
  /** What the person says of the question's own marking; null counts as the case. */
  questionMarking: markingText.nullable().default(null),
  leaveOut: z.array(passageRef).max(1000).default([]),
  /** Whether personal data is replaced by stand-ins; null replaces it for whatever leaves this computer. */
  replacePersonalData: z.boolean().nullable().default(null),
};

/** Checked text. Sentences and citations as an answer has them; what the text itself is marked is the person's to say. */
export const checkedText = z.object({
  sentences: z.array(answerSentence),
  citations: z.array(citation),
  /** `read` texts and `passages` sentences were weighed, summed over the sentences checked. */
  coverage: z.object({ documents: z.number().int(), read: z.number().int(), withoutText: z.number().int(), passages: z.number().int() }),
  /** Roll-up of the quotes, at least the case. */
  marking: markingView,
  tookMs: z.number(),
});
export type CheckedText = z.infer<typeof checkedText>;

export const checkProgress = z.object({ done: z.number().int(), total: z.number().int() });

export const chatRoutes = {
  'chat.conversations': route({ input: z.strictObject({ case: caseId }), output: z.object({ conversations: z.array(conversationInfo) }), errors: [caseErrors.unknownCase] }),
  /** Conversations whose title, questions or answers hold all of the words, in any case; the one last used first. */
  'chat.search': route({ input: z.strictObject({ case: caseId, words: z.string().trim().min(1).max(400) }), output: z.object({ conversations: z.array(conversationId) }), errors: [caseErrors.unknownCase] }),
  /** Writes a conversation as Markdown and as JSON with its provenance into a folder; overwrites nothing. */
  'chat.export': route({
    input: z.strictObject({ case: caseId, conversation: conversationId, folder: z.string().min(1) }),
    /** `marking` is the banner line of everything in the files. */
    output: z.object({ files: z.array(z.string()), marking: z.string() }),
    errors: [caseErrors.unknownCase, caseErrors.unknownConversation, caseErrors.pathAbsent, caseErrors.pathIsVault, vaultErrors.diskFull],
  }),
  'chat.turns': route({ input: z.strictObject({ case: caseId, conversation: conversationId }), output: z.object({ info: conversationInfo, turns: z.array(turn) }), errors: [caseErrors.unknownCase, caseErrors.unknownConversation] }),
  /** Asks. A null conversation begins one; a null endpoint asks the extractive reader. The question is kept before the first word of an answer. */
  'chat.ask': route({
    /** With a plan, it is run in place of looking for passages. */
    input: z.strictObject({ ...question, approved: sha256.nullable().default(null), plan: questionPlan.nullable().default(null) }),
    progress: askProgress,
    output: z.object({ conversation: conversationId, turn }),
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownConversation, caseErrors.unknownTurn, caseErrors.unknownDocument, caseErrors.badPlan, searchErrors.badQuery, policyErrors.refused, policyErrors.notAsShown, policyErrors.badMarking, ...Object.values(endpointErrors)],
  }),
  /** How a question about everything in scope would be answered; not exhaustive: there is nothing to plan. An edited `plan` is looked at in place of the question. Runs and keeps nothing. */
  'chat.plan': route({
    input: z.strictObject({ case: caseId, question: z.string().trim().min(1).max(20_000), endpoint: endpointId.nullable().default(null), scope: chatScope.default({ kind: 'case' }), /** As `chat.ask` has it: what would be held depends on it. */ questionMarking: markingText.nullable().default(null), plan: questionPlan.nullable().default(null) }),
    output: planned,
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument, caseErrors.badPlan, searchErrors.badQuery, policyErrors.badMarking, endpointErrors.unknownEndpoint],
  }),
  /** The sheets with named columns in a scope, at most 100: what a person may plan over. */
  'chat.tables': route({
    input: z.strictObject({ case: caseId, scope: chatScope.default({ kind: 'case' }) }), output: z.object({ tables: z.array(planTable) }),
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument, searchErrors.badQuery],
  }),
  /** Has an endpoint propose a plan over a table. The question and the names of columns leave, through the guard; no row does. What comes back is held against the sheet, and runs only when a person says so. */
  'chat.propose-table-plan': route({
    input: z.strictObject({ case: caseId, question: z.string().trim().min(1).max(20_000), endpoint: endpointId, scope: chatScope.default({ kind: 'case' }), questionMarking: markingText.nullable().default(null) }),
    output: planned,
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownDocument, caseErrors.badPlan, searchErrors.badQuery, policyErrors.refused, policyErrors.badMarking, ...Object.values(endpointErrors)],
  }),
  /** A page of what an exhaustive answer found, in its order. */
  'chat.items': route({
    input: z.strictObject({ case: caseId, turn: turnId, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    output: z.object({ total: z.number().int(), items: z.array(shownItem) }),
    errors: [caseErrors.unknownCase, caseErrors.unknownTurn],
  }),
  /** What `chat.ask` would send now. Sends nothing, and keeps nothing. */
  'chat.preview': route({ input: z.strictObject({ ...question, endpoint: endpointId }), output: sendPreview, errors: [caseErrors.unknownCase, caseErrors.unknownDocument, searchErrors.badQuery, policyErrors.badMarking, endpointErrors.unknownEndpoint, endpointErrors.contextTooLong] }),
  /** What a question of an endpoint sent; null for one of the extractive reader, and for those of before sendings were kept. */
  'chat.sending': route({ input: z.strictObject({ case: caseId, turn: turnId }), output: z.object({ sending: sending.nullable() }), errors: [caseErrors.unknownCase, caseErrors.unknownTurn] }),
  /**
   * Checks a text of any origin against the case, sentence by sentence, or whole as one claim. `documents` (ids or paths) narrows where
   * quotes may come from; null looks in the whole case. Sends and keeps nothing.
   */
  'chat.check-text': route({
    input: z.strictObject({ case: caseId, text: z.string().trim().min(1).max(200_000), documents: z.array(z.string().min(1).max(4096)).max(10_000).nullable().default(null), isOneClaim: z.boolean().default(false) }),
    progress: checkProgress,
    output: checkedText,
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument],
  }),
  /**
   * Keeps a person's text of an answer, checked against the case; null goes back to the original, which stays readable either way. `of` is the
   * text that the person saw (`AnswerReview.of`). An acceptance of another text no longer holds.
   */
  'chat.edit-answer': route({
    input: z.strictObject({ case: caseId, turn: turnId, of: opId, text: z.string().trim().min(1).max(200_000).nullable() }),
    output: answerReview,
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownTurn, caseErrors.answerChanged],
  }),
  /** Keeps that a person accepts the text that stands, or takes that back. */
  'chat.accept-answer': route({ input: z.strictObject({ case: caseId, turn: turnId, of: opId, isAccepted: z.boolean() }), output: answerReview, errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownTurn, caseErrors.answerChanged] }),
  'chat.rename': route({ input: z.strictObject({ case: caseId, conversation: conversationId, title: z.string().trim().min(1).max(200) }), output: conversationInfo, errors: [caseErrors.unknownCase, caseErrors.unknownConversation] }),
};
