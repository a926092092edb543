import type { DocumentKind } from './document-kind.ts';
import { isMailText } from './mail-header-block.ts';

type TextKind = Omit<DocumentKind, 'encrypted'>;

const plain: TextKind = { reader: 'plain-text', type: 'text', mediaType: 'text/plain', label: 'text' };
const html: TextKind = { reader: 'html', type: 'web-page', mediaType: 'text/html', label: 'web page' };
const mail: TextKind = { reader: 'mail', type: 'mail', mediaType: 'message/rfc822', label: 'mail' };
const markdown: TextKind = { reader: 'markdown', type: 'markdown', mediaType: 'text/markdown', label: 'Markdown' };

/** The elements a page begins with, after comments and declarations. A closing bracket or blank must follow, so that `<title>` in prose does not count. */
const pageStart = /^(?:\s|<!--[^]*?-->|<!doctype(?!\s+html)[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|h[1-6]|p|font|center|iframe|a|br|b)[\s>/]/i;
const someMarkup = /<(?:html|body|head|div|p|table|a|br|span|h[1-6]|li|td)(?:\s[^<>]*)?\/?>/i;

/** Text that a reader of its own will take one day; as plain text it would only be noise. */
const notYet: readonly { readonly start: RegExp; readonly mediaType: string; readonly label: string }[] = [
  { start: /^%!PS/, mediaType: 'application/postscript', label: 'PostScript' },
];

/** The kind of a text by its head, the first 64 Ki bytes decoded; null when it is text in form only and is better told as a binary kind. */
export function textKindOf(head: string, name: string): TextKind | null {
  if (/^\s*\{\\rtf/.test(head)) return { reader: 'rtf', type: 'word', mediaType: 'application/rtf', label: 'rich text (RTF)' };
  if (/^\s*BEGIN:VCALENDAR/i.test(head)) return { reader: 'calendar', type: 'other', mediaType: 'text/calendar', label: 'calendar' };
  if (/^WARC\/\d/.test(head)) return { reader: 'web-archive', type: 'other', mediaType: 'application/warc', label: 'web archive (WARC)' };
  if (/^-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----/.test(head)) return { reader: 'signed-data', type: 'other', mediaType: 'application/pkcs7-mime', label: 'signed data' };
  if (/^\s*BEGIN:VCARD/i.test(head)) return { reader: 'calendar', type: 'other', mediaType: 'text/vcard', label: 'address cards' };
  for (const { start, mediaType, label } of notYet) {
    if (start.test(head)) return { reader: null, type: 'other', mediaType, label };
  }
  const extension = /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const mailKind = isMailText(head, extension === 'eml' || extension === 'msg');
  if (mailKind === 'mail' && isSavedPage(head)) return { reader: 'saved-page', type: 'web-page', mediaType: 'multipart/related', label: 'saved web page' };
  if (mailKind === 'mail') return mail;
  const apple = /^\d{1,12} *\r?\n/.exec(head);
  if (apple !== null && isMailText(head.slice(apple[0].length), extension === 'emlx') === 'mail') return { reader: 'apple-mail', type: 'mail', mediaType: 'message/x-emlx', label: 'mail' };
  if (mailKind === 'mailbox') return { reader: 'mail-folder', type: 'other', mediaType: 'application/mbox', label: 'mail folder (mbox)' };
  if (/^\s*<\?xml/.test(head)) return xmlKind(head);
  if (/^(?:\s|<!--[^]*?-->)*<svg[\s>]/.test(head)) return drawing;
  if (pageStart.test(head)) return html;
  if (['html', 'htm', 'xhtml'].includes(extension) && someMarkup.test(head)) return html;
  if (['md', 'markdown', 'mdown'].includes(extension)) return markdown;
  const delimiter = delimiterOf(head, extension);
  if (delimiter !== null) return { reader: 'csv', type: 'table', mediaType: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv', label: 'table' };
  if (/^\s*(?:\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})|\[\s*(?:[{["\]]|-?\d+(?:\.\d+)?\s*,))/.test(head)) return { ...plain, mediaType: /^\{[^\n]*\}\r?\n\{/.test(head) ? 'application/x-ndjson' : 'application/json', label: 'JSON' };
  return plain;
}

const drawing: TextKind = { reader: 'drawing', type: 'image', mediaType: 'image/svg+xml', label: 'SVG drawing' };

/** RFC 2557, and what browsers write: a sender that is the browser, or the address that the page had. */
function isSavedPage(head: string): boolean {
  const header = head.slice(0, /\r?\n\r?\n/.exec(head)?.index ?? head.length);
  return /^content-type:\s*multipart\/related/im.test(header) && /^(?:snapshot-content-location:|from:\s*"?<saved by )/im.test(header);
}

/** The element that a document begins with, after comments and declarations. */
const rootElement = /^(?:\s|<\?[^>]*\?>|<!--[^]*?-->|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>)*<([\w.:-]+)/i;

function xmlKind(head: string): TextKind {
  const root = rootElement.exec(head)?.[1] ?? '';
  if (root === 'svg' || root.endsWith(':svg')) return drawing;
  const flat = root === 'office:document' ? /office:mimetype="(application\/vnd\.oasis\.opendocument\.[a-z]+)"/.exec(head)?.[1] : undefined;
  if (flat !== undefined) return { reader: flat.endsWith('spreadsheet') ? 'spreadsheet' : 'opendocument', type: flat.endsWith('spreadsheet') ? 'table' : 'word', mediaType: flat, label: 'OpenDocument file' };
  if (/<html[\s>]/i.test(head.slice(0, 2048))) return html;
  return { ...plain, mediaType: 'application/xml', label: 'XML' };
}

/**
 * The delimiter of a table, or null when the text is none. A table has the same number of cells, two or more, in nearly every line of
 * its head; where the name does not say so, at least three cells in at least five lines.
 */
export function delimiterOf(head: string, extension: string): ',' | ';' | '\t' | '|' | null {
  const hinted = ['csv', 'tsv', 'tab'].includes(extension);
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, 100);
  if (lines.length < (hinted ? 1 : 5)) return null;
  for (const delimiter of [',', ';', '\t', '|'] as const) {
    const counts = lines.map((line) => cellCount(line, delimiter));
    const usual = counts[0] ?? 0;
    const same = counts.filter((count) => count === usual).length;
    if (usual >= (hinted ? 2 : 3) && same >= counts.length * (hinted ? 0.6 : 0.95)) return delimiter;
  }
  return null;
}

function cellCount(line: string, delimiter: string): number {
  let cells = 1;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cells += 1;
  }
  return cells;
}
