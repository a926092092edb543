/** Changing a plan over the rows of a sheet: what may be chosen where, and a plan made to fit another sheet. Pure; the engine checks every plan again. */
import type { PlanTable, TableColumn, TableFilter, TableMeasure, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';

/** What each comparison is called. */
export const comparisonWords: Readonly<Record<TableFilter['is'], string>> = { '=': 'is', '!=': 'is not', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least', 'contains': 'contains', 'empty': 'is empty', 'not-empty': 'is not empty' };

/** What each figure is called. */
export const measureWords: Readonly<Record<TableMeasure['kind'], string>> = { rows: 'the rows themselves', count: 'number of rows', sum: 'sum of', avg: 'average of', min: 'least', max: 'greatest' };

const measures: readonly TableMeasure['kind'][] = ['rows', 'count', 'sum', 'avg', 'min', 'max'];

/** Comparisons that a column's type can meet, the usual first. */
export function comparisonsOf(type: TableColumn['type']): readonly TableFilter['is'][] {
  return type === 'text' ? ['=', '!=', 'contains', 'empty', 'not-empty'] : ['=', '!=', '<', '<=', '>', '>=', 'contains', 'empty', 'not-empty'];
}

/** Columns that a figure can be of: numbers, and of a least or a greatest dates. */
export function figureColumns(columns: readonly TableColumn[], kind: TableMeasure['kind']): readonly TableColumn[] {
  if (kind === 'rows' || kind === 'count') return [];
  return columns.filter(({ type }) => type === 'number' || (type === 'date' && (kind === 'min' || kind === 'max')));
}

/** Figures that a sheet bears: rows are no figure of groups, and a figure needs a column for it. */
export function measuresOf(columns: readonly TableColumn[], isGrouped: boolean): readonly TableMeasure['kind'][] {
  return measures.filter((kind) => (kind === 'rows' ? !isGrouped : kind === 'count' || figureColumns(columns, kind).length > 0));
}

/** Columns that the result can be ordered by. */
export function sortColumns(columns: readonly TableColumn[], { groupBy, measure }: Pick<TablePlan, 'groupBy' | 'measure'>): readonly TableColumn[] {
  if (groupBy !== null) return columns.filter(({ name }) => name === groupBy || ('column' in measure && name === measure.column));
  return measure.kind === 'rows' ? columns : [];
}

/** The plan with what no longer goes together taken out: an order by what is not shown, a figure of a column that has none. */
function tidy(plan: TablePlan, columns: readonly TableColumn[]): TablePlan {
  const groupBy = plan.groupBy !== null && columns.some(({ name }) => name === plan.groupBy) ? plan.groupBy : null;
  const { kind } = plan.measure;
  const allowed = figureColumns(columns, kind);
  const wanted = 'column' in plan.measure ? plan.measure.column : null;
  const column = allowed.find(({ name }) => name === wanted) ?? allowed[0];
  const measure: TableMeasure = kind === 'rows' ? { kind: groupBy === null ? 'rows' : 'count' } : kind === 'count' || column === undefined ? { kind: 'count' } : { kind, column: column.name };
  const next: TablePlan = { ...plan, groupBy, measure };
  return { ...next, sort: next.sort !== null && sortColumns(columns, next).some(({ name }) => name === next.sort?.column) ? next.sort : null };
}

/** The plan over another sheet: what names a column that is there too stays, the rest goes. */
export function onSheet(plan: TablePlan, { document, sheet, headRow, columns }: PlanTable): TablePlan {
  return tidy({ ...plan, document, sheet, headRow, filters: plan.filters.filter(({ column }) => columns.some(({ name }) => name === column)) }, columns);
}

export function withMeasure(plan: TablePlan, columns: readonly TableColumn[], kind: TableMeasure['kind']): TablePlan {
  return tidy({ ...plan, measure: kind === 'rows' || kind === 'count' ? { kind } : { kind, column: 'column' in plan.measure ? plan.measure.column : '' } }, columns);
}

export function withFigure(plan: TablePlan, columns: readonly TableColumn[], column: string): TablePlan {
  return 'column' in plan.measure ? tidy({ ...plan, measure: { ...plan.measure, column } }, columns) : plan;
}

/** Grouped by a column; null does not group. */
export function withGroup(plan: TablePlan, columns: readonly TableColumn[], groupBy: string | null): TablePlan {
  return tidy({ ...plan, groupBy }, columns);
}

/** A condition changed. A comparison that its new column cannot meet becomes the first that it can. */
export function withFilter(plan: TablePlan, columns: readonly TableColumn[], at: number, change: Partial<TableFilter>): TablePlan {
  return {
    ...plan,
    filters: plan.filters.map((filter, index) => {
      if (index !== at) return filter;
      const next = { ...filter, ...change };
      const type = columns.find(({ name }) => name === next.column)?.type ?? 'text';
      return comparisonsOf(type).includes(next.is) ? next : { ...next, is: '=' as const };
    }),
  };
}

/** One more condition, of the first column: that it is not empty, which every sheet bears. */
export function withMoreFilters(plan: TablePlan, columns: readonly TableColumn[]): TablePlan {
  const [first] = columns;
  return first === undefined ? plan : { ...plan, filters: [...plan.filters, { column: first.name, is: 'not-empty', value: '' }] };
}

/** True for a comparison with something that is written. */
export const takesValue = (is: TableFilter['is']): boolean => is !== 'empty' && is !== 'not-empty';
