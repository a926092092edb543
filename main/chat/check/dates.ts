/** Dates of a claim against those of a quote. */
import type { WrittenDate } from '../../base/written-dates.ts';

const bears = (wanted: number | null, there: number | null): boolean => wanted === null || wanted === there;

/** True when one of the dates says all that the wanted one says. A vaguer date does not: a day is not borne by its month. */
export function isDateIn(wanted: WrittenDate, dates: readonly WrittenDate[]): boolean {
  return dates.some((there) => there.readings.some((has) => wanted.readings.some((want) => bears(want.year, has.year) && bears(want.month, has.month) && bears(want.day, has.day))));
}

/** The text with its dates blanked, of the same length. */
export function withoutDates(text: string, dates: readonly WrittenDate[]): string {
  return dates.reduce((rest, { start, end }) => `${rest.slice(0, start)}${' '.repeat(end - start)}${rest.slice(end)}`, text);
}
