/** One document: what it is, its text, its original. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, vaultErrors } from '../errors.ts';
import { caseId, documentId, documentState, documentType, marking, markingView, offset, sha256, stateReason, timeMs, verdict } from './basics.ts';

/** An address as it stands in a header. */
export const mailbox = z.object({ name: z.string(), address: z.string() });
export type Mailbox = z.infer<typeof mailbox>;

export const mailHeaders = z.object({
  from: z.array(mailbox),
  to: z.array(mailbox),
  cc: z.array(mailbox),
  subject: z.string(),
  sentAt: timeMs.nullable(),
  /** The Date header as written, for its own offset; null when there is none. */
  sentAsWritten: z.string().nullable(),
  messageId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  /** Message ids of the thread before it, oldest first, as References has them; absent when it has none. */
  references: z.array(z.string()).optional(),
});
export type MailHeaders = z.infer<typeof mailHeaders>;

/** What a file says of itself that has no field of its own: its camera, its dimensions. Names and values are for people. */
export const properties = z.array(z.object({ name: z.string(), value: z.string() }));
export type Property = z.infer<typeof properties>[number];

export const relative = z.object({ document: documentId, name: z.string(), type: documentType, sizeBytes: z.number().int().nullable() });
export type Relative = z.infer<typeof relative>;

export const documentDetail = z.object({
  document: documentId,
  /** Short number of the document in its case, 1-based, stable: what people say aloud. */
  number: z.number().int(),
  title: z.string(),
  path: z.string(),
  /** Every other path at which the same bytes were found. */
  alsoAt: z.array(z.string()),
  type: documentType,
  mediaType: z.string(),
  state: documentState,
  reason: stateReason.nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: sha256.nullable(),
  /** Name and version of what read the text. */
  extractor: z.string().nullable(),
  chars: z.number().int(),
  /** Number of pages; null where the format has none. */
  pages: z.number().int().nullable(),
  mail: mailHeaders.nullable(),
  author: z.string().nullable(),
  createdAt: timeMs.nullable(),
  modifiedAt: timeMs.nullable(),
  /** ISO 639-1, told from the text; null where it cannot be. */
  language: z.string().nullable(),
  /** The earliest and the latest day that the text names with its year, and how many days and months; null where it names none. */
  textDates: z.object({ first: timeMs, last: timeMs, count: z.number().int(), unsure: z.number().int() }).nullable(),
  ingestedAt: timeMs,
  parent: relative.nullable(),
  attachments: z.array(relative),
  properties,
  /** How far OCR is with the pages that have no usable text; null where there are none. `confidence` is the mean of the pages that were read, 0 to 100. */
  ocr: z.object({ waiting: z.number().int(), off: z.number().int(), read: z.number().int(), nothing: z.number().int(), failed: z.number().int(), confidence: z.number().nullable(), languages: z.array(z.string()) }).nullable(),
  marking: markingView,
  /** The roll-up of everything in it, for the banner: marks in its text that nobody has looked at raise it. */
  rollUp: markingView,
  /** False when the marking is the case's own because the document carries none. */
  markingIsOwn: z.boolean(),
  verdict: verdict.nullable(),
  note: z.string(),
});
export type DocumentDetail = z.infer<typeof documentDetail>;

/**
 * A page's span in the canonical text, in the order of the text. What OCR read of a page is a span of its own behind all others, with how
 * sure it was, 0 to 100; a page that has some text of its own then has two spans.
 */
export const pageSpan = z.object({ page: z.number().int().min(1), start: offset, end: offset, ocr: z.number().int().min(0).max(100).optional() });
export type PageSpan = z.infer<typeof pageSpan>;

/** One line of `redoubt documents` (notes/cli.md). */
export const documentLine = z.object({
  id: documentId,
  path: z.string(),
  parent: documentId.nullable(),
  duplicateOf: documentId.nullable(),
  sha256: sha256.nullable(),
  type: documentType,
  mediaType: z.string(),
  state: documentState,
  reason: stateReason.nullable(),
  pages: z.number().int().nullable(),
  chars: z.number().int(),
  dates: z.object({ sent: z.string().nullable(), created: z.string().nullable(), modified: z.string().nullable() }),
  from: z.array(mailbox),
  to: z.array(mailbox),
  subject: z.string().nullable(),
  author: z.string().nullable(),
  language: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  /** Its own marking; null counts as its case. */
  marking: marking.nullable(),
});
export type DocumentLine = z.infer<typeof documentLine>;

