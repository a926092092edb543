/** Running a checked plan over the rows of a sheet: exact, and every row it rests on is kept with the places of its cells. Pure. */
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { FoundCell, FoundItem, TableColumn } from '../../../preload/contract/domains/exhaustive.ts';
import { AppError } from '../../base/errors.ts';
import { folded, type Comparison, type ReadyFilter, type ReadyPlan } from './check-plan.ts';
import { add, compare, divide, format, type Decimal } from './decimal.ts';
import { cellIn, dayIn, nameOfCell, numberIn, type SheetColumn, type SheetRow, type SheetTable } from './sheet-table.ts';

/** What a plan over a sheet gave. `total` is of rows, or of groups where there are groups. */
export interface TableFound {
  readonly total: number;
  readonly of: 'rows' | 'groups';
  /** The figure with its unit, exact; null for rows and groups. */
  readonly figure: string | null;
  readonly heads: readonly TableColumn[];
  readonly items: readonly FoundItem[];
  readonly notes: readonly string[];
}

/** Columns of a row that are shown; of wider sheets the plan's and the first ones. */
const shownColumns = 24;
/** Digits behind the point of an average, beyond those of its cells. */
const averageDigits = 2;

function meets(difference: number, is: Comparison): boolean {
  switch (is) {
    case '=': return difference === 0;
    case '!=': return difference !== 0;
    case '<': return difference < 0;
    case '<=': return difference <= 0;
    case '>': return difference > 0;
    case '>=': return difference >= 0;
  }
}

/** Whether a row meets a condition. What is empty or cannot be read meets none, but that it is empty, and that it is not some value. */
export function passes(row: SheetRow, filter: ReadyFilter): boolean {
  if (filter.is === '!=') return !passes(row, { ...filter, is: '=' });
  const cell = cellIn(row, filter.column);
  if (filter.is === 'empty') return cell === null;
  if (cell === null) return false;
  if (filter.is === 'not-empty' || !('text' in filter || 'number' in filter || 'days' in filter)) return true;
  if (filter.is === 'contains') return folded(cell.value).includes(filter.text);
  if ('number' in filter) {
    const own = numberIn(row, filter.column);
    const isSameUnit = own !== null && (own.unit === filter.number.unit || filter.number.unit === '' || own.unit === '');
    return own !== null && isSameUnit && meets(compare(own.value, filter.number.value), filter.is);
  }
  if ('days' in filter) {
    const day = dayIn(row, filter.column);
    const { from, to } = filter.days;
    return day !== null && meets(day < from ? -1 : day >= to ? 1 : 0, filter.is);
  }
  return folded(cell.value) === filter.text;
}

type Figure = Exclude<ReadyPlan['measure'], { readonly kind: 'rows' | 'count' }>;

/** A figure over rows: as it is shown, as it is ordered, and the rows it rests on. */
interface Computed {
  readonly shown: string;
  readonly order: Decimal;
  readonly rows: readonly SheetRow[];
  /** Rows whose cell holds no number. */
  readonly without: readonly SheetRow[];
}

function compute(measure: Figure, rows: readonly SheetRow[]): Computed | null {
  const { column, kind } = measure;
  if (column.type === 'date') return computeDate(measure, rows);
  const read = rows.map((row) => ({ row, number: numberIn(row, column) }));
  const held = read.flatMap(({ row, number }) => (number === null ? [] : [{ row, number }]));
  const without = read.flatMap(({ row, number }) => (number === null && cellIn(row, column) !== null ? [row] : []));
  const [first, ...more] = held;
  if (first === undefined) return null;
  const units = new Set(held.flatMap(({ number }) => (number.unit === '' ? [] : [number.unit])));
  if (units.size > 1) throw new AppError('case.bad-plan', 'The amounts of this column are in different currencies or units: they are not put together.', { data: { where: 'measure', units: units.size } });
  const [unit = ''] = units;
  const shown = (value: Decimal): string => `${format(value)}${unit === '' ? '' : unit === '%' ? '%' : ` ${unit}`}`;
  if (kind === 'min' || kind === 'max') {
    const best = more.reduce((so, each) => ((kind === 'max' ? compare(each.number.value, so) > 0 : compare(each.number.value, so) < 0) ? each.number.value : so), first.number.value);
    return { shown: shown(best), order: best, rows: held.filter(({ number }) => compare(number.value, best) === 0).map(({ row }) => row), without };
  }
  const sum = more.reduce((so, each) => add(so, each.number.value), first.number.value);
  const value = kind === 'sum' ? sum : divide(sum, held.length, sum.scale + averageDigits);
  return { shown: shown(value), order: value, rows: held.map(({ row }) => row), without };
}

function computeDate({ column, kind }: Figure, rows: readonly SheetRow[]): Computed | null {
  const held = rows.flatMap((row) => {
    const day = dayIn(row, column);
    return day === null ? [] : [{ row, day }];
  });
  if (held.length === 0) return null;
  const days = held.map(({ day }) => day);
  const best = days.reduce((so, day) => (kind === 'max' ? Math.max(so, day) : Math.min(so, day)));
  return { shown: new Date(best).toISOString().slice(0, 10), order: { units: BigInt(best), scale: 0 }, rows: held.filter(({ day }) => day === best).map(({ row }) => row), without: rows.filter((row) => cellIn(row, column) !== null && dayIn(row, column) === null) };
}

