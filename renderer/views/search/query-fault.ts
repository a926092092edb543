/** Where a query is wrong, cut so that it fits one line. */

/** Text before the fault, the character that is wrong ('' when the query ends too early), and text after it. */
export interface QueryFault {
  readonly before: string;
  readonly fault: string;
  readonly after: string;
}

/** UTF-16 units of the query that are shown on either side of the fault. */
const contextUnits = 32;

const isLow = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? '');

/** The position that a `search.bad-query` error names, inside the query; null when its data has none. */
export function faultAt(query: string, data: Readonly<Record<string, unknown>>): number | null {
  const at = data['at'];
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0) return null;
  const inside = Math.min(at, query.length);
  return isLow(query, inside) ? inside - 1 : inside;
}

/** Splits the query at `at`, a position from faultAt. What is left out on either side is replaced by an ellipsis. */
export function splitAtFault(query: string, at: number): QueryFault {
  const fault = at < query.length ? String.fromCodePoint(query.codePointAt(at) ?? 0) : '';
  let from = Math.max(0, at - contextUnits);
  if (isLow(query, from)) from -= 1;
  const afterFrom = at + fault.length;
  let to = Math.min(query.length, afterFrom + contextUnits);
  if (isLow(query, to)) to += 1;
  return {
    before: `${from > 0 ? '…' : ''}${query.slice(from, at)}`,
    fault,
    after: `${query.slice(afterFrom, to)}${to < query.length ? '…' : ''}`,
  };
}