const documentRef = { case: caseId, document: documentId };
const documentFaults = [caseErrors.unknownCase, caseErrors.unknownDocument];

export const documentRoutes = {
  'documents.get': route({ input: z.strictObject(documentRef), output: documentDetail, errors: documentFaults }),
  /** A window of the canonical text. `from` and `limit` are UTF-16 code units; a window never splits a surrogate pair. */
  'documents.text': route({
    input: z.strictObject({ ...documentRef, from: offset.default(0), limit: z.number().int().min(1).max(2_000_000).default(500_000) }),
    output: z.object({ text: z.string(), from: offset, chars: z.number().int(), pages: z.array(pageSpan) }),
    errors: [...documentFaults, caseErrors.noText],
  }),
  /**
   * For a PDF page: where each text item of the page, in the order that pdf.js reports them, begins in the canonical text.
   * `starts[i]` and `ends[i]` are offsets; equal when the item contributes nothing.
   */
  'documents.page-items': route({
    input: z.strictObject({ ...documentRef, page: z.number().int().min(1) }),
    output: z.object({ starts: z.array(offset), ends: z.array(offset) }),
    errors: [...documentFaults, caseErrors.noPage],
  }),
  /** The words of a page as OCR read them: offsets into the canonical text, and sides in 1/1,000 of the page. Null when OCR did not read the page. */
  'documents.page-words': route({
    input: z.strictObject({ ...documentRef, page: z.number().int().min(1) }),
    output: z.object({
      reading: z.object({ start: offset, end: offset, confidence: z.number().int(), language: z.string(), words: z.array(z.object({ start: offset, end: offset, left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })) }).nullable(),
    }),
    errors: documentFaults,
  }),
  /** A page of a TIFF or HEIC picture as a PNG, which the window can draw; its longer side has 3,500 pixels at most. */
  'documents.page-picture': route({
    input: z.strictObject({ ...documentRef, page: z.number().int().min(1) }),
    output: z.object({ png: z.instanceof(Uint8Array), width: z.number().int(), height: z.number().int() }),
    errors: [...documentFaults, caseErrors.noPage, caseErrors.notDrawn, vaultErrors.blobDamaged, vaultErrors.blobMissing],
  }),
  /** The cell of a table that holds an offset of its text, named as spreadsheets do (`Sheet1!B4`); null between cells and in a document without any. */
  'documents.cell': route({
    input: z.strictObject({ ...documentRef, offset }),
    output: z.object({ cell: z.object({ sheet: z.string(), row: z.number().int().min(1), column: z.number().int().min(1), name: z.string() }).nullable() }),
    errors: documentFaults,
  }),
  /** A range of the original's bytes, decrypted and authenticated; at most 4 MiB a call. */
  'documents.bytes': route({
    input: z.strictObject({ ...documentRef, from: z.number().int().min(0), length: z.number().int().min(1).max(4 * 1024 * 1024) }),
    output: z.object({ bytes: z.instanceof(Uint8Array), sizeBytes: z.number().int() }),
    errors: [...documentFaults, vaultErrors.blobDamaged, vaultErrors.blobMissing],
  }),
  /** Every canonical text of the case, in windows in their order, for keeping outside the vault: recorded as an export. */
  'documents.texts': route({
    input: z.strictObject({ case: caseId }),
    progress: z.object({ document: documentId, text: z.string(), isLast: z.boolean() }),
    output: z.object({ total: z.number().int() }),
    errors: [caseErrors.unknownCase],
  }),
  /** Every document of the case in the order of its number, in batches. */
  'documents.list': route({
    input: z.strictObject({ case: caseId }),
    progress: z.object({ lines: z.array(documentLine) }),
    output: z.object({ total: z.number().int() }),
    errors: [caseErrors.unknownCase],
  }),
};
