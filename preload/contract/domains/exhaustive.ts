/**
 * Questions about everything in scope: how many, list all, is there any, sums over tables. A plan says what is looked for, where and how,
 * before anything runs; the result carries the plan it was made by and what it looked at. Counting is ours, never a model's.
 */
import * as z from 'zod';
import { bulkRunId, documentId, endpointId, marking, offset, opId } from './basics.ts';

/** What the person wants to know: a number, every one of them, or whether there is one. */
export const wanted = z.enum(['count', 'list', 'exists']);
export type Wanted = z.infer<typeof wanted>;

/** What is counted by query. A mention is a place in a text where the words stand. */
export const countedThing = z.enum(['documents', 'messages', 'mentions']);
export type CountedThing = z.infer<typeof countedThing>;

/** Every document of the scope that a query in the search box's language finds. */
export const queryPlan = z.strictObject({ kind: z.literal('query'), wanted, of: countedThing, query: z.string().trim().min(1).max(4000) });
export type QueryPlan = z.infer<typeof queryPlan>;

const columnName = z.string().min(1).max(300);

/** A condition on a column. `value` is read as the column's type is: a number, a date, or a text in any case. */
export const tableFilter = z.strictObject({ column: columnName, is: z.enum(['=', '!=', '<', '<=', '>', '>=', 'contains', 'empty', 'not-empty']), value: z.string().max(500) });
export type TableFilter = z.infer<typeof tableFilter>;

/** What is made of the rows that pass: themselves, their number, or a figure of one column. */
export const tableMeasure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rows') }),
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({ kind: z.enum(['sum', 'avg', 'min', 'max']), column: columnName }),
]);
export type TableMeasure = z.infer<typeof tableMeasure>;

/** A query over the rows of one sheet. Columns go by the names of its head row; filters hold together. */
export const tablePlan = z.strictObject({
  kind: z.literal('table'),
  document: documentId,
  /** From 1, in the order of the workbook. */
  sheet: z.number().int().min(1).max(10_000),
  /** The row, from 1, whose cells name the columns. */
  headRow: z.number().int().min(1).max(1_048_576),
  filters: z.array(tableFilter).max(20),
  groupBy: columnName.nullable(),
  measure: tableMeasure,
  /** Of rows: the column they are ordered by. Of groups: null orders by the group, its measure's column by the figure. */
  sort: z.strictObject({ column: columnName, isDescending: z.boolean() }).nullable(),
  limit: z.number().int().min(1).max(10_000).nullable(),
});
export type TablePlan = z.infer<typeof tablePlan>;

/** Document by document with a model: each is asked whether `question` holds in it. What it quotes is compared with the stored text, and we count. */
export const modelPlan = z.strictObject({ kind: z.literal('model'), wanted, question: z.string().trim().min(1).max(20_000), endpoint: endpointId });
export type ModelPlan = z.infer<typeof modelPlan>;

export const questionPlan = z.discriminatedUnion('kind', [queryPlan, tablePlan, modelPlan]);
export type QuestionPlan = z.infer<typeof questionPlan>;

/** Documents that are not looked at, and why. */
export const skippedDocuments = z.object({ code: z.string(), sentence: z.string(), documents: z.number().int() });

/** What a run looks at. `inScope` = `lookedAt` and all that is skipped; documents with the same bytes count once. */
export const exhaustiveCoverage = z.object({
  inScope: z.number().int(),
  lookedAt: z.number().int(),
  skipped: z.array(skippedDocuments),
  /** Further documents of the scope with the bytes of one that is counted. */
  copies: z.number().int(),
  /** What is to be known beside it, in sentences. */
  notes: z.array(z.string()),
});
export type ExhaustiveCoverage = z.infer<typeof exhaustiveCoverage>;

/** A column of a sheet as it was understood. */
export const tableColumn = z.object({ name: z.string(), letter: z.string(), type: z.enum(['number', 'date', 'text']) });
export type TableColumn = z.infer<typeof tableColumn>;

/** A sheet as it was understood, and the plan in words. */
export const tableFace = z.object({
  title: z.string(),
  sheet: z.string(),
  headRow: z.number().int(),
  columns: z.array(tableColumn),
  rows: z.number().int(),
  words: z.array(z.string()),
});
export type TableFace = z.infer<typeof tableFace>;

/** A sheet that a plan may be made over, by its columns. `name` is '' for separated values. */
export const planTable = z.object({ document: documentId, title: z.string(), sheet: z.number().int(), name: z.string(), headRow: z.number().int(), columns: z.array(tableColumn) });
export type PlanTable = z.infer<typeof planTable>;

/** A way to answer. `isCertain` is false where the question says more, or other, than the plan can look for: `doubts` says what. */
export const planWay = z.object({
  plan: questionPlan,
  isCertain: z.boolean(),
  doubts: z.array(z.string()),
  coverage: exhaustiveCoverage,
  /** How many requests leave for an endpoint and about how many tokens; zero without one. */
  requests: z.number().int(),
  tokens: z.number().int(),
  table: tableFace.nullable(),
});
export type PlanWay = z.infer<typeof planWay>;

/** The ways to answer a question about everything in scope, the best first. Empty when none is known: `why` says so. */
export const planned = z.object({
  isExhaustive: z.boolean(),
  wanted: wanted.nullable(),
  ways: z.array(planWay),
  why: z.string().nullable(),
});
export type Planned = z.infer<typeof planned>;

/** A cell of a found row: its text word for word, its place, its name as spreadsheets have it. An empty cell has no place. */
export const foundCell = z.object({ name: z.string(), text: z.string(), start: offset.nullable(), end: offset.nullable() });
export type FoundCell = z.infer<typeof foundCell>;

/** One of what was found. `quote` stands at [start, end) of the document's text; null for a document that is found by what it is, not by its words. */
export const foundItem = z.object({
  document: documentId,
  start: offset.nullable(),
  end: offset.nullable(),
  quote: z.string().nullable(),
  /** Places in this document where the words stand; 1 for a mention or a row. */
  mentions: z.number().int(),
  /** Of a row or a group: its cells under the result's heads. */
  cells: z.array(foundCell).optional(),
  /** Of what a model said in words of its own: the roll-up of everything that it was sent. Absent for what is quoted, and in lists kept before it was. */
  marking: marking.optional(),
  /** Of what a model said: what was sent for it (`bulk.sending`). Absent in lists kept before it was. */
  sending: opId.optional(),
});
export type FoundItem = z.infer<typeof foundItem>;

/** What came of a plan, kept with the answer. The items are read in pages (`chat.items`). */
export const exhaustiveResult = z.object({
  plan: questionPlan,
  coverage: exhaustiveCoverage,
  /** The exact number of what was asked for, as `of` says it: documents, messages, mentions, rows, groups. */
  total: z.number().int(),
  of: z.string(),
  /** Documents that hold them. */
  documents: z.number().int(),
  /** Items that are kept; less than `total` only beyond 100,000. */
  listed: z.number().int(),
  /** Of a table: the figure as we computed it, exact; null where there is none. */
  figure: z.string().nullable(),
  /** Heads over the cells of the items; empty for items without cells. */
  heads: z.array(tableColumn),
  table: tableFace.nullable(),
  /** Of a plan that a model read for: the run of bulk work that holds every request. Absent for answers kept before it was. */
  run: bulkRunId.optional(),
});
export type ExhaustiveResult = z.infer<typeof exhaustiveResult>;
