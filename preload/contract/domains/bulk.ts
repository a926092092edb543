/**
 * Bulk work: one kind of request for each document, or for each chunk of a long one, through a durable queue. What a model says of a
 * document is a proposal with quotes that were compared with the stored text; nothing here codes a document.
 */
import * as z from 'zod';
import { route } from '../define.ts';
import { bulkErrors, caseErrors, endpointErrors, policyErrors, searchErrors, vaultErrors } from '../errors.ts';
import { batchId, bulkRunId, caseId, documentId, endpointId, marking, markingText, markingView, offset, opId, sha256, stateReason, timeMs, verdict } from './basics.ts';
import { sending, support } from './chat.ts';
import { setSource } from './sets.ts';

/** Which documents a run goes over. The first documents of their bytes, but for documents that are named. */
export const bulkScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case') }),
  z.strictObject({ kind: z.literal('search'), query: z.string().trim().min(1).max(4000) }),
  /** A list as a window shows it: a queue or a search with its filters. */
  z.strictObject({ kind: z.literal('list'), source: setSource }),
  z.strictObject({ kind: z.literal('documents'), documents: z.array(documentId).min(1).max(10_000) }),
]);
export type BulkScope = z.infer<typeof bulkScope>;

/** What a run may use, of both together; null is no limit. A request that might go over is not made. */
export const bulkBudget = z.strictObject({ tokens: z.number().int().min(1).nullable().default(null), requests: z.number().int().min(1).nullable().default(null) });
export type BulkBudget = z.infer<typeof bulkBudget>;

export const bulkRunState = z.enum(['running', 'paused', 'done', 'cancelled']);
export type BulkRunState = z.infer<typeof bulkRunState>;

/** `leased`: with the endpoint, or in a batch file that has not come back. `held`: not sent, for a reason. */
export const bulkItemState = z.enum(['queued', 'leased', 'done', 'failed', 'held']);
export type BulkItemState = z.infer<typeof bulkItemState>;

/** A quote behind an entry, as it stands in the document; for `not-found` it is what the model wrote, and opens nothing. */
export const bulkQuote = z.object({
  start: offset, end: offset, quote: z.string(), page: z.number().int().nullable(),
  check: z.enum(['verbatim', 'fuzzy', 'not-found']),
  /** For `fuzzy`, how near, from .9; else null. */
  score: z.number().nullable(),
});
export type BulkQuote = z.infer<typeof bulkQuote>;

/** One thing that a model says of a chunk: a reason, a field's value, a sentence. */
export const bulkEntry = z.object({ name: z.string(), text: z.string(), support: support.nullable(), quote: bulkQuote.nullable() });
export type BulkEntry = z.infer<typeof bulkEntry>;

/** What a kind made of a model's output: what lists show, and what it proposes. A proposal is never a code. */
export const bulkJudged = z.object({ headline: z.string(), proposal: verdict.nullable(), entries: z.array(bulkEntry), /** The output itself, of the kind's own form. */ value: z.json() });
export type BulkJudged = z.infer<typeof bulkJudged>;

/** A model's output as it is kept, with where it comes from. */
export const bulkAnswer = z.object({
  document: documentId, start: offset, end: offset, textVersion: z.number().int(),
  kind: z.string(), version: z.number().int(),
  judged: bulkJudged,
  model: z.object({ endpoint: z.string(), name: z.string() }),
  /** The batch file that it came back in; null when the endpoint was asked directly. */
  batch: batchId.nullable(),
  usage: z.object({ promptTokens: z.number().int().nullable(), completionTokens: z.number().int().nullable() }),
  /** Roll-up of what was sent. */
  marking,
  /** What was sent for it, word for word: `bulk.sending` reads it. Absent for answers of before it was kept. */
  sending: opId.optional(),
});
export type BulkAnswer = z.infer<typeof bulkAnswer>;

/** How an endpoint takes bulk work just now. */
export const bulkLane = z.object({
  /** Requests under way, and how many there may be: it grows while all goes well and is halved when the server has too much. A slot for the person comes on top. */
  busy: z.number().int(), limit: z.number().int(),
  isPersonAsking: z.boolean(),
  /** `open`: nothing is sent until `opensAt` because request after request failed; `trying`: one request finds out. */
  circuit: z.enum(['closed', 'open', 'trying']), retryAt: timeMs.nullable(),
});
export type BulkLane = z.infer<typeof bulkLane>;

/** What a person orders. `isForBatch`: nothing is sent; the requests wait to be written to batch files. */
export const bulkOrder = z.strictObject({
  case: caseId, kind: z.string().min(1).max(60), parameters: z.json(), endpoint: endpointId, scope: bulkScope,
  budget: bulkBudget.default({ tokens: null, requests: null }),
  /** Marking of what the person wrote; null: as the case. */
  parametersMarking: markingText.nullable().default(null),
  isForBatch: z.boolean().default(false),
});
export type BulkOrder = z.infer<typeof bulkOrder>;

