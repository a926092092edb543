/** A record as a line of the Common Event Format, version 0: seven header fields between bars, then keys with their values. */
import type { AuditRecord } from '../../preload/contract/domains/audit.ts';
import { actionName, happenedAtMs, severityOf, type Product } from './event.ts';
import { readName } from './record.ts';

/** What a custom string (cs1 to cs6) holds at most, in characters. */
const customChars = 4000;

/** A header field: no line can end in it, and no bar can end it. */
function header(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\|]/g, '\\$&');
}

/** A value of the extension. Every = is escaped, so that the next one begins the next value. */
function value(text: string): string {
  return text.replaceAll(/[\\=]/g, '\\$&').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

/** As many of the ids as a custom string holds; cn1 says how many there are. */
function idsThatFit(ids: readonly string[]): string {
  let text = '';
  for (const id of ids) {
    const longer = text === '' ? id : `${text} ${id}`;
    if (longer.length > customChars) break;
    text = longer;
  }
  return text;
}

/** The line that says a record, without its end. Of a long list of objects the first stand, with the number of all; the hash names the record. */
export function cefLine(record: AuditRecord, product: Product): string {
  const [user, device] = [readName(record.who), readName(record.device)];
  const head = ['CEF:0', ...[product.vendor, product.name, product.version, record.action, actionName(record.action), String(severityOf(record).cef)].map(header)];
  const extension: readonly (readonly [key: string, text: string])[] = [
    ['rt', String(record.at)],
    ['start', String(happenedAtMs(record))],
    ['externalId', String(record.record)],
    ['act', record.action],
    ['outcome', record.outcome === 'done' ? 'success' : 'failure'],
    ['reason', record.outcome],
    ['suser', user.name],
    ['suid', user.uid ?? ''],
    ['dvchost', device.name],
    ['deviceExternalId', device.uid ?? ''],
    ...custom('cs1', 'marking', record.marking),
    ...custom('cs2', 'case', record.case ?? ''),
    ...custom('cs3', 'objects', idsThatFit(record.objects)),
    ...custom('cs4', 'detail', JSON.stringify(record.detail)),
    ...custom('cs5', 'hash', record.hash),
    ...custom('cs6', 'previous', record.previous),
    ...custom('cn1', 'objectCount', String(record.objects.length)),
  ];
  return [...head, extension.filter(([, text]) => text !== '').map(([key, text]) => `${key}=${value(text)}`).join(' ')].join('|');
}

function custom(key: string, label: string, text: string): [string, string][] {
  return text === '' ? [] : [[key, text], [`${key}Label`, label]];
}
