/** Words for what is known about a document. Pure. */
import type { DocumentDetail, Mailbox } from '../../../preload/contract/domains/documents.ts';
import { day, documentDate, size } from '../format.ts';

/** The ending of a file's name with its dot, in lower case; null when it has none. */
export function endingOf(path: string): string | null {
  return /\.[a-z0-9]{1,8}$/i.exec(path)?.[0].toLowerCase() ?? null;
}

/** "Original .eml, 48.2 KB", as far as it is known. */
export function originalLine(detail: DocumentDetail): string {
  const what = endingOf(detail.path) ?? detail.mediaType;
  return detail.sizeBytes === null ? `Original ${what}` : `Original ${what}, ${size(detail.sizeBytes)}`;
}

/** An address as it is read: its name, or the address itself where there is no name. */
export function mailboxParts(mailbox: Mailbox): { readonly name: string; readonly rest: string } {
  return mailbox.name === '' ? { name: mailbox.address, rest: '' } : { name: mailbox.name, rest: mailbox.address === '' ? '' : `<${mailbox.address}>` };
}

const offsetPattern = /(\d{2}):(\d{2})(?::\d{2})?\s*([+-])(\d{2}):?(\d{2})/;

/** When a mail was sent, with the time of day in its own offset where that is not UTC. `original` is null where it adds nothing. */
export function sentTimes(sentAt: number, asWritten: string | null): { readonly utc: string; readonly original: string | null } {
  const utc = documentDate(sentAt);
  const match = offsetPattern.exec(asWritten ?? '');
  if (match === null) return { utc, original: null };
  const [, hour, minute, sign, offsetHours, offsetMinutes] = match;
  if (offsetHours === '00' && offsetMinutes === '00') return { utc, original: null };
  return { utc, original: `${hour}:${minute} ${sign}${offsetHours}:${offsetMinutes} in the original` };
}

/** The days that a text names, in words; null where it names none. */
export function textDatesLine(dates: DocumentDetail['textDates']): string | null {
  if (dates === null) return null;
  const span = dates.first === dates.last ? day(dates.first) : `${day(dates.first)} to ${day(dates.last)}`;
  const unsure = dates.unsure === 0 ? '' : `; of ${dates.unsure} it is not told which number is the day`;
  return dates.count === 1 ? `${span}${unsure}` : `${span}, ${dates.count} in all${unsure}`;
}

/** How far OCR is with a document, in words; null where it has nothing to do. */
export function ocrLine(ocr: DocumentDetail['ocr']): string | null {
  if (ocr === null) return null;
  const { waiting, off, read, nothing, failed, confidence } = ocr;
  const all = waiting + off + read + nothing + failed;
  const pages = (count: number): string => `${count} ${count === 1 ? 'page' : 'pages'}`;
  const parts = [
    read > 0 ? `${read === all ? pages(read) : `${read} of ${pages(all)}`} read by OCR${confidence === null ? '' : `, confidence ${confidence} %`}` : null,
    waiting > 0 ? `${pages(waiting)} waiting` : null,
    nothing > 0 ? `${pages(nothing)} without words` : null,
    failed > 0 ? `${pages(failed)} that could not be read` : null,
    off > 0 ? `${pages(off)} not read: OCR was off` : null,
  ];
  return parts.filter((part) => part !== null).join('; ');
}
