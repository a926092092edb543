/** Quantities in running text: figures, number words, magnitudes, percent, money and units, brought to one value. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';

/** A quantity as it stands in a text; `unit` is null when none is named. A range is two of them. */
export interface Quantity extends Span {
  readonly written: string;
  readonly value: number;
  readonly unit: string | null;
}

const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const valueByWord = new Map<string, number>([...ones.map((word, value): [string, number] => [word, value]), ...tens.map((word, index): [string, number] => [word, 20 + index * 10]), ['dozen', 12], ['half', 0.5]]);
const magnitudeByWord = new Map<string, number>([
  ['hundred', 1e2], ['hundreds', 1e2], ['thousand', 1e3], ['thousands', 1e3], ['million', 1e6], ['millions', 1e6], ['billion', 1e9], ['billions', 1e9], ['trillion', 1e12],
  ['k', 1e3], ['m', 1e6], ['mn', 1e6], ['mio', 1e6], ['bn', 1e9], ['tn', 1e12],
]);

/** Names of one unit, the first is how it is compared. */
const units: readonly (readonly string[])[] = [
  ['%', 'percent', 'per cent', 'pct', 'percentage points', 'percentage point'],
  ['eur', '€', 'euro', 'euros'], ['usd', '$', 'us$', 'dollar', 'dollars'], ['gbp', '£', 'pound', 'pounds', 'pounds sterling'], ['jpy', '¥', 'yen'], ['chf', 'francs', 'franc'],
  ['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'], ['cm', 'centimetre', 'centimetres', 'centimeter', 'centimeters'], ['metre', 'metres', 'meter', 'meters'], ['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers'], ['mile', 'miles'], ['foot', 'feet', 'ft'],
  ['g', 'gram', 'grams', 'gramme', 'grammes'], ['kg', 'kilo', 'kilos', 'kilogram', 'kilograms'], ['mg', 'milligram', 'milligrams'], ['tonne', 'tonnes', 'ton', 'tons'],
  ['litre', 'litres', 'liter', 'liters', 'l'], ['ml', 'millilitre', 'millilitres', 'milliliter', 'milliliters'],
  ['second', 'seconds', 'sec', 's'], ['minute', 'minutes', 'min', 'mins'], ['hour', 'hours', 'hr', 'hrs', 'h'], ['day', 'days'], ['week', 'weeks', 'wk'], ['month', 'months'], ['year', 'years', 'yr', 'yrs'],
  ['kb', 'kilobyte', 'kilobytes'], ['mb', 'megabyte', 'megabytes'], ['gb', 'gigabyte', 'gigabytes'], ['tb', 'terabyte', 'terabytes'],
  ['kw', 'kilowatt', 'kilowatts'], ['mw', 'megawatt', 'megawatts'], ['kwh'], ['mwh'], ['bar'], ['°c', 'degrees celsius', 'degrees c'], ['°f', 'degrees fahrenheit', 'degrees f'], ['fold', '-fold', 'times'],
];
const currencies: ReadonlySet<string | null> = new Set(['eur', 'usd', 'gbp', 'jpy', 'chf']);

/** True for the unit of a sum of money. */
export const isMoney = (unit: string | null): boolean => currencies.has(unit);

const unitByName = new Map<string, string>(units.flatMap((names) => names.map((name): [string, string] => [name, names[0] ?? name])));
const longestFirst = (names: Iterable<string>): string => [...names].toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[$.*+?^(){}|[\]\\]/g, '\\$&')).join('|');

const figure = String.raw`\d{1,3}(?:[,'’\u00A0\u202F ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d+(?:\.\d+)?`;
const smallWord = `(?:${ones.slice(1).join('|')}|${tens.join('|')})`;
const words = `(?:(?:an?\\s+)?(?:half|dozen)|${smallWord}(?:[\\s-]+(?:and\\s+)?(?:${smallWord}|hundred|thousand|million|billion))*|(?:an?\\s+)?(?:hundred|thousand|million|billion)(?![\\p{L}]))`;
const clock = /(?<![\d:.])(\d{1,2})(?:[:.h]([0-5]\d)(?::[0-5]\d)?\s?(a\.?m\.?|p\.?m\.?|hrs|hours|Z)?|\s?(a\.?m\.?|p\.?m\.?))(?![\p{L}\d%]|[.,:]\d)/giu;
const quantity = new RegExp(
  `(?<![\\p{L}\\d_]|\\p{L}[-/.]|\\d[.,])([€$£¥]|US\\$|(?:EUR|USD|GBP|JPY|CHF)(?=\\s?\\d))?\\s?(?:(?<![\\p{L}\\d])([-−–])(?=\\d))?(?:(${figure})(?!\\d)|(?<!\\p{L})(${words})(?![\\p{L}]))`
  + `(?:[\\s-]?(${longestFirst(magnitudeByWord.keys())})(?![\\p{L}\\d]))?(?:[\\s-]?(${longestFirst(unitByName.keys())})(?![\\p{L}\\d]))?`, 'giu');

