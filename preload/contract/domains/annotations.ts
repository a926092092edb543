/** Anchored spans with a label and a note. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, policyErrors } from '../errors.ts';
import { annotationId, caseId, documentId, markingText, markingView, offset, timeMs } from './basics.ts';

/** A label of the case's list. `slot` (1 to 6) picks its colours; `tag` is its three letters. */
export const label = z.object({ label: z.string(), name: z.string(), tag: z.string(), slot: z.number().int().min(1).max(6) });
export type Label = z.infer<typeof label>;

export const annotation = z.object({
  annotation: annotationId,
  document: documentId,
  documentNumber: z.number().int(),
  title: z.string(),
  label: z.string(),
  quote: z.string(),
  start: offset,
  end: offset,
  page: z.number().int().nullable(),
  /** How the anchor was found in the text as it is now; `lost` when the quote no longer stands anywhere. */
  anchor: z.enum(['exact', 'moved', 'lost']),
  note: z.string(),
  who: z.string(),
  createdAt: timeMs,
  changedAt: timeMs,
  /** Its own, or else that of the span that it marks. */
  marking: markingView,
  markingIsOwn: z.boolean(),
});
export type Annotation = z.infer<typeof annotation>;

const faults = [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownAnnotation];

export const annotationRoutes = {
  'annotations.labels': route({ input: z.strictObject({ case: caseId }), output: z.object({ labels: z.array(label) }), errors: [caseErrors.unknownCase] }),
  /** Those of one document in text order, or, with a null document, of the case by document and text order. */
  'annotations.list': route({
    input: z.strictObject({ case: caseId, document: documentId.nullable(), label: z.string().nullable().default(null), offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(1000).default(500) }),
    output: z.object({ total: z.number().int(), annotations: z.array(annotation) }),
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument],
  }),
  /** Durable when it answers. The quote is read from the stored text, never taken from the caller. */
  'annotations.add': route({
    input: z.strictObject({ case: caseId, document: documentId, start: offset, end: offset, label: z.string(), note: z.string().max(100_000).default('') }),
    output: annotation,
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownDocument, caseErrors.badSpan, caseErrors.unknownLabel],
  }),
  'annotations.change': route({
    input: z.strictObject({ case: caseId, annotation: annotationId, label: z.string().optional(), note: z.string().max(100_000).optional(), /** Null lets the marking of its span stand. */ marking: z.strictObject({ to: markingText.nullable(), reason: z.string().trim().min(1).max(2000) }).optional() }),
    output: annotation,
    errors: [...faults, caseErrors.unknownLabel, policyErrors.badMarking],
  }),
  'annotations.remove': route({ input: z.strictObject({ case: caseId, annotation: annotationId }), output: z.object({}), errors: faults }),
  /** W3C Web Annotation Data Model, one JSON-LD object per annotation, in batches. */
  'annotations.export': route({ input: z.strictObject({ case: caseId }), progress: z.object({ annotations: z.array(z.record(z.string(), z.unknown())) }), output: z.object({ total: z.number().int() }), errors: [caseErrors.unknownCase] }),
};
