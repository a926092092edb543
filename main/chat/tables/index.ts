/**
 * Questions over rows of tables. A sheet is read as a table (sheet-table.ts: the row of heads, types of columns, what is no row), a plan is
 * held against it (check-plan.ts) and run by us (run-table.ts), exactly: decimals without rounding, amounts of one currency only, every
 * cell that could not be read named. A plan comes from the question's own words (parse-question.ts) or from whoever may propose one; what
 * it names must exist, and nothing of it is ever code.
 *
 * Decisions. Whether 1,234 parts thousands and whether 03/04 is March or April is decided by all cells of a column; where none decides, dates
 * are refused and numbers read as in English, which is said. Rows that are totals, repeated heads or notes are left out
 * and named; a row that may be a total (total-rows.ts) makes an answer that reads it uncertain. What is empty is different from any value.
 */
export { checkPlan, type ReadyPlan } from './check-plan.ts';
export { planWords } from './plan-words.ts';
export { parseTableQuestion } from './parse-question.ts';
export { rowDoubts, runTable, type TableFound } from './run-table.ts';
export { readTable, type SheetTable } from './sheet-table.ts';
