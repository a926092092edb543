/** Tables on the counting thread: which sheets a question fits, and running a plan over one. */
import type { DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { TableColumn, TableFace, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { AppError } from '../../base/errors.ts';
import { firstsOf, findMember, listSheets, readColumns, readMembers, readSheet, type ReadDb, type SheetPlace } from '../../store/reader.ts';
import { checkPlan, parseTableQuestion, planWords, readTable, rowDoubts, runTable, type ReadyPlan, type SheetTable, type TableFound } from '../tables/index.ts';
import type { ExhaustiveQuestion } from './classify-question.ts';
import type { ScopeNumbers } from './scope-coverage.ts';

/** Sheets and cells that are read to plan one question; a person narrows a larger scope. */
const mostSheets = 400;
const mostCells = 3_000_000;
const wholeText = 0x7fff_ffff;

/** A plan that fits the question, with its sheet. */
export interface TableCandidate {
  readonly plan: TablePlan;
  readonly face: TableFace;
  readonly doubts: readonly string[];
}

/** What planning over tables found. `others` sheets were looked at and do not fit; `isWhole` is false when some were not looked at. */
export interface TablePlanning {
  readonly candidates: readonly TableCandidate[];
  readonly sheets: number;
  readonly isWhole: boolean;
}

/** Finds the sheets of a scope that a question fits. */
export function planTables(db: ReadDb, question: string, asked: ExhaustiveQuestion, documents: ScopeNumbers, isCancelled: () => boolean): TablePlanning {
  const sheets = listSheets(db, documents === null ? null : firstsOf(db, documents), mostSheets + 1);
  const candidates: TableCandidate[] = [];
  let cells = 0;
  let [content, text] = [0, ''];
  for (const sheet of sheets.slice(0, mostSheets)) {
    cells += sheet.cells;
    if (cells > mostCells || isCancelled()) return { candidates, sheets: sheets.length, isWhole: false };
    if (content !== sheet.content) [content, text] = [sheet.content, readColumns(db, sheet.content, wholeText)?.body ?? ''];
    const found = readSheet(db, sheet.content, sheet.page);
    const table = found === null ? null : readTable(found.name, text, found.cells, null);
    if (table === null) continue;
    const parsed = parseTableQuestion(question, asked.wanted, asked.isFigure, table, [sheet.title, sheet.name, sheet.path.replace(/^.*\//, '')]);
    if (parsed === null || !parsed.isNamed) continue;
    const plan: TablePlan = { kind: 'table', document: sheet.id, sheet: sheet.page, headRow: table.headRow, ...parsed.plan };
    const ready = readyPlan(table, plan);
    if (ready !== null) candidates.push({ plan, face: faceOf(sheet, table, plan), doubts: [...parsed.doubts, ...foldDoubts(rowDoubts(table, ready))] });
  }
  return { candidates, sheets: sheets.length, isWhole: sheets.length <= mostSheets };
}

/** A plan held against its sheet; null for one that the sheet does not bear, which is no candidate. */
function readyPlan(table: SheetTable, plan: TablePlan): ReadyPlan | null {
  try {
    return checkPlan(table, plan);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Rows in doubt are named one by one as long as they are few. */
const mostDoubts = 6;

function foldDoubts(doubts: readonly string[]): string[] {
  return doubts.length <= mostDoubts ? [...doubts] : [...doubts.slice(0, mostDoubts), `${doubts.length - mostDoubts} more rows are in doubt for such reasons.`];
}

function faceOf(sheet: Pick<SheetPlace, 'title'>, table: SheetTable, plan: TablePlan): TableFace {
  return { title: sheet.title, sheet: table.name, headRow: table.headRow, columns: table.columns.map(({ name, letter, type }) => ({ name, letter, type })), rows: table.rows.length, words: planWords(plan) };
}

interface OpenedTable {
  readonly document: DocumentId;
  readonly body: string;
  readonly table: SheetTable;
  readonly face: TableFace;
}

/** The sheet of a plan, within a scope. Throws case.unknown-document or case.bad-plan. */
function openTable(db: ReadDb, plan: TablePlan, documents: ScopeNumbers): OpenedTable {
  const number = findMember(db, plan.document);
  const isOutside = number !== null && documents !== null && !firstsOf(db, documents).includes(number);
  if (number === null || isOutside) throw new AppError('case.unknown-document', 'There is no such document in what is asked of.', { data: { document: plan.document } });
  const [member] = readMembers(db, [number]);
  const content = member?.content ?? null;
  const sheet = content === null ? null : readSheet(db, content, plan.sheet);
  if (member === undefined || content === null || sheet === null) throw new AppError('case.bad-plan', 'This document has no such sheet.', { data: { sheet: plan.sheet } });
  const body = readColumns(db, content, wholeText)?.body ?? '';
  const table = readTable(sheet.name, body, sheet.cells, plan.headRow);
  if (table === null) throw new AppError('case.bad-plan', 'The row of the plan names no columns.', { data: { headRow: plan.headRow } });
  return { document: member.document, body, table, face: faceOf(member, table, plan) };
}

/** What a plan over a sheet would do, and the rows of which nobody knows whether it takes them rightly. Throws case.unknown-document or case.bad-plan. */
export function lookAtTable(db: ReadDb, plan: TablePlan, documents: ScopeNumbers): { readonly face: TableFace; readonly doubts: readonly string[] } {
  const { table, face } = openTable(db, plan, documents);
  return { face, doubts: foldDoubts(rowDoubts(table, checkPlan(table, plan))) };
}

/** Runs a plan over a sheet. Throws case.unknown-document or case.bad-plan. */
export function runTablePlan(db: ReadDb, plan: TablePlan, documents: ScopeNumbers): TableFound & { readonly face: TableFace } {
  const { document, body, table, face } = openTable(db, plan, documents);
  return { ...runTable(document, body, table, checkPlan(table, plan)), face };
}

/** A sheet by its columns alone: no row of it. */
export interface OfferedTable {
  readonly document: DocumentId;
  /** The document's. */
  readonly title: string;
  readonly sheet: number;
  readonly name: string;
  readonly headRow: number;
  readonly headSpan: Span;
  readonly columns: readonly TableColumn[];
}

/** The first `most` sheets of a scope that have heads, among as many cells as one plan may look at. */
export function offerTables(db: ReadDb, documents: ScopeNumbers, most: number, isCancelled: () => boolean): OfferedTable[] {
  const out: OfferedTable[] = [];
  let cells = 0;
  for (const sheet of listSheets(db, documents === null ? null : firstsOf(db, documents), mostSheets)) {
    cells += sheet.cells;
    if (out.length === most || cells > mostCells || isCancelled()) break;
    const found = readSheet(db, sheet.content, sheet.page);
    const table = found === null ? null : readTable(found.name, readColumns(db, sheet.content, wholeText)?.body ?? '', found.cells, null);
    if (table !== null) out.push({ document: sheet.id, title: sheet.title, sheet: sheet.page, name: table.name, headRow: table.headRow, headSpan: table.headSpan, columns: table.columns.map(({ name, letter, type }) => ({ name, letter, type })) });
  }
  return out;
}