/** The value of figures as written: 49,500.00, 49 500 and 49500 are the same. */
function figureValue(written: string): number {
  if (/^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/.test(written)) return Number(written.replaceAll('.', '').replace(',', '.'));
  return Number(written.replace(/[,'’\u00A0\u202F ]/g, ''));
}

/** The value of number words; null when they make none ("hundred" in a name). */
function wordsValue(written: string): number | null {
  let total = 0;
  let current = 0;
  let isNumber = false;
  for (const word of written.toLowerCase().split(/[\s-]+/)) {
    const value = valueByWord.get(word);
    const magnitude = magnitudeByWord.get(word);
    if (value !== undefined) current += value;
    else if (magnitude === 100) current = Math.max(1, current) * 100;
    else if (magnitude !== undefined) {
      total += Math.max(1, current) * magnitude;
      current = 0;
    } else continue;
    isNumber = true;
  }
  return isNumber ? total + current : null;
}

function clockTimes(text: string): Quantity[] {
  return [...text.matchAll(clock)].flatMap((match) => {
    const half = (match[3] ?? match[4] ?? '').toLowerCase().replaceAll('.', '');
    if (match[0].includes('.') && half === '') return []; // 3.45 is a figure unless something says otherwise
    const hour = Number(match[1]) % (half === 'am' || half === 'pm' ? 12 : 25) + (half === 'pm' ? 12 : 0);
    const start = match.index;
    return hour > 24 ? [] : [{ start, end: start + match[0].length, written: match[0], value: hour * 60 + Number(match[2] ?? 0), unit: 'clock' }];
  });
}

/** Quantities of a text, in order. Dates are taken out by the caller; figures inside names (IL-6, 4B) are none. */
export function quantitiesIn(text: string): Quantity[] {
  const times = clockTimes(text);
  let rest = text;
  for (const { start, end } of times) rest = `${rest.slice(0, start)}${'_'.repeat(end - start)}${rest.slice(end)}`;
  const out: Quantity[] = [...times];
  for (const match of rest.matchAll(quantity)) {
    const [whole, currency, , figures, spelled, magnitude, named] = match;
    const start = match.index + (whole.length - whole.trimStart().length);
    const end = match.index + whole.length;
    // 4B, 12th Street, 3D: letters that are no unit make it part of a name.
    if (figures !== undefined && /^\p{L}/u.test(rest.slice(end)) && !/^(?:st|nd|rd|th)\b/.test(rest.slice(end))) continue;
    const value = figures === undefined ? wordsValue(spelled ?? '') : figureValue(figures);
    if (value === null) continue;
    const isLargeUnit = magnitude?.toLowerCase() === 'm' && currency === undefined && named === undefined && /\sm$/.test(whole); // "50 m" is a length
    const unit = isLargeUnit ? 'metre' : unitByName.get((currency ?? named ?? '').toLowerCase()) ?? null;
    out.push({ start, end, written: text.slice(start, end).trim(), value: value * (isLargeUnit || magnitude === undefined ? 1 : magnitudeByWord.get(magnitude.toLowerCase()) ?? 1), unit });
  }
  return out.sort((a, b) => a.start - b.start);
}

const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** True when the quantity is there with the same value, and not with another unit. */
export function isQuantityIn(wanted: Quantity, quantities: readonly Quantity[]): boolean {
  return quantities.some((there) => same(wanted.value, there.value) && (wanted.unit === there.unit || ((wanted.unit === null || there.unit === null) && wanted.unit !== '%' && wanted.unit !== 'clock' && there.unit !== 'clock')));
}

/** True for "one" that counts nothing in particular ("one of them", "no one"). */
export function isPronoun({ written, unit }: Quantity): boolean {
  return unit === null && /^(?:one|an?\s+half|half)$/i.test(written);
}
