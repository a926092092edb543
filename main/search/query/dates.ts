/** Dates of the query language, in UTC: a year, a month or a day, or from one to another. */
export interface DateSpan {
  /** Milliseconds since 1970; null is open. */
  readonly from: number | null;
  /** Exclusive. */
  readonly to: number | null;
  /** As it is written canonically. */
  readonly text: string;
}

interface Day {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day); // Date.UTC would take the years 0 to 99 for 1900 to 1999
  return date.getTime();
}

function one(text: string): Day | null {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  if (match[2] === undefined) return { from: utc(year, 0, 1), to: utc(year + 1, 0, 1), text: `${match[1]}` };
  const month = Number(match[2]);
  if (month < 1 || month > 12) return null;
  const name = `${match[1]}-${String(month).padStart(2, '0')}`;
  if (match[3] === undefined) return { from: utc(year, month - 1, 1), to: utc(year, month, 1), text: name };
  const day = Number(match[3]);
  const from = utc(year, month - 1, day);
  if (day < 1 || new Date(from).getUTCMonth() !== month - 1) return null;
  return { from, to: utc(year, month - 1, day + 1), text: `${name}-${String(day).padStart(2, '0')}` };
}

/** The span that a text such as 2024-03, 2024-01..2024-06 or ..2024 names, both ends included; null when it is none. */
export function dateSpan(text: string): DateSpan | null {
  const dots = text.indexOf('..');
  if (dots < 0) return one(text);
  const [left, right] = [text.slice(0, dots), text.slice(dots + 2)];
  const from = left === '' ? null : one(left);
  const to = right === '' ? null : one(right);
  if ((left !== '' && from === null) || (right !== '' && to === null) || (from === null && to === null)) return null;
  if (from !== null && to !== null && from.from >= to.to) return null;
  return { from: from?.from ?? null, to: to?.to ?? null, text: `${from?.text ?? ''}..${to?.text ?? ''}` };
}
