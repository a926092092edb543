import { spanOf, type Span } from './span.ts';

const localPart = /[\p{L}\p{N}._%+'’-]/u;
const hostPart = /[\p{L}\p{N}.-]/u;
const longestLocalPart = 64; // RFC 5321, section 4.5.3.1.1
const longestHost = 255;
const longestUrl = 2048;
// Endings under which a name without a scheme is taken as a host. Others are too often the ends of file names and abbreviations.
const endings = 'com|net|org|edu|gov|mil|int|info|biz|io|eu|onion|co\\.uk|org\\.uk|ac\\.uk|gov\\.uk|com\\.au|com\\.br|co\\.jp|co\\.nz|co\\.za|com\\.mx|com\\.tr|de|fr|nl|ch|ru|pl|se|dk|hu|ca|cz|jp|cn';
const bareHost = new RegExp(`(?<![\\p{L}\\p{N}_.@/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,4}(?:${endings})(?![\\p{L}\\p{N}_@-])(?:/[^\\s<>"')\\]]{0,200})?`, 'giu');

function findEmails(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < longestLocalPart && localPart.test(text.charAt(start - 1))) start -= 1;
    while (start < at && /[.'’-]/u.test(text.charAt(start))) start += 1;
    let end = at + 1;
    while (end < text.length && end - at <= longestHost && hostPart.test(text.charAt(end))) end += 1;
    while (end > at && /[.-]/u.test(text.charAt(end - 1))) end -= 1;
    if (start === at || text.charAt(at - 1) === '.' || !/^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+){0,20}\.\p{L}{2,24}$/u.test(text.slice(at + 1, end))) continue;
    spans.push(spanOf(text, 'EMAIL_ADDRESS', start, end, text.slice(start, end).toLowerCase()));
  }
  return spans;
}

function hostInLowerCase(url: string): string {
  return url.replace(/^(?:[a-z]+:\/\/)?[^/?#]*/iu, (host) => host.toLowerCase());
}

function findUrls(text: string): Span[] {
  const spans: Span[] = [];
  const starts = /(?<![\p{L}\p{N}])(?:https?:\/\/|ftp:\/\/|www\.(?=[\p{L}\p{N}]))/giu;
  for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
    let end = starts.lastIndex;
    while (end < text.length && end - match.index < longestUrl && /[^\s<>"“”«»{}|\\^`]/u.test(text.charAt(end))) end += 1;
    while (end > starts.lastIndex && /[.,;:!?)'’\]]/u.test(text.charAt(end - 1))) end -= 1;
    if (end > starts.lastIndex) spans.push(spanOf(text, 'DOMAIN_NAME', match.index, end, hostInLowerCase(text.slice(match.index, end)).replace(/\/$/u, '')));
    starts.lastIndex = Math.max(end, starts.lastIndex);
  }
  return spans;
}

/** E-mail addresses, URLs and the names of hosts, in the order of trust: an address is never taken for a host. */
export function findNetNames(text: string): Span[] {
  const hosts = [...text.matchAll(bareHost)].map((match) => {
    const written = match[0].replace(/[.,;:!?]+$/u, '');
    return spanOf(text, 'DOMAIN_NAME', match.index, match.index + written.length, hostInLowerCase(written));
  });
  return [...findEmails(text), ...findUrls(text), ...hosts];
}
