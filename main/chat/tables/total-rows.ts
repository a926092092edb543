/**
 * Which rows under the heads are no rows of the table. A total is one by its whole label with no other key beside it, or by its figure: the
 * sum of the rows above. Where neither decides, what is done with the row is a doubt. Pure.
 */
import { looksLikeDate } from './date-cells.ts';
import { add, compare, type Decimal } from './decimal.ts';
import { readNumber, styleOf, type NumberStyle } from './number-cells.ts';

/** What is asked of a row: its cells under a head. */
export interface CandidateRow {
  readonly row: number;
  readonly cells: readonly { readonly column: number; readonly value: string }[];
}

/** What a row is. `isSure` is false when it could be taken the other way; `why` is a sentence about it, null for an ordinary row. */
export interface RowKind {
  readonly isRow: boolean;
  readonly isSure: boolean;
  readonly why: string | null;
}

const ordinary: RowKind = { isRow: true, isSure: true, why: null };

/** Labels that are a total whatever the table is about. */
const wholeLabel = /^(?:(?:sub|grand|overall)?[- ]?totals?(?: (?:amount|sum|gbp|eur|usd|chf))?|(?:grand )?sum|summe|gesamt(?:summe)?|zwischensumme|(?:opening|closing) balance|(?:balance )?(?:carried|brought) (?:forward|down)|(?:carried|brought) balance)\s*(?:\((?:gbp|eur|usd|chf|[€£$])\)|[€£$])?\s*[:.=]*$/i;
/** Labels that may be one: "Total for March", "Sub-total pumps", "Quay Works total". */
const maybeLabel = /^(?:sub|grand|overall)[- ]?total\b|^(?:totals?|sum)\s+(?:of|for|in|at|per|to|until|so|all|this|by|q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|(?:19|20)\d\d)|[\s-](?:sub-?)?totals?\s*[:.=]*$|^(?:opening|closing) balance\b/i;
/** Labels that only a figure makes a total: "Total Energies" is a firm. */
const beginsAsTotal = /^(?:totals?|sum|summe|gesamt)\b/i;

/** Sums of a column: of all rows, and of those since the last total. */
interface Sums {
  all: Decimal;
  since: Decimal;
  rows: number;
  rowsSince: number;
}

/** Judges rows from the first to the last: what stands above a row decides on it. `heads` are names of columns by their place. */
export function judgeRows(rows: readonly CandidateRow[], heads: ReadonlyMap<number, string>): RowKind[] {
  const styles = new Map<number, NumberStyle>();
  for (const column of heads.keys()) {
    const style = styleOf(rows.flatMap(({ cells }) => cells.filter((cell) => cell.column === column).map(({ value }) => value)));
    if (style !== null) styles.set(column, style);
  }
  const figureOf = ({ column, value }: CandidateRow['cells'][number]): Decimal | null => {
    const style = styles.get(column);
    return style === undefined || looksLikeDate(value) ? null : readNumber(value, style)?.value ?? null;
  };
  const sums = new Map<number, Sums>();
  /** True when a figure of the row is the sum of at least `least` rows above it. */
  const isSum = ({ cells }: CandidateRow, least: number): boolean => cells.some((cell) => {
    const [figure, above] = [figureOf(cell), sums.get(cell.column)];
    if (figure === null || above === undefined) return false;
    return (above.rows >= least && compare(figure, above.all) === 0) || (above.rowsSince >= least && compare(figure, above.since) === 0);
  });
  return rows.map((row) => {
    const kind = kindOf(row, heads, isSum);
    for (const cell of row.cells) {
      const figure = figureOf(cell);
      const zero: Decimal = { units: 0n, scale: 0 };
      const above = sums.get(cell.column) ?? { all: zero, since: zero, rows: 0, rowsSince: 0 };
      if (kind.isRow && figure !== null) sums.set(cell.column, { all: add(above.all, figure), since: add(above.since, figure), rows: above.rows + 1, rowsSince: above.rowsSince + 1 });
    }
    if (!kind.isRow) for (const above of sums.values()) { above.since = { units: 0n, scale: 0 }; above.rowsSince = 0; }
    return kind;
  });
}

function kindOf(row: CandidateRow, heads: ReadonlyMap<number, string>, isSum: (row: CandidateRow, least: number) => boolean): RowKind {
  const { cells } = row;
  const isNumber = (value: string): boolean => readNumber(value, { decimal: '.', isUnclear: false }) !== null || readNumber(value, { decimal: ',', isUnclear: false }) !== null;
  const keys = cells.filter(({ value }) => looksLikeDate(value) || !isNumber(value));
  const left = (isSure: boolean, why: string): RowKind => ({ isRow: false, isSure, why: `Row ${row.row} ${why} and is left out.` });
  const kept = (why: string): RowKind => ({ isRow: true, isSure: false, why: `Row ${row.row} ${why} and is taken as a row.` });
  if (cells.length >= 2 && cells.every(({ column, value }) => heads.get(column) === value)) return left(true, 'names the columns again');
  if (cells.length === 0) return left(false, 'fills no cell under a head');
  const whole = keys.some(({ value }) => wholeLabel.test(value));
  if (whole && isSum(row, 1)) return left(true, 'is a total');
  if (whole && keys.length === 1 && cells.length > 1) return left(false, 'is named as a total, which its figures do not bear out,');
  if (whole) return cells.length === 1 ? left(false, 'is named as a total and holds no figure') : kept('has a cell that says total');
  if (keys.length === 1 && keys.some(({ value }) => maybeLabel.test(value) || beginsAsTotal.test(value)) && isSum(row, 2)) return left(true, 'is a total');
  if (keys.some(({ value }) => maybeLabel.test(value))) return kept('may be a total');
  if (keys.length === 0 && cells.length < heads.size && isSum(row, 2)) return cells.length === 1 ? left(true, 'is a total') : left(false, 'holds a sum of the rows above');
  if (cells.length === 1 && heads.size >= 3) return left(false, 'fills one cell only');
  return ordinary;
}
