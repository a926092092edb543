/** Decisions and notes on documents, and undo of any of the person's own ops. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors } from '../errors.ts';
import { togetherKind } from './groups.ts';
import { caseId, documentId, documentType, opId, sha256, timeMs, verdict } from './basics.ts';

export const historyEntry = z.object({
  op: opId,
  at: timeMs,
  /** The person's name; null when the op is the reader's own. */
  who: z.string().nullable(),
  kind: z.enum(['coded', 'noted', 'marked']),
  /** For `coded`: the verdict, null when it was taken back. */
  verdict: verdict.nullable(),
  undo: z.boolean(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

export const codingCounts = z.object({
  /** Documents that a reviewer is to decide on: duplicates are folded into the first of their kind. */
  total: z.number().int(),
  coded: z.number().int(),
  relevant: z.number().int(),
  notRelevant: z.number().int(),
  deferred: z.number().int(),
  /** Decisions of the last 60 minutes. */
  lastHour: z.number().int(),
});
export type CodingCounts = z.infer<typeof codingCounts>;

/** One line of `redoubt codes export`. */
export const codeLine = z.object({
  document: documentId,
  path: z.string(),
  sha256: sha256.nullable(),
  type: documentType,
  verdict,
  note: z.string(),
  who: z.string(),
  at: z.string(),
  op: opId,
});

/** What an undo or redo changed, so that the window can go there; null when there was nothing. */
export const changed = z.object({
  document: documentId.nullable(),
  /** A plain sentence: "Relevant taken back". */
  said: z.string(),
}).nullable();

const documentRef = { case: caseId, document: documentId };
const faults = [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownDocument];

export const codingRoutes = {
  /** Durable when it answers. A null verdict takes the decision back. `together` codes groups of the document with it, in one act that one undo takes back; `coded` counts all of them. */
  'coding.set': route({ input: z.strictObject({ ...documentRef, verdict: verdict.nullable(), together: z.array(togetherKind).default([]) }), output: z.object({ op: opId, counts: codingCounts, coded: z.number().int() }), errors: [...faults, caseErrors.groupTooLarge] }),
  'coding.counts': route({ input: z.strictObject({ case: caseId }), output: codingCounts, errors: [caseErrors.unknownCase] }),
  'coding.history': route({ input: z.strictObject(documentRef), output: z.object({ entries: z.array(historyEntry) }), errors: faults }),
  'coding.export': route({ input: z.strictObject({ case: caseId }), progress: z.object({ lines: z.array(codeLine) }), output: z.object({ total: z.number().int() }), errors: [caseErrors.unknownCase] }),
  /** An empty text removes the note. */
  'notes.set': route({ input: z.strictObject({ ...documentRef, text: z.string().max(100_000) }), output: z.object({ op: opId }), errors: faults }),
  /** Takes back the person's last op in this case since unlock: a coding, a note, an annotation. Undo is itself an op. */
  'ops.undo': route({ input: z.strictObject({ case: caseId }), output: z.object({ changed }), errors: [caseErrors.unknownCase] }),
  'ops.redo': route({ input: z.strictObject({ case: caseId }), output: z.object({ changed }), errors: [caseErrors.unknownCase] }),
};
