/** Dates as cells have them. Whether 03/04 is March or April is decided by all cells of a column, or not at all. */

/** Which number comes first where both are small. */
export type DayOrder = 'day-first' | 'month-first' | 'unclear';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const time = '(?:[T ,]+\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?\\s*(?:[AaPp]\\.?[Mm]\\.?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';
const iso = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`);
const numeric = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${time}$`);
const dayName = new RegExp(`^(\\d{1,2})[-/. ]+([A-Za-z]{3,9})\\.?[-/., ]+(\\d{4}|\\d{2})${time}$`);
const nameDay = new RegExp(`^([A-Za-z]{3,9})\\.? (\\d{1,2}),? (\\d{4})${time}$`);

function dayOf(year: number, month: number, day: number): number | null {
  const full = year < 100 ? year + (year < 70 ? 2000 : 1900) : year;
  const at = Date.UTC(full, month - 1, day);
  return month >= 1 && month <= 12 && day >= 1 && new Date(at).getUTCMonth() === month - 1 ? at : null;
}

const monthOf = (name: string): number => months.indexOf(name.toLowerCase().slice(0, 3)) + 1;

/** The day of a cell, milliseconds since 1970 in UTC; null for a text that is no date, and for one whose order nobody knows. */
export function readDay(text: string, order: DayOrder): number | null {
  const given = text.trim();
  const written = iso.exec(given);
  if (written !== null) return dayOf(Number(written[1]), Number(written[2]), Number(written[3]));
  const named = dayName.exec(given);
  if (named !== null) return dayOf(Number(named[3]), monthOf(named[2] ?? ''), Number(named[1]));
  const before = nameDay.exec(given);
  if (before !== null) return dayOf(Number(before[3]), monthOf(before[1] ?? ''), Number(before[2]));
  const small = numeric.exec(given);
  if (small === null) return null;
  const [first, second, year] = [Number(small[1]), Number(small[2]), Number(small[3])];
  if (order === 'unclear') return first === second ? dayOf(year, first, second) : null;
  return order === 'day-first' ? dayOf(year, second, first) : dayOf(year, first, second);
}

/** True for a text in the form of a date, whatever its order. */
export function looksLikeDate(text: string): boolean {
  const given = text.trim();
  return iso.test(given) || numeric.test(given) || dayName.test(given) || nameDay.test(given);
}

/** The order that the cells of a column show; `unclear` when none does or they contradict each other. With points between, the day comes first. */
export function orderOf(texts: readonly string[]): DayOrder {
  let day = false;
  let month = false;
  let isPointed = true;
  for (const text of texts) {
    const small = numeric.exec(text.trim());
    if (small === null) continue;
    if (Number(small[1]) > 12) day = true;
    if (Number(small[2]) > 12) month = true;
    if (!/^\d{1,2}\.\d{1,2}\./.test(text.trim())) isPointed = false;
  }
  if (day !== month) return day ? 'day-first' : 'month-first';
  return isPointed && !day ? 'day-first' : 'unclear';
}

/** The days of a year, a month or a day in ISO form, end exclusive; null for anything else. */
export function daySpan(text: string): { readonly from: number; readonly to: number } | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.trim());
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const from = dayOf(year, month, day);
  if (from === null) return null;
  const to = found[2] === undefined ? Date.UTC(year + 1, 0, 1) : found[3] === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
  return { from, to };
}
