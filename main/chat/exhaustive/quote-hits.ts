/** The quote that shows why a document was found: the sentence that holds most of what is looked for. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { splitSentences } from '../reader/sentences.ts';

/** A quote is no longer; a longer sentence is cut around its hit. */
const longestUnits = 320;
/** How far around a hit its sentence is looked for. */
const reachUnits = 1500;
/** Hits of which sentences are compared. */
const compared = 40;

/** The sentence around a hit, cut to a length that a list can show. */
export function sentenceAround(body: string, hit: Span, isTable: boolean): Span {
  const from = startOf(body, hit.start, isTable);
  const to = endOf(body, hit.end, isTable);
  const found = splitSentences(body.slice(from, to), isTable).find(({ start, end }) => from + start <= hit.start && hit.end <= from + end);
  const whole = found === undefined ? hit : { start: from + found.start, end: from + found.end };
  if (whole.end - whole.start <= longestUnits) return whole;
  const start = Math.max(whole.start, wordEdge(body, hit.start - Math.floor((longestUnits - (hit.end - hit.start)) / 3), 1));
  const end = Math.min(whole.end, Math.max(hit.end, wordEdge(body, start + longestUnits, -1)));
  return { start: Math.min(start, hit.start), end };
}

function startOf(body: string, at: number, isTable: boolean): number {
  const least = Math.max(0, at - reachUnits);
  const edge = body.lastIndexOf(isTable ? '\n' : '\n\n', Math.max(0, at - 1));
  return edge >= least ? edge + 1 : least === 0 ? 0 : wordEdge(body, least, 1);
}

function endOf(body: string, at: number, isTable: boolean): number {
  const edge = body.indexOf(isTable ? '\n' : '\n\n', at);
  const end = edge < 0 ? body.length : edge;
  return end - at <= reachUnits ? end : wordEdge(body, at + reachUnits, -1);
}

/** The nearest place between two words, looked for in one direction; never between the halves of a surrogate pair. */
function wordEdge(body: string, from: number, step: 1 | -1): number {
  const at = Math.min(body.length, Math.max(0, from));
  for (let steps = 0; steps < 60; steps += 1) {
    const place = at + steps * step;
    if (place <= 0 || place >= body.length) return Math.min(body.length, Math.max(0, place));
    if (/\s/.test(body[place - 1] ?? '') && step === 1) return place;
    if (/\s/.test(body[place] ?? '') && step === -1) return place;
  }
  return /[\uDC00-\uDFFF]/.test(body[at] ?? '') ? at - 1 : at;
}

/** The best quote of several hits: the sentence that holds the most different ones, the first of equals. Null without a hit. */
export function bestQuote(body: string, hits: readonly Span[], isTable: boolean): Span | null {
  let best: Span | null = null;
  let most = 0;
  for (const hit of hits.slice(0, compared)) {
    const quote = sentenceAround(body, hit, isTable);
    const held = new Set(hits.filter(({ start, end }) => start >= quote.start && end <= quote.end).map(({ start, end }) => body.slice(start, end).toLowerCase()));
    if (held.size > most) [best, most] = [quote, held.size];
  }
  return best;
}

/** What stands for a document that is found by what it is: the beginning of its text. Null where it has none. */
export function firstQuote(body: string, isTable: boolean): Span | null {
  const [first] = splitSentences(body.slice(0, reachUnits), isTable);
  if (first === undefined) return null;
  return first.end - first.start <= longestUnits ? first : { start: first.start, end: wordEdge(body, first.start + longestUnits, -1) };
}
