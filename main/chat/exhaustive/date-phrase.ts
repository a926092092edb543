/** Dates as questions say them, into the query language's. Only what names a whole year, month or day: "last spring" is nothing. */

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'] as const;
const monthWord = '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\\.?';
const year = '((?:1[89]|20)\\d{2})';

const dayFirst = new RegExp(`^(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthWord},? ${year}\\b`, 'i');
const monthFirst = new RegExp(`^${monthWord} (\\d{1,2})(?:st|nd|rd|th)?,? ${year}\\b`, 'i');
const monthOnly = new RegExp(`^${monthWord},? ${year}\\b`, 'i');
const iso = /^((?:1[89]|20)\d{2})-(\d{2})(?:-(\d{2}))?\b/;
const yearOnly = new RegExp(`^(?:the year )?${year}\\b`);

function monthNumber(word: string): string {
  const at = months.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3)));
  return String(at + 1).padStart(2, '0');
}

/** A date at the beginning of a text: as the query language writes it, and how long it is there. */
export function readDatePhrase(text: string): { readonly date: string; readonly length: number } | null {
  const day = dayFirst.exec(text);
  if (day !== null) return { date: `${day[3]}-${monthNumber(day[2] ?? '')}-${(day[1] ?? '').padStart(2, '0')}`, length: day[0].length };
  const month = monthFirst.exec(text);
  if (month !== null) return { date: `${month[3]}-${monthNumber(month[1] ?? '')}-${(month[2] ?? '').padStart(2, '0')}`, length: month[0].length };
  const whole = monthOnly.exec(text);
  if (whole !== null) return { date: `${whole[2]}-${monthNumber(whole[1] ?? '')}`, length: whole[0].length };
  const written = iso.exec(text);
  if (written !== null) return { date: written[0], length: written[0].length };
  const bare = yearOnly.exec(text);
  return bare === null ? null : { date: bare[1] ?? '', length: bare[0].length };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The period before (-1) or after (1) the one that is named, of the same kind: 2024-03 and 1 give 2024-04. */
export function neighbour(date: string, by: 1 | -1): string {
  const [y = 0, m, d] = date.split('-').map(Number);
  if (m === undefined) return String(y + by);
  if (d === undefined) {
    const at = new Date(Date.UTC(y, m - 1 + by, 1));
    return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}`;
  }
  const at = new Date(Date.UTC(y, m - 1, d + by));
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}
