import { canonicalText } from '../canonical-text.ts';
import { childNames } from '../child-names.ts';
import { contentLines, textValue, type ContentLine } from '../content-lines.ts';
import { toExtracted } from '../extracted.ts';
import type { ChildFile, Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** Lines that only programs read. */
const silent = new Set(['BEGIN', 'END', 'VERSION', 'PRODID', 'CALSCALE', 'METHOD', 'UID', 'SEQUENCE', 'DTSTAMP', 'TRANSP', 'REV', 'TZID', 'TZOFFSETFROM', 'TZOFFSETTO', 'TZNAME', 'X-LIC-LOCATION']);
const labels: Readonly<Record<string, string>> = { DTSTART: 'Start', DTEND: 'End', SUMMARY: 'Summary', DESCRIPTION: 'Description', LOCATION: 'Location', ORGANIZER: 'Organizer', ATTENDEE: 'Attendee', FN: 'Name', N: 'Name parts', ORG: 'Organization', TITLE: 'Title', TEL: 'Phone', EMAIL: 'E-mail', ADR: 'Address', NOTE: 'Note', BDAY: 'Birthday', RRULE: 'Repeats', DUE: 'Due', URL: 'URL', STATUS: 'Status' };
const packed = new Set(['ATTACH', 'PHOTO', 'LOGO', 'SOUND', 'KEY']);

/**
 * A calendar (iCalendar, RFC 5545; vCalendar 1.0) or address cards (vCard 2.1 to 4.0): each event, task or card a paragraph with its
 * particulars, a line each, without what only programs read. Files that are packed into it become children.
 */
export async function extractCalendar(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const out: string[] = [];
  const files: { readonly name: string | null; readonly mediaType: string; readonly bytes: Uint8Array }[] = [];
  const lines = contentLines(decodeText(bytes).text);
  const zones: string[] = [];
  for (const line of lines) {
    if (line.name === 'BEGIN' && line.value.toUpperCase() === 'VTIMEZONE') zones.push(line.value);
    else if (line.name === 'END' && line.value.toUpperCase() === 'VTIMEZONE') zones.pop();
    if (line.name === 'BEGIN') out.push('');
    const isBinary = packed.has(line.name) && /^(?:b|base64)$/i.test(line.parameters.get('ENCODING') ?? (line.parameters.has('BASE64') ? 'base64' : ''));
    if (isBinary) files.push({ name: line.parameters.get('FILENAME') ?? line.parameters.get('X-FILENAME') ?? null, mediaType: line.parameters.get('FMTTYPE') ?? mediaTypeOf(line), bytes: Buffer.from(line.value, 'base64') });
    else if (!silent.has(line.name) && zones.length === 0) out.push(`${labels[line.name] ?? line.name}: ${shown(line)}`);
  }
  const names = childNames(files);
  const first = (name: string): ContentLine | undefined => lines.find((line) => line.name === name);
  const title = first('SUMMARY') ?? first('FN') ?? first('X-WR-CALNAME');
  const organizer = first('ORGANIZER');
  return toExtracted({
    type: 'other', mediaType, extractor: 'calendar 1', text: canonicalText(out.join('\n')),
    title: title === undefined ? null : canonicalText(textValue(title.value).replace(/\s+/g, ' ')).trim() || null,
    author: organizer === undefined ? null : canonicalText(organizer.parameters.get('CN') ?? organizer.value.replace(/^mailto:/i, '')).trim() || null,
    createdAt: timeOf(first('DTSTART')?.value ?? first('CREATED')?.value), modifiedAt: timeOf(first('LAST-MODIFIED')?.value ?? first('REV')?.value),
    children: files.map(({ bytes: content }, index): ChildFile => ({ name: names[index] ?? `attachment-${index + 1}`, bytes: content })),
  });
}

function mediaTypeOf(line: ContentLine): string {
  const type = (line.parameters.get('TYPE') ?? '').toLowerCase();
  return type === 'jpeg' || type === 'png' || type === 'gif' ? `image/${type}` : 'application/octet-stream';
}

/** A person with the name given beside the address; parts of names and addresses by commas. */
function shown({ name, parameters, value }: ContentLine): string {
  const text = ['N', 'ADR', 'ORG'].includes(name) ? value.split(/(?<!\\);/).map(textValue).filter((part) => part !== '').join(', ') : textValue(value).replace(/^mailto:/i, '');
  const person = parameters.get('CN');
  return person === undefined || person === text ? text : `${person} <${text}>`;
}

/** A date or a date with a time (RFC 5545 3.3.4, 3.3.5), as if in UTC where no zone is known; null for anything else. */
function timeOf(value: string | undefined): number | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2}))?/.exec(value ?? '') ?? [];
  if (year === undefined) return null;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isFinite(time) && time >= 0 ? time : null;
}