/** Runs a plan. Throws case.bad-plan for amounts that cannot be put together. */
export function runTable(document: DocumentId, body: string, table: SheetTable, plan: ReadyPlan): TableFound {
  const passing = table.rows.filter((row) => plan.filters.every((filter) => passes(row, filter)));
  const notes = [...emptyNotes(plan, passing), ...unreadNotes(table, plan), ...table.leftOut];
  if (plan.groupBy !== null) return grouped(document, body, table, plan, plan.groupBy, passing, notes);
  const { measure } = plan;
  const computed = 'column' in measure ? compute(measure, passing) : null;
  const rows = 'column' in measure ? computed?.rows ?? [] : passing;
  const sorted = plan.sort === null ? [...rows] : sortRows(rows, plan.sort);
  const columns = shown(table, plan);
  const kept = plan.limit === null ? sorted : sorted.slice(0, plan.limit);
  return {
    total: measure.kind === 'rows' ? kept.length : rows.length, of: 'rows', figure: 'column' in measure ? computed?.shown ?? null : measure.kind === 'count' ? passing.length.toLocaleString('en-US') : null,
    heads: columns.map(headOf), items: kept.map((row) => itemOf(document, body, table.name, row, columns)),
    notes: [...notes, ...withoutNotes(table, measure, computed?.without ?? [])],
  };
}

function withoutNotes(table: SheetTable, measure: ReadyPlan['measure'], without: readonly SheetRow[]): string[] {
  if (without.length === 0 || !('column' in measure)) return [];
  const named = without.slice(0, 5).map(({ row }) => nameOfCell(table.name, measure.column.letter, row)).join(', ');
  return [`${without.length} ${without.length === 1 ? 'cell holds' : 'cells hold'} no number and ${without.length === 1 ? 'is' : 'are'} left out: ${named}${without.length > 5 ? ' and others' : ''}.`];
}

/** What about the sheet itself makes a plan's answer uncertain: rows that may be totals, where the plan reads them; heads that may be a row; a sum of percentages. */
export function rowDoubts(table: SheetTable, { filters, measure }: ReadyPlan): string[] {
  const { doubtful, rows } = table;
  // A name that also stands under itself is more likely a value: the sheet may have no heads.
  const repeated = table.columns.filter((column) => rows.some((row) => folded(cellIn(row, column)?.value ?? '') === folded(column.name)));
  const heads = repeated.length === 0 ? [] : [`Row ${table.headRow} is taken for the names of the columns and may be a row: what it says in column ${repeated.map(({ letter }) => letter).join(', ')} stands below it too.`];
  const isShare = 'column' in measure && measure.kind === 'sum' && rows.some((row) => numberIn(row, measure.column)?.unit === '%');
  const shares = isShare ? [`Column ${measure.column.letter} holds percentages, which are rarely to be added up.`] : [];
  const mixed = filters.filter((filter) => 'number' in filter && filter.number.unit === '' && new Set(rows.flatMap((row) => numberIn(row, filter.column)?.unit || [])).size > 1)
    .map(({ column }) => `Column ${column.letter} holds amounts in different currencies or units, which are compared as if they were one.`);
  return [...heads, ...shares, ...mixed, ...doubtful.filter(({ row }) => filters.every((filter) => passes(row, filter)) && (!('column' in measure) || cellIn(row, measure.column) !== null)).map(({ why }) => why)];
}

/** Rows that count as different from a value because their cell is empty. */
function emptyNotes({ filters }: ReadyPlan, passing: readonly SheetRow[]): string[] {
  return filters.filter(({ is }) => is === '!=').flatMap(({ column }) => {
    const empty = passing.filter((row) => cellIn(row, column) === null).length;
    return empty === 0 ? [] : [`${empty} ${empty === 1 ? 'row has an empty cell' : 'rows have an empty cell'} in column ${column.letter}: ${empty === 1 ? 'it counts' : 'they count'} as different.`];
  });
}

/** Cells of a compared column that could not be read: they met no condition. */
function unreadNotes(table: SheetTable, { filters, measure }: ReadyPlan): string[] {
  const notes = filters.flatMap((filter) => {
    if (!('number' in filter) && !('days' in filter)) return [];
    const unread = table.rows.filter((row) => cellIn(row, filter.column) !== null && ('number' in filter ? numberIn(row, filter.column) === null : dayIn(row, filter.column) === null));
    return unread.length === 0 ? [] : [`${unread.length} ${unread.length === 1 ? 'cell' : 'cells'} of column ${filter.column.letter} could not be compared${filter.is === '!=' ? (unread.length === 1 ? ' and counts as different' : ' and count as different') : ''}.`];
  });
  const read = [...filters.map(({ column }) => column), ...('column' in measure ? [measure.column] : [])];
  const unclear = new Set(read.filter(({ type, style }) => type === 'number' && style?.isUnclear === true).map(({ letter }) => letter));
  return [...notes, ...[...unclear].map((letter) => `Column ${letter} has numbers such as 1,234 or 1.234 only: the comma was read as parting thousands, the point as the decimal sign.`)];
}

