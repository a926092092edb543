/** Where a span stands, and how to find it again in a text that changed. Pure. */

/** Characters kept before and after a quote. */
const contextChars = 32;

/** A span as it is kept: offsets first, the quote and its surroundings to check and to search by. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** True inside a surrogate pair: a span must not begin or end there. */
function splitsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** The anchor of [start, end), or null when that is no span of the text: empty, outside, or through a character. */
export function anchorIn(text: string, start: number, end: number): Anchor | null {
  if (start >= end || end > text.length || splitsPair(text, start) || splitsPair(text, end)) return null;
  return { start, end, quote: text.slice(start, end), prefix: text.slice(Math.max(0, start - contextChars), start), suffix: text.slice(end, end + contextChars) };
}

function sharedEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
}

function sharedStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}

/**
 * Where the anchor stands in a text: `exact` at its offsets, `moved` at the place where its quote stands with the most of its
 * surroundings (the nearest of equals), `lost` when the quote stands nowhere; then the old offsets come back.
 */
export function findAnchor(text: string, anchor: Anchor): { readonly state: 'exact' | 'moved' | 'lost'; readonly start: number; readonly end: number } {
  const { quote, start, end, prefix, suffix } = anchor;
  if (text.slice(start, end) === quote) return { state: 'exact', start, end };
  let best: { readonly at: number; readonly score: number } | null = null;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const score = sharedEnd(text.slice(Math.max(0, at - contextChars), at), prefix) + sharedStart(text.slice(at + quote.length, at + quote.length + contextChars), suffix);
    if (best === null || score > best.score || (score === best.score && Math.abs(at - start) < Math.abs(best.at - start))) best = { at, score };
  }
  return best === null ? { state: 'lost', start, end } : { state: 'moved', start: best.at, end: best.at + quote.length };
}
