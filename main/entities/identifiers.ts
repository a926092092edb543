import { ibanLength, isCardNumber, isIban, isSsn, readIpAddress } from './checksums.ts';
import { findDates } from './dates.ts';
import { findDigitGroups } from './digit-groups.ts';
import { findNetNames } from './net-names.ts';
import { readPhone } from './phones.ts';
import { spanOf, withoutOverlaps, type Span } from './span.ts';

/** What rules find in a text: spans that need no context, and digits that are a telephone number if the words around them agree. */
export interface Identifiers {
  readonly certain: readonly Span[];
  readonly perhapsPhones: readonly Span[];
}

const touches = /[\p{L}\p{N}_]/u;

/** True when a letter or digit touches the range from outside. */
function isEmbedded(text: string, start: number, end: number): boolean {
  return (start > 0 && touches.test(text.charAt(start - 1))) || (end < text.length && touches.test(text.charAt(end)));
}

const cardGroupings = /^(?:\d{12,19}|\d{4} \d{4} \d{4} \d{4}(?: \d{1,3})?|\d{4} \d{6} \d{4,5}|\d{4} \d{4} \d{4} \d{1,3}|\d{4} \d{5} \d{6})$/u;

function findCards(text: string, rows: ReturnType<typeof findDigitGroups>): Span[] {
  const spans: Span[] = [];
  for (const { groups } of rows) {
    for (let first = 0; first < groups.length; first += 1) {
      for (let count = Math.min(5, groups.length - first); count > 0; count -= 1) {
        const start = groups[first]?.start ?? 0;
        const end = groups[first + count - 1]?.end ?? 0;
        const written = text.slice(start, Math.min(end, start + 32));
        const digits = written.replace(/[ \u00a0-]/gu, '');
        if (end - start > 32 || !cardGroupings.test(written.replace(/[\u00a0-]/gu, ' ')) || isEmbedded(text, start, end) || !isCardNumber(digits)) continue;
        spans.push(spanOf(text, 'CREDIT_CARD', start, end, digits));
        first += count - 1;
        break;
      }
    }
  }
  return spans;
}

function findIbans(text: string): Span[] {
  const spans: Span[] = [];
  const starts = /(?<![\p{L}\p{N}_])[A-Za-z]{2}\d{2}/gu;
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    const length = ibanLength(match[0].slice(0, 2).toUpperCase());
    if (length === null) continue;
    let value = '';
    let end = match.index;
    while (value.length < length) {
      const sign = /^[ \u00a0-]?([A-Za-z0-9])/u.exec(text.slice(end, end + 2));
      if (sign === null) break;
      value += (sign[1] ?? '').toUpperCase();
      end += sign[0].length;
    }
    if (isEmbedded(text, match.index, end) || !isIban(value)) continue;
    spans.push(spanOf(text, 'IBAN_CODE', match.index, end, value));
    starts.lastIndex = end;
  }
  return spans;
}

function findIpAddresses(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/[\dA-Fa-f:.]+/gu)) {
    const written = match[0].replace(/(?:(?<!:):|\.+)$/u, '');
    if (match[0].length > 64 || written.length < 3 || isEmbedded(text, match.index, match.index + written.length)) continue;
    const value = readIpAddress(written);
    if (value === null || /(?:version|release|v)[ .:]{0,2}$/iu.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
    spans.push(spanOf(text, 'IP_ADDRESS', match.index, match.index + written.length, value));
  }
  return spans;
}

function findSsns(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}_-])(\d{3})([ -]?)(\d{2})\2(\d{4})(?![\p{L}\p{N}_]|-\d)/gu)) {
    const [written, area = '', separator = '', group = '', serial = ''] = match;
    const isNamed = /\b(?:ssn|social security)\b/iu.test(text.slice(Math.max(0, match.index - 48), match.index));
    if (isSsn(area, group, serial) && (separator === '-' || isNamed)) spans.push(spanOf(text, 'US_SSN', match.index, match.index + written.length, area + group + serial));
  }
  return spans;
}

function findDriverLicences(text: string): Span[] {
  const spans: Span[] = [];
  const named = /\b(?:driver(?:['’]?s|s['’])?|driving) licen[cs]e(?: (?:number|num|no\.?|id))?(?: ?(?:is|was|[:#=]|№)){0,2} ?#?(?=([A-Z0-9](?:[ -]?[A-Z0-9]){4,19})(?![\p{L}\p{N}]))/giu;
  for (const match of text.matchAll(named)) {
    const written = match[1] ?? '';
    const start = match.index + match[0].length;
    if ((written.match(/\d/gu)?.length ?? 0) >= 4) spans.push(spanOf(text, 'US_DRIVER_LICENSE', start, start + written.length, written.replace(/[ -]/gu, '').toUpperCase()));
  }
  return spans;
}

/** Everything in the text that its own form and check digits tell. Time grows with the length of the text, whatever is in it. */
export function findIdentifiers(text: string): Identifiers {
  const rows = findDigitGroups(text);
  const hard = withoutOverlaps([...findNetNames(text), ...findIbans(text), ...findCards(text, rows), ...findSsns(text), ...findDriverLicences(text), ...findIpAddresses(text), ...findDates(text)]);
  const sure: Span[] = [];
  const perhaps: Span[] = [];
  for (const row of rows) {
    const phone = readPhone(text, row);
    if (phone !== null) (phone.isSure ? sure : perhaps).push(spanOf(text, 'PHONE_NUMBER', phone.start, phone.end, phone.value));
  }
  const certain = withoutOverlaps([...hard, ...sure]);
  const taken = new Set(certain);
  return { certain, perhapsPhones: withoutOverlaps([...certain, ...perhaps]).filter((span) => !taken.has(span)) };
}
