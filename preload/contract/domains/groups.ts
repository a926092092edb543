/** What belongs together: near-duplicates, threads, families. Computed from the evidence, some seconds after documents came in. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors } from '../errors.ts';
import { caseId, documentId, marking, timeMs, verdict } from './basics.ts';

/** A document of a group. Groups hold the first of documents with the same bytes. */
export const groupMember = z.object({
  document: documentId,
  number: z.number().int(),
  title: z.string(),
  by: z.string(),
  date: timeMs.nullable(),
  verdict: verdict.nullable(),
  marking,
  portion: z.string(),
  tone: z.enum(['u', 'cui', 'c', 's', 'ts', 'ts-sci']),
});
export type GroupMember = z.infer<typeof groupMember>;

/** `similarity` is to the first of the group, 0 to 1: the share of runs of four words that both have (Jaccard). */
export const nearMember = groupMember.extend({ similarity: z.number() });
export type NearMember = z.infer<typeof nearMember>;

/** `addsNothingTo` is the number of a document that carries all of it along; null when none does, which makes it inclusive. */
export const threadMember = groupMember.extend({ addsNothingTo: z.number().int().nullable() });
export type ThreadMember = z.infer<typeof threadMember>;

/** Which groups a decision reaches beside its document. */
export const togetherKind = z.enum(['family', 'near', 'thread']);
export type TogetherKind = z.infer<typeof togetherKind>;

/** The most documents that one decision reaches. */
export const mostTogether = 500;

const listed = 200;

export const groupRoutes = {
  /** The groups of a document, itself among their members; null where it stands alone. Lists hold the first 200; totals count all. */
  'groups.of': route({
    input: z.strictObject({ case: caseId, document: documentId }),
    output: z.object({
      near: z.object({ total: z.number().int(), least: z.number(), members: z.array(nearMember).max(listed) }).nullable(),
      thread: z.object({ total: z.number().int(), members: z.array(threadMember).max(listed) }).nullable(),
      /** Other documents of the family: what it hangs on, what hangs on it. */
      family: z.number().int(),
    }),
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument],
  }),
  /** How many of the case's texts have been compared. */
  'groups.state': route({ input: z.strictObject({ case: caseId }), output: z.object({ texts: z.number().int(), compared: z.number().int() }), errors: [caseErrors.unknownCase] }),
  /** Every group of more than one, first near-duplicates, then threads, after comparing whatever waits. */
  'groups.list': route({
    input: z.strictObject({ case: caseId }),
    progress: z.object({
      groups: z.array(z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('near'), members: z.array(z.object({ document: documentId, path: z.string(), similarity: z.number() })) }),
        z.object({ kind: z.literal('thread'), members: z.array(z.object({ document: documentId, path: z.string(), inclusive: z.boolean() })) }),
      ])),
    }),
    output: z.object({ near: z.number().int(), threads: z.number().int(), texts: z.number().int() }),
    errors: [caseErrors.unknownCase],
  }),
};
