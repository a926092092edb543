/** Markings as text: what one says, and what several roll up to. And what a person marks in a case. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, policyErrors } from '../errors.ts';
import { caseId, documentId, marking, markingText, markingView, nothing, offset, passageId, timeMs, turnId } from './basics.ts';

const texts = z.array(z.string()).readonly();
const control = z.object({ code: z.string(), compartments: z.array(z.object({ code: z.string(), subs: texts })).readonly() });
const release = z.object({ relTo: texts, displayOnly: texts, relido: z.boolean() }).nullable();

const cuiParts = z.object({
  scheme: z.literal('cui'),
  /** Categories marked SP-, and the others. */
  specified: texts,
  basic: texts,
  audience: z.enum(['FED ONLY', 'FEDCON', 'NOCON']).nullable(),
  limits: texts,
  release,
});
const tlpLabel = z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']);

/** A marking taken apart. In `us`: codes as portions have them; `fgi` null is none and [] a concealed source; `release` null says nothing, with all three empty it is NOFORN. */
export const markingParts = z.discriminatedUnion('scheme', [
  z.object({
    scheme: z.literal('us'),
    level: z.enum(['U', 'C', 'S', 'TS']),
    /** `restricted`: another government calls it RESTRICTED; `level` says how it is protected here. */
    owner: z.object({ kind: z.enum(['us', 'joint', 'foreign']), countries: texts, restricted: z.boolean() }),
    sci: z.array(control).readonly(),
    sap: z.array(control).readonly(),
    aea: z.array(z.object({ code: z.string(), cnwdi: z.boolean(), sigmas: z.array(z.number().int()).readonly() })).readonly(),
    fgi: texts.nullable(),
    dissem: texts,
    release,
    nonIc: texts,
    /** What stands beside the classification; null when nothing does. */
    cui: cuiParts.nullable(),
    tlp: tlpLabel.nullable(),
  }),
  cuiParts,
  z.object({ scheme: z.literal('tlp'), label: tlpLabel }),
]);
export type MarkingParts = z.infer<typeof markingParts>;

/** A marking that was read. `canonical` is its banner line. */
export const readMarking = z.object({ canonical: marking, banner: z.string(), portion: z.string(), tone: markingView.shape.tone, parts: markingParts });
export type ReadMarking = z.infer<typeof readMarking>;

const text = z.string().min(1).max(2000);

/** A passage, or with `page` set a page, that a person marked. */
export const passageMark = z.object({
  passage: passageId,
  start: offset,
  end: offset,
  page: z.number().int().nullable(),
  /** Null: a person said that what stands there as a mark is none. */
  marking: markingView.nullable(),
  /** True when the text was read anew since: it can still raise, and no longer lower. */
  isStale: z.boolean(),
  reason: z.string(),
  who: z.string(),
  at: timeMs,
});
export type PassageMark = z.infer<typeof passageMark>;

/** A mark that stands in the text and that nobody has accepted or dismissed yet. Until then it can only raise what it speaks of. */
export const foundMark = z.object({
  kind: z.enum(['portion', 'banner']),
  start: offset,
  end: offset,
  markStart: offset,
  markEnd: offset,
  page: z.number().int().nullable(),
  /** Null when it cannot be read: `fault` says where in the mark and why. */
  marking: markingView.nullable(),
  fault: z.object({ at: offset, message: z.string() }).nullable(),
});
export type FoundMarkView = z.infer<typeof foundMark>;

export const documentMarking = z.object({
  /** What it counts as: its own, or else its case's. */
  marking: markingView,
  own: z.object({ marking: markingView, reason: z.string(), who: z.string(), at: timeMs }).nullable(),
  /** Of all passages of its text, unmarked ones included; null without a text. */
  rollUp: markingView.nullable(),
  passages: z.array(passageMark),
  found: z.array(foundMark),
});
export type DocumentMarking = z.infer<typeof documentMarking>;

/** Why a marking was set: kept in the op, and shown beside it. */
const reason = z.string().trim().min(1).max(2000);
const documentRef = { case: caseId, document: documentId };
const documentFaults = [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownDocument, policyErrors.badMarking];

export const markingRoutes = {
  'markings.document': route({ input: z.strictObject(documentRef), output: documentMarking, errors: [caseErrors.unknownCase, caseErrors.unknownDocument] }),
  /** Durable when it answers. A null marking lets the document count as its case again. `isAboveVault`: this vault may not hold it. */
  'markings.mark-document': route({ input: z.strictObject({ ...documentRef, marking: markingText.nullable(), reason }), output: z.object({ marking: markingView, isAboveVault: z.boolean() }), errors: documentFaults }),
  /** Marks, accepts or dismisses passages in one act. A null marking says that what stands there as a mark is none. */
  'markings.mark-passages': route({
    input: z.strictObject({ ...documentRef, passages: z.array(z.strictObject({ start: offset, end: offset, marking: markingText.nullable() })).min(1).max(20_000), reason }),
    output: z.object({ isAboveVault: z.boolean() }),
    errors: [...documentFaults, caseErrors.badSpan],
  }),
  'markings.unmark-passage': route({ input: z.strictObject({ ...documentRef, passage: passageId }), output: nothing, errors: [...documentFaults, caseErrors.unknownPassage] }),
  /** Marks an answer otherwise than its roll-up says, or with null takes that back. */
  'markings.mark-answer': route({ input: z.strictObject({ case: caseId, turn: turnId, marking: markingText.nullable(), reason }), output: markingView, errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownTurn, policyErrors.badMarking] }),
  /** Answers while locked; needs no vault. */
  'markings.read': route({ input: z.strictObject({ text }), output: readMarking, errors: [policyErrors.badMarking], whileLocked: true }),
  /** The least marking that covers all of these, for the banner of what is on screen. Answers while locked. */
  'markings.join': route({ input: z.strictObject({ markings: z.array(marking).min(1).max(10_000) }), output: markingView, errors: [policyErrors.badMarking], whileLocked: true }),
  /** The banner of a document with these portions. Answers while locked; needs no vault. */
  'markings.roll-up': route({ input: z.strictObject({ texts: z.array(text).min(1).max(10_000) }), output: readMarking, errors: [policyErrors.badMarking], whileLocked: true }),
};
