/**
 * Ordered sets of documents: the triage queue and search results are the same thing. A set is a snapshot: it keeps its order
 * and its members while the reviewer codes, so that no row jumps away under a key press. Rows are read by position.
 */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, searchErrors } from '../errors.ts';
import { caseId, documentId, documentState, documentType, marking, setId, span, timeMs, verdict } from './basics.ts';

export const setOrder = z.enum(['best', 'ingested', 'newest', 'oldest', 'path']);
export type SetOrder = z.infer<typeof setOrder>;

/** Which coding a set is narrowed to; `any` leaves it alone. */
export const codingFilter = z.enum(['any', 'uncoded', 'relevant', 'not-relevant', 'deferred']);
export type CodingFilter = z.infer<typeof codingFilter>;

/** Narrows by groups: `near` has near-duplicates; `adds-nothing` is carried along whole by another message of its thread, `inclusive` is not. */
export const groupFilter = z.enum(['near', 'inclusive', 'adds-nothing']);
export type GroupFilter = z.infer<typeof groupFilter>;

const languages = z.array(z.string().regex(/^[a-z]{2}$/)).optional();

export const setSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('queue'), coding: codingFilter, types: z.array(documentType).default([]), groups: z.array(groupFilter).optional(), languages, order: setOrder.exclude(['best']).default('ingested') }),
  z.strictObject({ kind: z.literal('search'), query: z.string().max(4000), coding: codingFilter.default('any'), types: z.array(documentType).default([]), groups: z.array(groupFilter).optional(), languages, order: setOrder.default('best') }),
]);
export type SetSource = z.infer<typeof setSource>;

/** How the query was read, for the "Read as" line: words, phrases and filters with what joins them. `group` is 1 to 3 for highlight colours. */
export const readPart = z.object({
  kind: z.enum(['term', 'phrase', 'prefix', 'field', 'and', 'or', 'not', 'near', 'open', 'close']),
  text: z.string(),
  field: z.string().nullable(),
  group: z.number().int().min(1).max(3).nullable(),
});
export type ReadPart = z.infer<typeof readPart>;

/** A piece of a snippet; `group` is set where it is a hit. */
export const snippetPart = z.object({ text: z.string(), group: z.number().int().min(1).max(3).nullable() });
export type SnippetPart = z.infer<typeof snippetPart>;

export const setRow = z.object({
  index: z.number().int(),
  document: documentId,
  number: z.number().int(),
  title: z.string(),
  /** Sender, author, or else the folder it came from. */
  by: z.string(),
  /** The date a reader would look for: sent, else created, else modified, else null. */
  date: timeMs.nullable(),
  type: documentType,
  state: documentState,
  path: z.string(),
  attachments: z.number().int(),
  /** How many other paths hold the same bytes. */
  duplicates: z.number().int(),
  /** Its near-duplicates: how many others, and the least of their similarities; null when it has none. */
  near: z.object({ others: z.number().int(), least: z.number() }).nullable(),
  /** Its thread: how many messages in all, and whether it adds nothing to another of them; null when it stands alone. */
  thread: z.object({ messages: z.number().int(), addsNothing: z.boolean() }).nullable(),
  /** What it counts as: its own marking, or else its case's. */
  marking,
  portion: z.string(),
  tone: z.enum(['u', 'cui', 'c', 's', 'ts', 'ts-sci']),
  verdict: verdict.nullable(),
  annotations: z.number().int(),
  /** How well it fits the query, higher is better; null when scores were not asked for. */
  score: z.number().nullable(),
  /** Of a search: up to two lines of context. */
  snippets: z.array(z.array(snippetPart)),
});
export type SetRow = z.infer<typeof setRow>;

export const facetCount = z.object({ value: z.string(), count: z.number().int() });

const setRef = { case: caseId, set: setId };
const faults = [caseErrors.unknownCase, caseErrors.unknownSet];

export const setRoutes = {
  'sets.open': route({
    input: z.strictObject({ case: caseId, source: setSource }),
    output: z.object({ set: setId, total: z.number().int(), searched: z.number().int(), read: z.array(readPart), tookMs: z.number() }),
    errors: [caseErrors.unknownCase, searchErrors.badQuery],
  }),
  'sets.rows': route({
    input: z.strictObject({ ...setRef, offset: z.number().int().min(0), limit: z.number().int().min(1).max(200), scores: z.boolean().default(false) }),
    output: z.object({ rows: z.array(setRow) }),
    errors: faults,
  }),
  /** The position of a document in the set, or null. */
  'sets.position': route({ input: z.strictObject({ ...setRef, document: documentId }), output: z.object({ index: z.number().int().nullable() }), errors: faults }),
  /** The first uncoded position at or after `from`, wrapping round; null when all are coded. */
  'sets.next-uncoded': route({ input: z.strictObject({ ...setRef, from: z.number().int().min(0) }), output: z.object({ index: z.number().int().nullable() }), errors: faults }),
  /** Languages of the case's documents, the most frequent first: what a queue can be narrowed to. */
  'sets.languages': route({ input: z.strictObject({ case: caseId }), output: z.object({ languages: z.array(facetCount) }), errors: [caseErrors.unknownCase] }),
  'sets.close': route({ input: z.strictObject(setRef), output: z.object({}), errors: [caseErrors.unknownCase] }),
  /** Ranks documents by plain words, as retrieval experiments do: no query language, best first. */
  'search.words': route({
    input: z.strictObject({ case: caseId, text: z.string().max(20_000), depth: z.number().int().min(1).max(100_000) }),
    output: z.object({ hits: z.array(z.object({ document: documentId, path: z.string(), score: z.number() })) }),
    errors: [caseErrors.unknownCase],
  }),
  /** Counts for the facet pane over everything that the query alone matches. */
  'search.facets': route({
    input: z.strictObject({ case: caseId, query: z.string().max(4000) }),
    output: z.object({ coding: z.array(facetCount), types: z.array(facetCount), groups: z.array(facetCount), languages: z.array(facetCount) }),
    errors: [caseErrors.unknownCase, searchErrors.badQuery],
  }),
  /** Where the query's words stand in one document's canonical text, in order: the first 20,000 hits, for more than that nobody steps through. */
  'search.highlights': route({
    input: z.strictObject({ case: caseId, document: documentId, query: z.string().max(4000) }),
    output: z.object({ hits: z.array(span.extend({ group: z.number().int().min(1).max(3) })) }),
    errors: [caseErrors.unknownCase, caseErrors.unknownDocument, searchErrors.badQuery],
  }),
  /** For a query without results: nearby queries that have some, best first. */
  'search.suggestions': route({
    input: z.strictObject({ case: caseId, query: z.string().max(4000) }),
    output: z.object({ suggestions: z.array(z.object({ query: z.string(), why: z.string(), count: z.number().int() })) }),
    errors: [caseErrors.unknownCase, searchErrors.badQuery],
  }),
};
