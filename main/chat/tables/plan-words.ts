import type { TableFilter, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';

const comparisonWords: Readonly<Record<TableFilter['is'], string>> = { '=': 'is', '!=': 'is not', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least', 'contains': 'contains', 'empty': 'is empty', 'not-empty': 'is not empty' };
const figureWords = { sum: 'sum of', avg: 'average of', min: 'least', max: 'greatest' } as const;

/** A plan over a sheet in words, a line each: what is made, of which rows, in which order. */
export function planWords({ filters, groupBy, measure, sort, limit }: Pick<TablePlan, 'filters' | 'groupBy' | 'measure' | 'sort' | 'limit'>): string[] {
  const made = 'column' in measure ? `${figureWords[measure.kind]} ${measure.column}` : measure.kind === 'count' ? 'number of rows' : 'the rows themselves';
  return [
    `${made}${groupBy === null ? '' : `, by ${groupBy}`}`,
    ...(filters.length === 0 ? ['of all rows'] : filters.map(({ column, is, value }, index) => `${index === 0 ? 'where' : 'and'} ${column} ${comparisonWords[is]}${is === 'empty' || is === 'not-empty' ? '' : ` “${value}”`}`)),
    ...(sort === null ? [] : [`ordered by ${sort.column}, ${sort.isDescending ? 'greatest first' : 'least first'}`]),
    ...(limit === null ? [] : [`the first ${limit}`]),
  ];
}
