/**
 * From a question to a plan over one sheet: its words are taken as names of columns, values that stand in cells, comparisons, and the
 * table's own name. When a word is left, nothing is planned: a wrong figure is worse than none. Pure.
 */
import type { TableFilter, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { stem, stopWords, wordsOf, type Word } from '../../search/index.ts';
import { readDatePhrase } from '../exhaustive/date-phrase.ts';
import { folded } from './check-plan.ts';
import { compare } from './decimal.ts';
import { readNumber } from './number-cells.ts';
import type { SheetColumn, SheetTable } from './sheet-table.ts';

/** What a question asks of a sheet. `doubts` is empty when every word was understood in one way. */
export interface ParsedTableQuestion {
  readonly plan: Pick<TablePlan, 'filters' | 'groupBy' | 'measure' | 'sort' | 'limit'>;
  readonly doubts: readonly string[];
  /** True when the question names the table or one of its columns. */
  readonly isNamed: boolean;
}

/** A word of the question; `isTaken` once it is accounted for. */
interface QuestionWord extends Word {
  readonly stem: string;
  isTaken: boolean;
}

interface State {
  readonly text: string;
  readonly words: readonly QuestionWord[];
  readonly table: SheetTable;
  readonly filters: TableFilter[];
  readonly doubts: string[];
  isNamed: boolean;
}

const measures: readonly (readonly [Exclude<TablePlan['measure']['kind'], 'rows' | 'count'>, ReadonlySet<string>])[] = [
  ['sum', new Set(['total', 'sum', 'altogether', 'totalled'])],
  ['avg', new Set(['average', 'mean', 'avg'])],
  ['max', new Set(['highest', 'largest', 'biggest', 'greatest', 'maximum', 'max', 'latest'])],
  ['min', new Set(['lowest', 'smallest', 'least', 'minimum', 'min', 'cheapest', 'earliest'])],
];
const rowWords = new Set(['row', 'rows', 'entry', 'entries', 'record', 'records', 'line', 'lines', 'item', 'items']);
const asking = new Set(['list', 'show', 'find', 'give', 'get', 'count', 'many', 'much', 'number', 'please', 'tell', 'calculate', 'compute', 'table', 'sheet', 'spreadsheet', 'file', 'csv', 'xlsx', 'every', 'value', 'amount', 'column', 'whose', 'there']);
/** Words that change what a question asks for: left over, they are not passed over. */
const telling = new Set(['each', 'per', 'most', 'more', 'less', 'few', 'fewer', 'between', 'both', 'first', 'last', 'same', 'than', 'until', 'before', 'after', 'above', 'below', 'over', 'under', 'during', 'or', 'against', 'only', 'other', 'once', 'again', 'further', 'such', 'some', 'few', 'own', 'off', 'out', 'too']);
/** Units that a column's name carries and nobody says. */
const unitWords = new Set(['gbp', 'eur', 'usd', 'chf', 'h', 'hrs', 's', 'l', 'kg', 'km', 'm', 'c', 'a', 'pct', 'no', 'nr', 'id']);

/** The words of a column's name: paid_on, paidOn and "Paid on (UTC)" alike. */
function nameWords(name: string): string[] {
  return wordsOf(name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')).map(({ folded: word }) => stem(word));
}

/** Where a run of stems stands among the words that nobody took yet; -1 for nowhere. */
function findRun(words: readonly QuestionWord[], run: readonly string[], from = 0): number {
  if (run.length === 0) return -1;
  for (let at = from; at + run.length <= words.length; at += 1) {
    if (run.every((each, index) => words[at + index]?.stem === each && words[at + index]?.isTaken === false)) return at;
  }
  return -1;
}

/** A column named in the question, and where. */
interface Named {
  readonly column: SheetColumn;
  readonly at: number;
  readonly length: number;
}

/** Columns that the question names, the longest names first. A short form (the name without its unit) counts where one column alone has it. */
function namedColumns({ words, table }: State): Named[] {
  const forms = table.columns.flatMap((column) => {
    const whole = nameWords(column.name);
    const short = whole.filter((word) => !unitWords.has(word));
    return [{ column, run: whole }, ...(short.length > 0 && short.length < whole.length ? [{ column, run: short }] : [])];
  });
  const owners = new Map<string, Set<number>>();
  for (const { column, run } of forms) owners.set(run.join(' '), (owners.get(run.join(' ')) ?? new Set()).add(column.at));
  const out: Named[] = [];
  const used = new Set<number>();
  for (const { column, run } of forms.filter(({ run: each }) => owners.get(each.join(' '))?.size === 1).toSorted((a, b) => b.run.length - a.run.length)) {
    for (let at = findRun(words, run); at >= 0; at = findRun(words, run, at + 1)) {
      const places = Array.from({ length: run.length }, (_, index) => at + index);
      if (places.some((place) => used.has(place))) continue;
      for (const place of places) used.add(place);
      out.push({ column, at, length: run.length });
    }
  }
  return out.toSorted((a, b) => a.at - b.at);
}

const take = (words: readonly QuestionWord[], from: number, to: number): void => {
  for (const word of words.slice(from, to)) word.isTaken = true;
};

const comparisons: readonly (readonly [RegExp, TableFilter['is']])[] = [
  [/^(?:is |are |was |were |of |that (?:is|are) )*(?:over|above|more than|greater than|larger than|higher than|exceeding|exceeds|after|later than|>)\s+/i, '>'],
  [/^(?:is |are |was |were |of )*(?:at least|no less than|from|since|>=)\s+/i, '>='],
  [/^(?:is |are |was |were |of )*(?:under|below|less than|smaller than|lower than|before|earlier than|<)\s+/i, '<'],
  [/^(?:is |are |was |were |of )*(?:at most|no more than|up to|until|<=)\s+/i, '<='],
  [/^(?:is not|are not|was not|other than|not|!=)\s+/i, '!='],
  [/^(?:contains|containing|mentions|mentioning|with the words?)\s+/i, 'contains'],
  [/^(?:=|is|are|was|were|equals|of|in|on|:)\s*/i, '='],
  [/^/, '='],
];
const empties: readonly (readonly [RegExp, TableFilter['is']])[] = [[/^(?:is|are) (?:empty|blank|missing)\b/i, 'empty'], [/^(?:is|are) (?:not (?:empty|blank)|filled)\b/i, 'not-empty']];

const quotedValue = /^["“']([^"”']+)["”']/;
const numberValue = /^[€$£]?\s?-?\d[\d,]*(?:\.\d+)?(?:\s?(?:EUR|USD|GBP|€|\$|£|%))?/;

interface Value {
  readonly value: string;
  readonly length: number;
}

/** A value at the beginning of a text, as the column's type has it. Texts are quoted or stand whole in a cell. */
function readValue(text: string, column: SheetColumn, values: ReadonlyMap<string, ReadonlySet<number>>): Value | null {
  const quote = quotedValue.exec(text);
  if (quote !== null && column.type === 'text') return { value: quote[1] ?? '', length: quote[0].length };
  if (column.type === 'date') {
    const date = readDatePhrase(text);
    return date === null ? null : { value: date.date, length: date.length };
  }
  if (column.type === 'number') {
    const number = numberValue.exec(text)?.[0];
    return number === undefined || readNumber(number, { decimal: '.', isUnclear: false }) === null || readDatePhrase(text)?.length === text.length ? null : { value: number, length: number.length };
  }
  return longestValue(text, values, (owners) => owners.has(column.at));
}

/** The longest beginning of a text that stands whole in a cell. */
function longestValue(text: string, values: ReadonlyMap<string, ReadonlySet<number>>, isWanted: (owners: ReadonlySet<number>) => boolean): Value | null {
  const ends = wordsOf(text).slice(0, 14).map(({ end }) => end);
  for (const end of ends.toReversed()) {
    const owners = values.get(folded(text.slice(0, end)));
    if (owners !== undefined && isWanted(owners)) return { value: text.slice(0, end), length: end };
  }
  return null;
}

/** Every text that stands in a cell of a text column, and in which. */
function valuesOf(table: SheetTable): Map<string, Set<number>> {
  const texts = new Set(table.columns.filter(({ type }) => type === 'text').map(({ at }) => at));
  const out = new Map<string, Set<number>>();
  for (const row of table.rows) {
    for (const { column, value } of row.cells) if (texts.has(column)) out.set(folded(value), (out.get(folded(value)) ?? new Set()).add(column));
  }
  return out;
}

/** Conditions: a named column, a comparison, a value; or a value alone that one column has. */
function readFilters(state: State, values: ReadonlyMap<string, ReadonlySet<number>>): void {
  const { text, words, table } = state;
  for (const { column, at, length } of namedColumns(state)) {
    const last = words[at + length - 1];
    if (last === undefined || words[at]?.isTaken === true) continue;
    const rest = text.slice(last.end).replace(/^[\s,]+/, '');
    const from = text.length - rest.length;
    const read = readComparison(rest, column, values);
    if (read === null) continue;
    state.filters.push({ column: column.name, is: read.is, value: read.value });
    doubtValue(state, column, read, rest, values);
    state.isNamed = true;
    for (const word of words) if ((word.start >= (words[at]?.start ?? 0) && word.end <= last.end) || (word.start >= from && word.end <= from + read.length)) word.isTaken = true;
  }
  for (const [index, word] of words.entries()) {
    if (word.isTaken) continue;
    const rest = text.slice(word.start);
    const found = longestValue(rest, values, () => true);
    const owners = found === null ? undefined : values.get(folded(found.value));
    if (found === null || owners === undefined || isPlainWord(words, index, found, text)) continue;
    const [owner] = owners;
    if (owners.size > 1) state.doubts.push('A value stands in more than one column.');
    state.filters.push({ column: table.columns.find(({ at }) => at === owner)?.name ?? '', is: '=', value: found.value });
    for (const each of words) if (each.start >= word.start && each.end <= word.start + found.length) each.isTaken = true;
  }
  readPartOfValue(state, values);
  readLooseDates(state);
  readLooseNumbers(state);
  doubtPairs(state);
}

/** A value that can be read in two ways: 1.000 where cells say 1.000,00, and “not open” where a cell says just that. */
function doubtValue({ doubts }: State, column: SheetColumn, { is, value }: Pick<TableFilter, 'is' | 'value'>, rest: string, values: ReadonlyMap<string, ReadonlySet<number>>): void {
  const [point, own] = [readNumber(value, { decimal: '.', isUnclear: false }), column.style === null ? null : readNumber(value, column.style)];
  if (column.type === 'number' && column.style?.decimal === ',' && /[.,]/.test(value) && (own === null || point === null || compare(point.value, own.value) !== 0)) doubts.push(`“${value}” is read with a point as the decimal sign; the cells of its column have a comma.`);
  if (is === '!=' && /^(?:is |are |was |were )*not\b/i.test(rest) && longestValue(rest.replace(/^(?:is|are|was|were)\s+/i, ''), values, (owners) => owners.has(column.at)) !== null) doubts.push(`A cell says “not ${value}”: what is not “${value}” can be read in two ways.`);
}

/** Two values of one column, which no row has both of: "from Harrow and Quern" means either. */
function doubtPairs({ filters, doubts }: State): void {
  const equal = filters.filter(({ is }) => is === '=' || is === 'contains').map(({ column }) => column);
  if (new Set(equal).size < equal.length) doubts.push('Two values of one column are asked for: only rows with both are taken.');
}

/** A name of which one column holds more: Harrow, where the cells say Harrow Sluice Engineering. */
function readPartOfValue({ words, text, table, filters, doubts }: State, values: ReadonlyMap<string, ReadonlySet<number>>): void {
  for (const [index, word] of words.entries()) {
    if (word.isTaken || !/[\p{Lu}\d]/u.test(text[word.start] ?? '') || index === 0) continue;
    let to = index + 1;
    while (words[to]?.isTaken === false && /[\p{Lu}\d]/u.test(text[words[to]?.start ?? 0] ?? '')) to += 1;
    const part = text.slice(word.start, words[to - 1]?.end ?? word.end);
    const holding = [...values].filter(([value]) => ` ${wordsOf(value).map(({ folded: each }) => each).join(' ')} `.includes(` ${wordsOf(part).map(({ folded: each }) => each).join(' ')} `));
    const owners = new Set(holding.flatMap(([, columns]) => [...columns]));
    const [owner] = owners;
    if (holding.length === 0 || owner === undefined) continue;
    if (owners.size > 1) doubts.push(`“${part}” stands in more than one column.`);
    else if (holding.length > 1) doubts.push(`“${part}” stands in ${holding.length} different texts of its column: all are taken.`);
    filters.push({ column: table.columns.find(({ at }) => at === owner)?.name ?? '', is: 'contains', value: part });
    take(words, index, to);
  }
}

/** A lone stop word or asking word is no value, also where some cell holds it. */
function isPlainWord(words: readonly QuestionWord[], at: number, found: Value, text: string): boolean {
  const word = words[at];
  return word !== undefined && found.length === word.end - word.start && (stopWords.has(word.folded) || asking.has(word.folded) || rowWords.has(word.folded)) && text[word.start] === word.folded[0];
}

function readComparison(rest: string, column: SheetColumn, values: ReadonlyMap<string, ReadonlySet<number>>): { readonly is: TableFilter['is']; readonly value: string; readonly length: number } | null {
  for (const [pattern, is] of empties) {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined) return { is, value: '', length: found.length };
  }
  for (const [pattern, is] of comparisons) {
    const lead = pattern.exec(rest)?.[0];
    if (lead === undefined) continue;
    const value = is === 'contains' ? quotedOf(rest.slice(lead.length)) : readValue(rest.slice(lead.length), column, values);
    if (value !== null) return { is, value: value.value, length: lead.length + value.length };
  }
  return null;
}

function quotedOf(text: string): Value | null {
  const quote = quotedValue.exec(text);
  return quote === null ? null : { value: quote[1] ?? '', length: quote[0].length };
}

/** "in March 2024" is of the one column of dates. */
function readLooseDates(state: State): void {
  const { text, words, table } = state;
  const dates = table.columns.filter(({ type }) => type === 'date');
  for (const [index, word] of words.entries()) {
    if (word.isTaken || !/^(?:in|on|during|since|after|before|until)$/.test(word.folded)) continue;
    const rest = text.slice(word.end).trimStart();
    const from = text.length - rest.length;
    const date = readDatePhrase(rest);
    const [column, another] = dates;
    if (date === null || column === undefined) continue;
    if (another !== undefined) state.doubts.push('The sheet has more than one column of dates.');
    const is = word.folded === 'since' ? '>=' : word.folded === 'after' ? '>' : word.folded === 'before' ? '<' : word.folded === 'until' ? '<=' : '=';
    state.filters.push({ column: column.name, is, value: date.date });
    take(words, index, index + 1);
    for (const each of words) if (each.start >= from && each.end <= from + date.length) each.isTaken = true;
  }
}

/** "over 5,000" is of the one column of numbers. */
function readLooseNumbers(state: State): void {
  const { text, words, table } = state;
  const numbers = table.columns.filter(({ type }) => type === 'number');
  const [column, another] = numbers;
  if (column === undefined || another !== undefined) return;
  for (const word of words) {
    if (word.isTaken) continue;
    const rest = text.slice(word.start);
    const found = comparisons.slice(0, 4).find(([pattern]) => pattern.test(rest));
    const read = found === undefined ? null : readComparison(rest, column, new Map());
    if (found === undefined || read === null || read.is === '=') continue;
    state.filters.push({ column: column.name, is: read.is, value: read.value });
    for (const each of words) if (each.start >= word.start && each.end <= word.start + read.length) each.isTaken = true;
  }
}

function readGroup(state: State): SheetColumn | null {
  for (const { column, at, length } of namedColumns(state)) {
    const before = state.words[at - 1]?.folded;
    const two = `${state.words[at - 2]?.folded ?? ''} ${before ?? ''}`;
    if (before !== 'by' && before !== 'per' && two !== 'for each' && two !== 'for every') continue;
    take(state.words, before === 'by' || before === 'per' ? at - 1 : at - 2, at + length);
    state.isNamed = true;
    return column;
  }
  return null;
}

function readMeasure(state: State, wanted: 'count' | 'list' | 'exists', isFigure: boolean): TablePlan['measure'] | null {
  const found = measures.find(([, names]) => state.words.some(({ folded: word, isTaken }) => !isTaken && names.has(word)));
  if (found === undefined) return isFigure ? null : { kind: wanted === 'list' ? 'rows' : 'count' };
  const [kind, names] = found;
  const figured = namedColumns(state).some(({ column }) => column.type === 'number');
  // "The total number of orders", "how many in total" ask for a number of rows, not for a sum; of anything else than a total, a number of rows is no figure here.
  if (!isFigure || state.words.some(({ folded: word, isTaken }) => !isTaken && (word === 'number' || word === 'count'))) {
    if (kind !== 'sum' || figured || isFigure) return null;
    for (const word of state.words) if (names.has(word.folded)) word.isTaken = true;
    return { kind: wanted === 'list' ? 'rows' : 'count' };
  }
  const others = measures.filter(([other]) => other !== kind && measures.some(() => state.words.some(({ folded: word, isTaken }) => !isTaken && measures.find(([each]) => each === other)?.[1].has(word) === true)));
  if (others.length > 0) return null;
  for (const word of state.words) if (names.has(word.folded)) word.isTaken = true;
  const named = namedColumns(state).filter(({ column }) => column.type === 'number' || (column.type === 'date' && (kind === 'min' || kind === 'max')));
  const numbers = state.table.columns.filter(({ type }) => type === 'number');
  const chosen = named[0]?.column ?? (numbers.length === 1 ? numbers[0] : undefined);
  if (chosen === undefined || new Set(named.map(({ column }) => column.at)).size > 1) return null;
  for (const { at, length } of named) take(state.words, at, at + length);
  if (named.length > 0) state.isNamed = true;
  else state.doubts.push(`No column is named for the figure: “${chosen.name}”, the only one with numbers, is taken.`);
  return { kind, column: chosen.name };
}

/** Reads a question for one sheet; null when a word of it is not understood. `titles` are names of the sheet and its document. */
export function parseTableQuestion(question: string, wanted: 'count' | 'list' | 'exists', isFigure: boolean, table: SheetTable, titles: readonly string[]): ParsedTableQuestion | null {
  const text = question.replace(/\s+/g, ' ').trim().replace(/[?!.\s]+$/, '');
  const words = wordsOf(text).map((word): QuestionWord => ({ ...word, stem: stem(word.folded), isTaken: false }));
  const state: State = { text, words, table, filters: [], doubts: [], isNamed: false };
  const titleStems = new Set(titles.flatMap((title) => nameWords(title.replace(/\.[A-Za-z0-9]{1,5}$/, ''))));
  const groupBy = readGroup(state);
  readFilters(state, valuesOf(table));
  const measure = readMeasure(state, wanted, isFigure);
  if (measure === null) return null;
  let isRowWord = false;
  for (const [at, word] of words.entries()) {
    if (word.isTaken) continue;
    if (telling.has(word.folded)) return null;
    const isTitle = titleStems.has(word.stem) && (/^\p{L}{3,}$/u.test(word.folded) || (/^\d+$/.test(word.folded) && titleStems.has(words[at - 1]?.stem ?? '')));
    if (isTitle) state.isNamed = true;
    if (rowWords.has(word.folded)) isRowWord = true;
    if (isTitle || rowWords.has(word.folded) || stopWords.has(word.folded) || asking.has(word.folded)) word.isTaken = true;
  }
  // Columns that a list names beside its conditions are only shown.
  if (measure.kind === 'rows') {
    const named = namedColumns(state);
    for (const { at, length } of named) take(words, at, at + length);
    if (named.length > 0) { state.isNamed = true; state.doubts.push('Rows are listed: what stands in several of them is listed as often.'); }
  }
  if (words.some(({ isTaken }) => !isTaken)) return null;
  return { plan: { filters: state.filters, groupBy: groupBy?.name ?? null, measure: groupBy !== null && measure.kind === 'rows' ? { kind: 'count' } : measure, sort: null, limit: null }, doubts: state.doubts, isNamed: state.isNamed || (isRowWord && state.filters.length > 0) };
}