export const bulkCounts = z.object({
  /** Items; queued, leased, done, failed and held sum to it. It grows while the scope is being listed. */
  total: z.number().int(), queued: z.number().int(), leased: z.number().int(), done: z.number().int(), failed: z.number().int(), held: z.number().int(),
  documents: z.number().int(),
});
export type BulkCounts = z.infer<typeof bulkCounts>;

export const bulkRun = z.object({
  run: bulkRunId, kind: z.string(), version: z.number().int(), title: z.string(), parameters: z.json(),
  endpoint: z.object({ endpoint: endpointId, name: z.string(), model: z.string() }),
  scope: bulkScope, budget: bulkBudget, isForBatch: z.boolean(),
  state: bulkRunState,
  /** Why it is paused, where it was not a person. */
  reason: stateReason.nullable(),
  isListing: z.boolean(),
  counts: bulkCounts,
  /** Failed and held items by reason, most first. */
  reasons: z.array(z.object({ state: z.enum(['failed', 'held']), reason: stateReason, items: z.number().int() })),
  spent: z.object({ requests: z.number().int(), promptTokens: z.number().int(), completionTokens: z.number().int() }),
  /** Items per minute over the last minute of work; null before the first. */
  ratePerMinute: z.number().nullable(), leftMs: z.number().nullable(),
  lane: bulkLane.nullable(),
  marking: markingView,
  startedAt: timeMs, changedAt: timeMs,
});
export type BulkRun = z.infer<typeof bulkRun>;

export const bulkResult = z.object({
  item: z.number().int(), document: documentId, documentNumber: z.number().int(), title: z.string(), path: z.string(),
  start: offset, end: offset, state: bulkItemState, reason: stateReason.nullable(), answer: bulkAnswer.nullable(), answeredAt: timeMs.nullable(),
  /** What is shown of it counts as. */
  marking: markingView,
  /** The standing code of the document. */
  verdict: verdict.nullable(),
  /** What was sent for it: for its answer, else last. Null where nothing was, or before it was kept. */
  sending: opId.nullable(),
});
export type BulkResult = z.infer<typeof bulkResult>;

/** What a run would do. Nothing is sent or kept. */
export const bulkPreview = z.object({
  documents: z.number().int(), items: z.number().int(), withoutText: z.number().int(),
  /** About: four characters a token, what is asked and the longest answer. */
  promptTokens: z.number().int(), completionTokens: z.number().int(),
  /** Items that a kept result answers already. */
  known: z.number().int(),
  endpoint: z.string(), model: z.string(), host: z.string().nullable(), isOutside: z.boolean(), ceiling: markingView,
  /** What could not go there, by the rule that holds it. */
  held: z.array(z.object({ rule: z.string(), items: z.number().int(), firstDocument: documentId, firstLabel: z.string() })),
});
export type BulkPreview = z.infer<typeof bulkPreview>;

export const batchFormat = z.enum(['openai', 'bedrock']);
export type BatchFormat = z.infer<typeof batchFormat>;

/** A file that was written, and how far it came back. `name` is the file's, without its folder. */
export const bulkBatch = z.object({ batch: batchId, format: batchFormat, name: z.string(), requests: z.number().int(), sha256: z.string(), model: z.string(), exportedAt: timeMs, returned: z.number().int() });
export type BulkBatch = z.infer<typeof bulkBatch>;

/** What an import did: each line of the file is one of the first four. */
export const bulkImport = z.object({
  kept: z.number().int(), failed: z.number().int(),
  /** Answered already: nothing was changed. */
  known: z.number().int(),
  refused: z.array(z.object({ line: z.number().int(), why: z.string() })), refusedLines: z.number().int(),
  /** Requests of the batches met that have no answer yet. */
  missing: z.number().int(),
});
export type BulkImport = z.infer<typeof bulkImport>;

/** What a request of bulk work sent, word for word, as it was kept before it left. */
export const bulkSending = z.object({
  sending: opId, at: timeMs,
  run: bulkRunId, kind: z.string(), version: z.number().int(), title: z.string(),
  endpoint: z.string(), host: z.string().nullable(), model: z.string(),
  document: documentId, documentNumber: z.number().int().nullable(), documentTitle: z.string(), start: offset, end: offset,
  /** Roll-up of what was sent, and what showing it counts as today. */
  rollUp: markingView, marking: markingView,
  messages: sending.shape.messages,
  /** The form that the answer is asked for in, as JSON schema: it goes along as a field, or behind the instruction where a server takes no field. */
  schema: z.string(),
  maxTokens: z.number().int().nullable(),
  replaced: sending.shape.replaced,
  digest: sha256,
  /** False where the words that are kept do not give the digest: they are not the ones that were sent. */
  isAsSent: z.boolean(),
  /** The line of a batch file, from 1, as it was written; null when the endpoint was asked directly. */
  batch: z.object({ batch: batchId, format: batchFormat, name: z.string(), line: z.number().int(), text: z.string() }).nullable(),
  /** The tries of the same before it, newest first. */
  before: z.array(opId),
});
export type BulkSending = z.infer<typeof bulkSending>;

