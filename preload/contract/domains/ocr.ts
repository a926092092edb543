/** Words in pictures: pages without usable text that OCR reads, in a queue of its own. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors } from '../errors.ts';
import { caseId, documentId } from './basics.ts';

export const ocrState = z.object({
  state: z.enum(['idle', 'running', 'paused']),
  /** Documents with a page that waits. */
  documents: z.number().int(),
  /** Pages of the case: `done` are those that were read, hold nothing or failed; `off` came in while OCR was off. */
  pages: z.object({ waiting: z.number().int(), done: z.number().int(), read: z.number().int(), nothing: z.number().int(), failed: z.number().int(), off: z.number().int() }),
  offDocuments: z.number().int(),
  /** Pages a minute over the last minute of work; null before the first. */
  perMinute: z.number().nullable(),
  /** Estimated milliseconds left at that rate. */
  leftMs: z.number().nullable(),
  now: z.object({ path: z.string(), page: z.number().int() }).nullable(),
  /** Why the queue stopped although pages wait, in a sentence; null otherwise. */
  fault: z.string().nullable(),
  /** Whether what comes in is read, unless its job says otherwise. */
  wanted: z.boolean(),
  /** Codes of the languages of which there is data, as Tesseract has them. */
  languages: z.array(z.string()),
  /** Those that what comes in is read in; empty when each page's own is picked from all. */
  chosen: z.array(z.string()),
});
export type OcrState = z.infer<typeof ocrState>;

/** Languages as Tesseract's codes, all used at once; null: each page's own is picked from those that are there. */
export const ocrLanguages = z.array(z.string().regex(/^[a-z]{3}(?:_[a-z]{2,8})*$/i)).min(1).max(4).nullable();

const ofCase = z.strictObject({ case: caseId });

export const ocrRoutes = {
  'ocr.state': route({ input: ofCase, output: ocrState, errors: [caseErrors.unknownCase] }),
  /** Emits the state at most twice a second; ends with it when no page waits or the queue is paused. */
  'ocr.watch': route({ input: ofCase, progress: ocrState, output: ocrState, errors: [caseErrors.unknownCase] }),
  'ocr.pause': route({ input: ofCase, output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived] }),
  'ocr.resume': route({ input: ofCase, output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived] }),
  /** Turns OCR on or off for what comes in from now on. */
  'ocr.set-wanted': route({ input: z.strictObject({ case: caseId, wanted: z.boolean() }), output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived] }),
  /** Chooses the languages of what comes in from now on. */
  'ocr.set-languages': route({ input: z.strictObject({ case: caseId, languages: ocrLanguages }), output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.ocrLanguageAbsent] }),
  /** Reads the pages of a document, and of those with the same bytes, once more. What was read before stays in the text, before what is read now. */
  'ocr.read-again': route({ input: z.strictObject({ case: caseId, document: documentId, languages: ocrLanguages }), output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.unknownDocument, caseErrors.noPage, caseErrors.ocrLanguageAbsent] }),
  /** Queues every page that came in while OCR was off. */
  'ocr.read-off': route({ input: ofCase, output: ocrState, errors: [caseErrors.unknownCase, caseErrors.archived] }),
};
