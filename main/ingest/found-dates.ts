/** Days and months that a text names, for a filter. The forms are those of main/base/written-dates.ts; here they are looked for only where a year is near. */
import { datesIn, type DateParts, type WrittenDate } from '../base/written-dates.ts';

/** Days since 1970, both ends inclusive: a month without a day is all of its days. */
export interface FoundDate {
  readonly first: number;
  readonly last: number;
  /** False where day and month may be meant the other way round (3/4/2024) and nothing in the text says which. */
  readonly isSure: boolean;
}

/** The most that are kept of one text: its earliest, its latest, and the first ones between. */
const mostDates = 200;
/** Looked at of a text, in UTF-16 code units. */
const mostChars = 4_000_000;
/** Looked at on each side of what may be a year. */
const nearChars = 32;
/** What every date with a year has: its four digits, or two behind a day and a month. */
const yearLike = /(?<!\d)(?:1[89]|20)\d\d|\d[./-]\d{1,2}[./-]\d\d(?!\d)/g;
const numeric = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}$/;
const dayMs = 86_400_000;

/** The dates of a text with a year and a month, each once, by time. */
export function foundDates(text: string): FoundDate[] {
  const written = windowsOf(text.length > mostChars ? text.slice(0, mostChars) : text).flatMap((window) => datesIn(window, 'month-of-year'));
  const order = dayOrderOf(written);
  const found = new Map<string, FoundDate>();
  const add = (parts: DateParts, isSure: boolean): void => {
    const span = spanOf(parts);
    if (span === null) return;
    const key = `${span.first} ${span.last}`;
    if (isSure || !found.has(key)) found.set(key, { ...span, isSure });
  };
  for (const { written: words, readings } of written) {
    const meant = readings.length > 1 && order !== null ? readings.filter(({ day }) => day === Number(numeric.exec(words)?.[order])) : readings;
    for (const reading of meant) add(reading, meant.length === 1);
  }
  const all = [...found.values()].sort((a, b) => a.first - b.first || a.last - b.last);
  return all.length <= mostDates ? all : [...all.slice(0, mostDates - 1), ...all.slice(-1)];
}

/** Pieces of the text around everything that may be a year, those that touch as one. */
function windowsOf(text: string): string[] {
  const windows: string[] = [];
  let [start, end] = [-1, -1];
  for (const match of text.matchAll(yearLike)) {
    const from = Math.max(0, match.index - nearChars);
    if (from > end || match.index - start > 2000) {
      if (end > start) windows.push(text.slice(start, end));
      start = Math.max(from, end < 0 ? 0 : Math.min(end, from));
    }
    end = Math.min(text.length, match.index + match[0].length + nearChars);
  }
  if (end > start) windows.push(text.slice(start, end));
  return windows;
}

/** Which number of `12/03/2021` is the day, 1 or 2, where the other dates of the text that are written so show it; null where they do not, or contradict each other. */
function dayOrderOf(dates: readonly WrittenDate[]): 1 | 2 | null {
  let [dayFirst, monthFirst] = [false, false];
  for (const { written } of dates) {
    const parts = numeric.exec(written);
    if (parts === null) continue;
    if (Number(parts[1]) > 12) dayFirst = true;
    if (Number(parts[2]) > 12) monthFirst = true;
  }
  return dayFirst === monthFirst ? null : dayFirst ? 1 : 2;
}

/** The days of a date; null for one without a year and a month, and for a day that its month does not have. */
function spanOf({ year, month, day }: DateParts): { readonly first: number; readonly last: number } | null {
  if (year === null || month === null) return null;
  const first = Date.UTC(year, month - 1, day ?? 1);
  if (new Date(first).getUTCMonth() !== month - 1) return null;
  return { first: first / dayMs, last: day === null ? Date.UTC(year, month, 0) / dayMs : first / dayMs };
}