/** The forms of our own kinds' parameters, for the form that asks for them. */
export const firstPassParameters = z.strictObject({ instruction: z.string().trim().min(1).max(4000) });
export const extractionParameters = z.strictObject({ fields: z.array(z.strictObject({ name: z.string().trim().min(1).max(60), what: z.string().trim().max(400).default('') })).min(1).max(20) });
export const summaryParameters = z.strictObject({ focus: z.string().trim().max(2000).default(''), sentences: z.number().int().min(1).max(12).default(4) });

const runRef = z.strictObject({ case: caseId, run: bulkRunId });
const runFaults = [caseErrors.unknownCase, bulkErrors.unknownRun];
const orderFaults = [caseErrors.unknownCase, caseErrors.unknownDocument, searchErrors.badQuery, endpointErrors.unknownEndpoint, policyErrors.badMarking, bulkErrors.unknownKind, bulkErrors.badParameters];

export const bulkRoutes = {
  'bulk.kinds': route({ input: z.strictObject({ case: caseId }), output: z.object({ kinds: z.array(z.object({ kind: z.string(), version: z.number().int(), title: z.string() })) }), errors: [] }),
  /** Counts and asks the guard, document by document. */
  'bulk.preview': route({ input: bulkOrder, progress: z.object({ done: z.number().int(), total: z.number().int() }), output: bulkPreview, errors: orderFaults }),
  /** Keeps the order and answers before the first request. */
  'bulk.start': route({ input: bulkOrder, output: bulkRun, errors: [...orderFaults, caseErrors.archived, bulkErrors.nothingToDo] }),
  /** Newest first. */
  'bulk.runs': route({ input: z.strictObject({ case: caseId }), output: z.object({ runs: z.array(bulkRun) }), errors: [caseErrors.unknownCase] }),
  /** Emits the run at most ten times a second; ends when it no longer works. */
  'bulk.watch': route({ input: runRef, progress: bulkRun, output: bulkRun, errors: runFaults }),
  'bulk.pause': route({ input: runRef, output: bulkRun, errors: [...runFaults, bulkErrors.ended] }),
  /** Goes on; `budget` replaces the run's when it is given. */
  'bulk.resume': route({ input: runRef.extend({ budget: bulkBudget.optional() }), output: bulkRun, errors: [...runFaults, caseErrors.archived, bulkErrors.ended, endpointErrors.unknownEndpoint] }),
  'bulk.cancel': route({ input: runRef, output: bulkRun, errors: [...runFaults, bulkErrors.ended] }),
  /** Puts failed and held items back and goes on. */
  'bulk.retry': route({ input: runRef, output: bulkRun, errors: [...runFaults, caseErrors.archived, endpointErrors.unknownEndpoint] }),
  'bulk.results': route({
    input: runRef.extend({ state: bulkItemState.nullable().default(null), offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(500).default(100) }),
    output: z.object({ total: z.number().int(), results: z.array(bulkResult) }), errors: runFaults,
  }),
  /** What a request sent, to be read in full. */
  'bulk.sending': route({ input: z.strictObject({ case: caseId, sending: opId }), output: bulkSending, errors: [caseErrors.unknownCase, bulkErrors.unknownSending] }),
  /** What first passes propose for a document, newest run first. */
  'bulk.proposals': route({ input: z.strictObject({ case: caseId, document: documentId }), output: z.object({ proposals: z.array(z.object({ at: timeMs, answer: bulkAnswer })) }), errors: [caseErrors.unknownCase, caseErrors.unknownDocument] }),
  /** Writes what is queued to batch files in a folder; overwrites nothing. What may not go is held, as in a run. */
  'bulk.export': route({
    input: runRef.extend({ format: batchFormat, folder: z.string().min(1) }),
    progress: z.object({ done: z.number().int(), total: z.number().int() }),
    output: z.object({ batches: z.array(bulkBatch), held: z.number().int() }),
    errors: [...runFaults, caseErrors.archived, caseErrors.pathAbsent, caseErrors.pathIsVault, vaultErrors.diskFull, bulkErrors.atWork, bulkErrors.ended, bulkErrors.noBatchForm, bulkErrors.nothingToDo, endpointErrors.unknownEndpoint],
  }),
  /** Takes in a file of results, in any order and in part; what is not of this run's batches is refused, line by line. */
  'bulk.import': route({
    input: runRef.extend({ path: z.string().min(1) }), progress: z.object({ done: z.number().int(), total: z.number().int() }), output: bulkImport,
    errors: [...runFaults, caseErrors.archived, caseErrors.pathAbsent, bulkErrors.badBatchFile, bulkErrors.unknownBatch, bulkErrors.atWork, bulkErrors.noBatchForm, endpointErrors.unknownEndpoint],
  }),
  'bulk.batches': route({ input: runRef, output: z.object({ batches: z.array(bulkBatch) }), errors: runFaults }),
};
