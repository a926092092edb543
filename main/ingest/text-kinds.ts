import type { DocumentKind } from './document-kind.ts';
import { isMailText } from './mail-header-block.ts';

type TextKind = Omit<DocumentKind, 'encrypted'>;

const plain: TextKind = { reader: 'plain-text', type: 'text', mediaType: 'text/plain', label: 'text' };
const html: TextKind = { reader: 'html', type: 'web-page', mediaType: 'text/html', label: 'web page' };
const mail: TextKind = { reader: 'mail', type: 'mail', mediaType: 'message/rfc822', label: 'mail' };
const markdown: TextKind = { reader: 'markdown', type: 'markdown', mediaType: 'text/markdown', label: 'Markdown' };

// In patterns that repeat comments, a comment must not be able to end in two places: else a head of many comments takes for ever.

/** The elements a page begins with, after comments and declarations. A closing bracket or blank must follow, so that `<title>` in prose does not count. */
const pageStart = /^(?:\s|<!--(?:(?!-->)[^])*-->|<!doctype(?!\s+html)[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|h[1-6]|p|font|center|iframe|a|br|b)[\s>/]/i;
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
  if (/^\s*<\?xml/.test(head) || /^\s*(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:rss|feed|FictionBook|tt|xliff)[\s>]/.test(head)) return xmlKind(head);
  if (/^(?:\s|<!--(?:(?!-->)[^])*-->)*<svg[\s>]/.test(head)) return drawing;
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

const docBook = { mediaType: 'application/docbook+xml', label: 'DocBook document', mark: /docbook/i } as const;
const dita = (name: string): { readonly mediaType: string; readonly label: string; readonly mark: RegExp } => ({ mediaType: 'application/dita+xml', label: `DITA ${name}`, mark: /DITA|ditaarch/ });

/** The element that a document begins with, after comments and declarations. */
const rootElement = /^(?:\s|<\?[^>]*\?>|<!--(?:(?!-->)[^])*-->|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>)*<([\w.:-]+)/i;

/** Vocabularies of XML that was written to be read, by their root elements without a prefix; those with common names also by what else tells them. */
const proseRoots: Readonly<Record<string, { readonly mediaType: string; readonly label: string; readonly mark?: RegExp }>> = {
  rss: { mediaType: 'application/rss+xml', label: 'feed (RSS)' }, feed: { mediaType: 'application/atom+xml', label: 'feed (Atom)', mark: /2005\/Atom/ }, RDF: { mediaType: 'application/rss+xml', label: 'feed (RSS)', mark: /purl\.org\/rss/ },
  FictionBook: { mediaType: 'application/x-fictionbook+xml', label: 'FictionBook' }, tt: { mediaType: 'application/ttml+xml', label: 'subtitles (TTML)' }, xliff: { mediaType: 'application/x-xliff+xml', label: 'translation (XLIFF)' }, tmx: { mediaType: 'application/x-tmx+xml', label: 'translation memory (TMX)' },
  TEI: { mediaType: 'application/tei+xml', label: 'TEI document' }, nitf: { mediaType: 'application/nitf+xml', label: 'news (NITF)' }, dtbook: { mediaType: 'application/x-dtbook+xml', label: 'DTBook' }, package: { mediaType: 'application/vnd.ms-word.flat', label: 'Word XML document', mark: /office\/2006\/xmlPackage/ }, wordDocument: { mediaType: 'application/vnd.ms-wordml', label: 'Word XML document' },
  topic: dita('topic'), concept: dita('concept'), task: dita('task'), reference: dita('reference'), map: dita('map'), bookmap: dita('bookmap'), dita: dita('dita'), glossentry: dita('glossentry'),
  article: docBook, book: docBook, chapter: docBook, section: docBook,
};

function proseKind(root: string, head: string): TextKind | null {
  const name = root.slice(root.indexOf(':') + 1);
  const found = Object.hasOwn(proseRoots, name) ? proseRoots[name] : undefined;
  if (found === undefined || found.mark?.test(head.slice(0, 4096)) === false) return null;
  return { reader: 'prose-markup', type: 'text', mediaType: found.mediaType, label: found.label };
}

function xmlKind(head: string): TextKind {
  const root = rootElement.exec(head)?.[1] ?? '';
  if (root === 'svg' || root.endsWith(':svg')) return drawing;
  const flat = root === 'office:document' ? /office:mimetype="(application\/vnd\.oasis\.opendocument\.[a-z]+)"/.exec(head)?.[1] : undefined;
  if (flat !== undefined) return { reader: flat.endsWith('spreadsheet') ? 'spreadsheet' : 'opendocument', type: flat.endsWith('spreadsheet') ? 'table' : 'word', mediaType: flat, label: 'OpenDocument file' };
  // The body alone, as it lies in a package: which kind it is stands behind its styles, and one reader reads them all.
  if (root === 'office:document-content') return { reader: 'opendocument', type: 'word', mediaType: 'application/vnd.oasis.opendocument.text', label: 'OpenDocument file' };
  if (/^(?:ss:)?Workbook$/.test(root) && head.includes('urn:schemas-microsoft-com:office:spreadsheet')) return { reader: 'spreadsheet', type: 'table', mediaType: 'application/vnd.ms-spreadsheetml', label: 'Excel XML workbook' };
  const prose = proseKind(root, head);
  if (prose !== null) return prose;
  if (/<html[\s>]/i.test(head.slice(0, 2048))) return html;
  return { ...plain, mediaType: 'application/xml', label: 'XML' };
}

/**
 * The delimiter of a table, or null when the text is none. A table has the same number of cells, two or more, in nearly every row of
 * its head; where the name says that it is one, two cells in most rows are enough, and where it does not, at least three cells in at least five rows.
 * A quoted cell may hold line breaks (RFC 4180 2.6).
 */
export function delimiterOf(head: string, extension: string): ',' | ';' | '\t' | '|' | null {
  const hinted = ['csv', 'tsv', 'tab'].includes(extension);
  let ragged: ',' | ';' | '\t' | '|' | null = null;
  let widest = 0;
  for (const delimiter of [',', ';', '\t', '|'] as const) {
    if (!head.includes(delimiter)) continue;
    const counts = cellCounts(head, delimiter, hinted ? mostRows : mostRagged);
    if (counts.length < (hinted ? 1 : 5)) continue;
    const usual = counts[0] ?? 0;
    const same = counts.filter((count) => count === usual).length;
    if (usual >= (hinted ? 2 : 3) && same >= counts.length * (hinted ? 0.6 : 0.95)) return delimiter;
    if (!hinted) continue;
    const parted = counts.filter((count) => count >= 2).length;
    const cells = counts.reduce((sum, count) => sum + count, 0);
    // A comma of prose has a blank behind it.
    const isProse = head.split(`${delimiter} `).length * 2 > head.split(delimiter).length;
    if (!isProse && parted >= counts.length * 0.6 && cells > widest) [ragged, widest] = [delimiter, cells];
  }
  return ragged;
}

const mostRows = 100;
/** Rows unlike the first after which a text whose name promises no table cannot be one: more than a twentieth of all that are counted. */
const mostRagged = mostRows / 20;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;

const isBlankCode = (code: number): boolean => code <= space || (code > 127 && String.fromCharCode(code).trim() === '');

/** Cells of each row that is not empty, of the first hundred and until more than `mostUnlike` rows are unlike the first; the last row is left out where the head ends within its quotes. */
function cellCounts(head: string, delimiter: string, mostUnlike: number): number[] {
  const between = delimiter.charCodeAt(0);
  const counts: number[] = [];
  let unlike = 0;
  let cells = 1;
  let isQuoted = false;
  let isStart = true;
  let isBlank = true;
  for (let at = 0; at <= head.length; at += 1) {
    const code = at < head.length ? head.charCodeAt(at) : lineFeed;
    if (code === quote && (isQuoted || isStart)) {
      isQuoted = !isQuoted;
      isBlank = false;
    } else if (!isQuoted && (code === lineFeed || code === carriageReturn)) {
      if (!isBlank) {
        counts.push(cells);
        if (cells !== counts[0]) unlike += 1;
      }
      [cells, isBlank, isStart] = [1, true, true];
      if (counts.length >= mostRows || unlike > mostUnlike) break;
      continue;
    } else if (!isQuoted && code === between) {
      cells += 1;
      isStart = true;
      isBlank = false;
      continue;
    } else if (isBlank && !isBlankCode(code)) isBlank = false;
    // A quote that is doubled, or that ends a cell, may be followed by one; within a cell that does not begin with it, it is a character.
    isStart = isQuoted ? false : code === quote || (isStart && code === space);
  }
  return counts;
}