function grouped(document: DocumentId, body: string, table: SheetTable, plan: ReadyPlan, groupBy: SheetColumn, passing: readonly SheetRow[], notes: readonly string[]): TableFound {
  const groups = new Map<string, SheetRow[]>();
  for (const row of passing) {
    const key = folded(cellIn(row, groupBy)?.value ?? '');
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  }
  const { measure } = plan;
  const without: SheetRow[] = [];
  const made = [...groups.values()].map((rows) => {
    const computed = 'column' in measure ? compute(measure, rows) : null;
    without.push(...computed?.without ?? []);
    const count: Decimal = { units: BigInt(rows.length), scale: 0 };
    return { rows, shown: 'column' in measure ? computed?.shown ?? '' : format(count), order: 'column' in measure ? computed?.order ?? null : count };
  });
  // Groups go by their name unless the plan orders them by their figure; a group without a figure comes last.
  const byFigure = plan.sort !== null && plan.sort.column.at !== groupBy.at;
  const turn = plan.sort?.isDescending === true ? -1 : 1;
  made.sort((a, b) => (byFigure ? (a.order === null || b.order === null ? Number(a.order === null) - Number(b.order === null) : turn * compare(a.order, b.order)) : turn * compareRows(groupBy, a.rows[0], b.rows[0])));
  const kept = plan.limit === null ? made : made.slice(0, plan.limit);
  const figureHead: TableColumn = 'column' in measure ? { name: `${measure.kind} of ${measure.column.name}`, letter: '', type: measure.column.type } : { name: 'rows', letter: '', type: 'number' };
  return {
    total: kept.length, of: 'groups', figure: null,
    heads: [headOf(groupBy), ...('column' in measure ? [{ name: 'rows', letter: '', type: 'number' as const }] : []), figureHead],
    items: kept.map(({ rows, shown: figure }) => {
      const [first] = rows;
      const item = first === undefined ? null : itemOf(document, body, table.name, first, [groupBy]);
      const plainCell = (text: string): FoundCell => ({ name: '', text, start: null, end: null });
      return { document, start: item?.start ?? null, end: item?.end ?? null, quote: item?.quote ?? null, mentions: rows.length, cells: [...item?.cells ?? [], ...('column' in measure ? [plainCell(format({ units: BigInt(rows.length), scale: 0 }))] : []), plainCell(figure)] };
    }),
    notes: [...notes, ...withoutNotes(table, measure, without)],
  };
}

/** Empty cells come last whichever way. */
function compareRows(column: SheetColumn, a: SheetRow | undefined, b: SheetRow | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (column.type === 'number') {
    const [left, right] = [numberIn(a, column), numberIn(b, column)];
    if (left !== null && right !== null) return compare(left.value, right.value);
    return Number(left === null) - Number(right === null);
  }
  if (column.type === 'date') return (dayIn(a, column) ?? Infinity) - (dayIn(b, column) ?? Infinity) || 0;
  const [left, right] = [folded(cellIn(a, column)?.value ?? ''), folded(cellIn(b, column)?.value ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortRows(rows: readonly SheetRow[], { column, isDescending }: { readonly column: SheetColumn; readonly isDescending: boolean }): SheetRow[] {
  const isEmpty = (row: SheetRow): boolean => (column.type === 'number' ? numberIn(row, column) === null : column.type === 'date' ? dayIn(row, column) === null : cellIn(row, column) === null);
  const held = rows.filter((row) => !isEmpty(row)).sort((a, b) => (isDescending ? -1 : 1) * compareRows(column, a, b) || a.row - b.row);
  return [...held, ...rows.filter(isEmpty)];
}

function shown({ columns }: SheetTable, { filters, measure }: ReadyPlan): readonly SheetColumn[] {
  // What the plan is about is read first; the rest follows in the order of the sheet.
  const used = [...new Set([...filters.map(({ column }) => column), ...('column' in measure ? [measure.column] : [])])];
  return [...used, ...columns.filter((column) => !used.includes(column))].slice(0, Math.max(shownColumns, used.length));
}

const headOf = ({ name, letter, type }: SheetColumn): TableColumn => ({ name, letter, type });

function itemOf(document: DocumentId, body: string, sheet: string, row: SheetRow, columns: readonly SheetColumn[]): FoundItem {
  const start = Math.min(...row.cells.map((cell) => cell.start));
  const end = Math.max(...row.cells.map((cell) => cell.end));
  const cells = columns.map((column): FoundCell => {
    const cell = cellIn(row, column);
    const name = nameOfCell(sheet, column.letter, row.row);
    return cell === null ? { name, text: '', start: null, end: null } : { name, text: body.slice(cell.start, cell.end), start: cell.start, end: cell.end };
  });
  return { document, start, end, quote: body.slice(start, end), mentions: 1, cells };
}
