/**
 * Sentences of a canonical text, as spans of it. A line break inside a paragraph ends a sentence only where the layout says so: mails
 * and PDFs wrap their lines. Rows of tables are sentences. Spans are trimmed and never overlap; what is between them is blank,
 * a bullet, or a quote mark.
 */
import type { Span } from '../../../preload/contract/domains/basics.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A sentence longer than this is cut at a blank: nobody reads it as one. */
const maxUnits = 1200;
/** Lines at least this long may have been wrapped. */
const wrapUnits = 45;

const bullet = /^[ \t]*(?:[-*•–—‣▪◦]|\d{1,3}[.)]|\(?[a-z]\)|#{1,6})[ \t]+/;
const quoteMark = /^[ \t]*(?:>[ \t]*)+/;
const newEntry = /^[ \t]*(?:[-*•–—‣▪◦#>|]|\d{1,3}[.)][ \t]|\(?[a-z]\)[ \t]|\d{1,2}[:.]\d{2}\b|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|[A-Z][\w /'-]{1,30}:[ \t])/;
const abbreviation = /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Nos?|Arts?|Figs?|Secs?|cl|para|pp?|vs|ca|approx|est|dept|incl|excl|Inc|Ltd|Co|Corp|Bros|Gen|Col|Capt|Lt|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|cf|al|[A-Z])\.\s*$/;
const ordinal = /(?:^|\s)\d{1,3}\.\s*$/;

/** The sentences of a text in order. `isTable` takes every line for one. */
export function splitSentences(body: string, isTable = false): Span[] {
  const out: Span[] = [];
  for (const unit of units(body, isTable)) {
    const text = body.slice(unit.start, unit.end);
    if (isTable || /\t|\S[ ]*\|[ ]*\S/.test(text)) add(out, body, unit.start, unit.end);
    else for (const piece of pieces(text)) add(out, body, unit.start + piece.start, unit.start + piece.end);
  }
  return out;
}

/** Runs of lines that belong together: a wrapped paragraph, a bullet with its continuation, or a line that stands alone. */
function* units(body: string, isTable: boolean): Generator<Span> {
  let start = 0;
  let at = 0;
  while (at < body.length) {
    const found = body.indexOf('\n', at);
    const end = found < 0 ? body.length : found;
    const next = end + 1;
    if (found < 0 || isTable || isBreak(body, at, end, next)) {
      yield { start, end };
      start = next;
    }
    at = next;
  }
}

/** True when the line break at `end` ends a unit. */
function isBreak(body: string, from: number, end: number, next: number): boolean {
  const line = body.slice(from, end).trimEnd();
  const found = body.indexOf('\n', next);
  const following = body.slice(next, found < 0 ? body.length : Math.min(found, next + 200));
  if (line.trim() === '' || following.trim() === '') return true;
  if (newEntry.test(following) || /^\s*#/.test(line) || line.includes('\t') || following.includes('\t')) return true;
  if (/^\s*\p{Ll}/u.test(following)) return false;
  return line.length < wrapUnits || (/[:;]$/.test(line) && line.length < wrapUnits * 2);
}

/** Sentences of one unit, by Unicode's rules, with those joined again that an abbreviation had cut. */
function pieces(text: string): Span[] {
  const flat = text.replace(/\n/g, ' ');
  const out: { start: number; end: number }[] = [];
  for (const { segment, index } of segmenter.segment(flat)) {
    const last = out.at(-1);
    const before = last === undefined ? '' : flat.slice(last.start, last.end);
    const continues = last !== undefined && (abbreviation.test(before) || (ordinal.test(before) && before.trim().length <= 4) || /^\p{Ll}/u.test(segment));
    if (continues) last.end = index + segment.length;
    else out.push({ start: index, end: index + segment.length });
  }
  return out;
}

function add(out: Span[], body: string, from: number, to: number): void {
  let start = from;
  let end = to;
  const lead = quoteMark.exec(body.slice(start, end))?.[0].length ?? 0;
  start += lead;
  start += bullet.exec(body.slice(start, end))?.[0].length ?? 0;
  while (start < end && /\s/.test(body[start] ?? '')) start += 1;
  while (end > start && /\s/.test(body[end - 1] ?? '')) end -= 1;
  while (end - start > maxUnits) {
    const blank = body.lastIndexOf(' ', start + maxUnits);
    const cut = blank > start + maxUnits / 2 ? blank : safeCut(body, start + maxUnits);
    out.push({ start, end: cut });
    start = body[cut] === ' ' ? cut + 1 : cut;
  }
  if (/[\p{L}\p{N}]/u.test(body.slice(start, end))) out.push({ start, end });
}

/** Never between the halves of a surrogate pair. */
function safeCut(body: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(body[at] ?? '') ? at - 1 : at;
}
