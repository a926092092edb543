/** A plan over a sheet, held against the sheet as it is: columns that exist, conditions that their types can meet. Nothing else runs. */
import type { TableFilter, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { AppError } from '../../base/errors.ts';
import { daySpan } from './date-cells.ts';
import { readNumber, type CellNumber } from './number-cells.ts';
import type { SheetColumn, SheetTable } from './sheet-table.ts';

/** A condition ready to be met by a row. */
export type ReadyFilter =
  | { readonly is: 'empty' | 'not-empty'; readonly column: SheetColumn }
  | { readonly is: 'contains'; readonly column: SheetColumn; readonly text: string }
  | { readonly is: '=' | '!='; readonly column: SheetColumn; readonly text: string }
  | { readonly is: Comparison; readonly column: SheetColumn; readonly number: CellNumber }
  | { readonly is: Comparison; readonly column: SheetColumn; readonly days: { readonly from: number; readonly to: number } };
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A plan whose every name is a column. */
export interface ReadyPlan {
  readonly filters: readonly ReadyFilter[];
  readonly groupBy: SheetColumn | null;
  readonly measure: { readonly kind: 'rows' | 'count' } | { readonly kind: 'sum' | 'avg' | 'min' | 'max'; readonly column: SheetColumn };
  readonly sort: { readonly column: SheetColumn; readonly isDescending: boolean } | null;
  readonly limit: number | null;
}

/** How texts are compared: in any case, blanks as one. */
export const folded = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/** A plan that the sheet does not bear; `at` is which of the filters, from 0. The message names no word of it: words of plans and of sheets are content. */
function bad(message: string, where: string, at: number | null = null): never {
  throw new AppError('case.bad-plan', message, { data: { where, at } });
}

/** The column of a name. Throws case.bad-plan for none, and for a name that several have. */
function columnNamed({ columns }: SheetTable, name: string, where: string, at: number | null = null): SheetColumn {
  const found = columns.filter((column) => folded(column.name) === folded(name));
  const [only] = found;
  if (only === undefined) return bad(`The ${where} names a column that this sheet does not have.`, where, at);
  return found.length > 1 ? bad(`The ${where} names a column whose name several columns have.`, where, at) : only;
}

function readyFilter(table: SheetTable, { column: name, is, value }: TableFilter, at: number): ReadyFilter {
  const column = columnNamed(table, name, 'filter', at);
  if (is === 'empty' || is === 'not-empty') return { is, column };
  if (is === 'contains') return folded(value) === '' ? bad('A filter looks for nothing.', 'filter', at) : { is, column, text: folded(value) };
  if (column.type === 'number') {
    const number = column.style === null ? null : readNumber(value, { decimal: '.', isUnclear: false }) ?? readNumber(value, column.style);
    return number === null ? bad('A filter compares a column of numbers with what is no number.', 'filter', at) : { is, column, number };
  }
  if (column.type === 'date') {
    const days = daySpan(value);
    if (days === null) return bad('A filter compares a column of dates with what is no date, such as 2024, 2024-03 or 2024-03-14.', 'filter', at);
    return column.order === 'unclear' && table.rows.some((row) => row.cells.some((cell) => cell.column === column.at && /^\d{1,2}[-/]\d{1,2}[-/]/.test(cell.value)))
      ? bad('The dates of a column can be read day first or month first, and no cell of it decides.', 'filter', at)
      : { is, column, days };
  }
  return is === '=' || is === '!=' ? { is, column, text: folded(value) } : bad('A filter compares a column of texts by size.', 'filter', at);
}

/** A plan held against its sheet. Throws case.bad-plan with what is wrong. */
export function checkPlan(table: SheetTable, plan: Pick<TablePlan, 'filters' | 'groupBy' | 'measure' | 'sort' | 'limit'>): ReadyPlan {
  const groupBy = plan.groupBy === null ? null : columnNamed(table, plan.groupBy, 'grouping');
  const { measure } = plan;
  if (groupBy !== null && measure.kind === 'rows') bad('Groups need a figure: a number of rows, a sum, an average, a least or a greatest.', 'measure');
  const column = 'column' in measure ? columnNamed(table, measure.column, 'measure') : null;
  if (column !== null && column.type !== 'number' && !(column.type === 'date' && (measure.kind === 'min' || measure.kind === 'max'))) bad('The figure is of a column that holds no numbers.', 'measure');
  if (column?.type === 'date' && column.order === 'unclear') bad('The dates of a column can be read day first or month first, and no cell of it decides.', 'measure');
  const sort = plan.sort === null ? null : { column: columnNamed(table, plan.sort.column, 'order'), isDescending: plan.sort.isDescending };
  if (sort !== null && groupBy !== null && sort.column.at !== groupBy.at && sort.column.at !== column?.at) bad('Groups are ordered by what they are grouped by or by their figure.', 'order');
  return {
    filters: plan.filters.map((filter, at) => readyFilter(table, filter, at)), groupBy, sort, limit: plan.limit,
    measure: measure.kind === 'rows' || measure.kind === 'count' ? { kind: measure.kind } : { kind: measure.kind, column: column ?? bad('The figure names no column.', 'measure') },
  };
}
