/** Dates in running text, in the many forms that people write, brought to the same day. Pure. */
/** What a date says; null is left open ("20 March", "2024"). */
export interface DateParts {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

/** A date as it stands in a text. `readings` has two entries where day and month may be meant either way (3/4/2024). */
export interface WrittenDate {
  /** Offsets in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly readings: readonly DateParts[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = '(January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)';
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = "((?:1[5-9]|20)\\d{2})";
const shortYear = "((?:1[5-9]|20)\\d{2}|['’]\\d{2})";

type Reading = (found: readonly (string | undefined)[]) => DateParts[];

const monthNumber = (name: string | undefined): number => monthNames.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;

function yearNumber(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const digits = Number(text.replace(/\D/g, ''));
  // Two digits: this century up to 2068, the last one after that, as POSIX has it.
  return digits >= 100 ? digits : digits <= 68 ? 2000 + digits : 1900 + digits;
}

const date = (y: number | null, m: number, d: number | null): DateParts[] => (m >= 1 && m <= 12 && (d === null || (d >= 1 && d <= 31)) ? [{ year: y, month: m, day: d }] : []);

/** The forms, the most telling first; what one has taken the next does not look at. */
const forms: readonly (readonly [RegExp, Reading])[] = [
  [/\b(\d{4})-(\d{2})-(\d{2})(?!\d)/g, ([, y, m, d]) => date(yearNumber(y), Number(m), Number(d))],
  [/\b((?:19|20)\d{2})\/(\d{1,2})\/(\d{1,2})(?!\d)/g, ([, y, m, d]) => date(yearNumber(y), Number(m), Number(d))],
  [/\b((?:19|20)\d{2})([01]\d)([0-3]\d)\b/g, ([, y, m, d]) => date(yearNumber(y), Number(m), Number(d))],
  [/\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\.\d)/g, ([, a, , b, y]) => both(Number(a), Number(b), yearNumber(y))],
  [new RegExp(`\\b${day}(?:\\s+of)?[\\s-]+${month}(?:,?[\\s-]+${shortYear})?(?![\\p{L}\\d])`, 'giu'), ([, d, m, y]) => date(yearNumber(y), monthNumber(m), Number(d))],
  [new RegExp(`\\b${month}\\s+${day}(?:,?\\s+${shortYear})?(?![\\p{L}\\d:.]?\\d)`, 'giu'), ([, m, d, y]) => date(yearNumber(y), monthNumber(m), Number(d))],
  [new RegExp(`\\b${month},?\\s+${year}(?!\\d)`, 'giu'), ([, m, y]) => date(yearNumber(y), monthNumber(m), null)],
  // A month alone: a capital, and what is also a word ("may", "march") only after a word that says so.
  [/\b(January|February|April|June|July|August|September|October|November|December)\b/g, ([, m]) => date(null, monthNumber(m), null)],
  [/(?<=\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Oo]f|[Ee]arly|[Ll]ate|[Mm]id) )(March|May)\b/g, ([, m]) => date(null, monthNumber(m), null)],
  [/(?<![\p{L}\d.,/$€£#-])(1[89]\d{2}|20\d{2})(?![\p{L}\d%/]|[.,]\d|\s?(?:%|per\s?cent|patients|people|km|kg|m|mg|ml|EUR|USD|GBP|euros?|pounds?|dollars?)\b)/gu, ([, y]) => [{ year: yearNumber(y), month: null, day: null }]],
];

/** Day and month both ways where both are possible. */
function both(a: number, b: number, y: number | null): DateParts[] {
  const readings = [...date(y, b, a), ...date(y, a, b)];
  return a === b ? readings.slice(0, 1) : readings;
}

/** Those that can name a month of a year; the first four are of digits, and the others name it. */
const monthForms = forms.slice(0, 7);
/** What no text is without that has a date of digits, and one with a name. */
const inDigits = /\d[./-]\d|\d{8}/;
const inNames = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const digitForms = 4;

/** The dates of a text, in order; `least` leaves out years, and months without one. */
export function datesIn(text: string, least: 'any' | 'month-of-year' = 'any'): WrittenDate[] {
  if (!/\d|January|February|March|April|May|June|July|August|September|October|November|December/.test(text)) return [];
  const inForms = least === 'any' ? forms : [...(inDigits.test(text) ? monthForms.slice(0, digitForms) : []), ...(inNames.test(text) ? monthForms.slice(digitForms) : [])];
  const out: WrittenDate[] = [];
  let rest = text;
  for (const [pattern, read] of inForms) {
    for (const match of rest.matchAll(pattern)) {
      const readings = read(match);
      if (readings.length === 0) continue;
      const start = match.index;
      const end = start + match[0].length;
      out.push({ start, end, written: text.slice(start, end), readings });
      rest = `${rest.slice(0, start)}${'_'.repeat(end - start)}${rest.slice(end)}`;
    }
  }
  return out.sort((a, b) => a.start - b.start);
}
