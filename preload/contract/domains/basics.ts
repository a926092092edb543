/** Values that several domains share: branded ids, times, markings. */
import * as z from 'zod';

const id = z.string().regex(/^[0-9a-f]{32}$/);

/** 128 random bits in lower-case hex. Every id of ours has this form; the brand says what it names. */
export const caseId = id.brand<'CaseId'>();
export const documentId = id.brand<'DocumentId'>();
export const opId = id.brand<'OpId'>();
export const jobId = id.brand<'JobId'>();
export const watchId = id.brand<'WatchId'>();
export const setId = id.brand<'SetId'>();
export const conversationId = id.brand<'ConversationId'>();
export const turnId = id.brand<'TurnId'>();
export const annotationId = id.brand<'AnnotationId'>();
export const passageId = id.brand<'PassageId'>();
export const endpointId = id.brand<'EndpointId'>();
export const modelId = id.brand<'ModelId'>();
export const bulkRunId = id.brand<'BulkRunId'>();
export const batchId = id.brand<'BatchId'>();

export type CaseId = z.infer<typeof caseId>;
export type DocumentId = z.infer<typeof documentId>;
export type OpId = z.infer<typeof opId>;
export type JobId = z.infer<typeof jobId>;
export type WatchId = z.infer<typeof watchId>;
export type SetId = z.infer<typeof setId>;
export type ConversationId = z.infer<typeof conversationId>;
export type TurnId = z.infer<typeof turnId>;
export type AnnotationId = z.infer<typeof annotationId>;
export type PassageId = z.infer<typeof passageId>;
export type EndpointId = z.infer<typeof endpointId>;
export type ModelId = z.infer<typeof modelId>;
export type BulkRunId = z.infer<typeof bulkRunId>;
export type BatchId = z.infer<typeof batchId>;

/** Milliseconds since 1970-01-01 UTC. */
export const timeMs = z.number().int().nonnegative();
/** SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A UTF-16 code unit offset into a canonical text. */
export const offset = z.number().int().nonnegative();

/** A marking as a person writes it, in any form and of any scheme; main/policy reads it. */
export const markingText = z.string().trim().min(1).max(2000);

const formerLevels = { U: 'UNCLASSIFIED', CUI: 'CUI', C: 'CONFIDENTIAL', S: 'SECRET', TS: 'TOP SECRET' } as const;
/** How markings were kept before they were texts. */
const formerMarking = z.strictObject({ scheme: z.literal('us'), level: z.enum(['U', 'CUI', 'C', 'S', 'TS']), controls: z.array(z.enum(['SI', 'NOFORN'])) })
  .transform(({ level, controls }) => [formerLevels[level], ...(['SI', 'NOFORN'] as const).filter((control) => controls.includes(control))].join('//'));

/** A marking as it is kept and compared: the canonical banner line that main/policy writes, such as SECRET//NOFORN. */
export const marking = z.union([z.string().min(1).max(2000), formerMarking]).pipe(z.string().brand<'Marking'>());
export type Marking = z.infer<typeof marking>;

/** A marking with the texts that show it. `tone` picks the banner's colour, which is never the only carrier. */
export const markingView = z.object({
  marking,
  banner: z.string(),
  portion: z.string(),
  tone: z.enum(['u', 'cui', 'c', 's', 'ts', 'ts-sci']),
});
export type MarkingView = z.infer<typeof markingView>;

/** Nothing: the input or output of a route that has none. */
export const nothing = z.strictObject({});

/** A span of a canonical text, end exclusive. */
export const span = z.object({ start: offset, end: offset });
export type Span = z.infer<typeof span>;

/** The reviewer's decision on a document. Deferred is the reviewer's "unsure: decide later". */
export const verdict = z.enum(['relevant', 'not-relevant', 'deferred']);
export type Verdict = z.infer<typeof verdict>;

/** What a document is, as far as the interface tells types apart. */
export const documentType = z.enum(['text', 'markdown', 'table', 'web-page', 'mail', 'pdf', 'word', 'image', 'other']);
export type DocumentType = z.infer<typeof documentType>;

/** How reading a file ended. Never silent: the last two come with a reason. */
export const documentState = z.enum(['text', 'no-text', 'quarantined']);
export type DocumentState = z.infer<typeof documentState>;

/** Why a document has no text or is held: a code to group by and a sentence to show. */
export const stateReason = z.object({ code: z.string(), sentence: z.string() });
export type StateReason = z.infer<typeof stateReason>;
