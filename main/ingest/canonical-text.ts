/**
 * The form every document's text has before anything points into it. In this order:
 *
 * 1. Marks that show nothing and split words (soft hyphen U+00AD, U+FEFF) go.
 * 2. Line ends become \n: \r\n, \r, \v, \f, U+0085, U+2028, U+2029.
 * 3. Other control characters and the no-break spaces (U+00A0, U+2007, U+202F) become a space: nobody can type them in a search.
 * 4. Lone surrogates and noncharacters become U+FFFD. The search index marks hits with U+FDD0 and U+FDD1, so these never stand in a text.
 * 5. Normalisation form C (UAX #15).
 * 6. Blanks before a line end go; more than two empty lines in a row become two; empty lines at the start and all blanks at the end go.
 *
 * Indentation stays: it carries meaning in lists, code and quoted mail. Offsets are UTF-16 code units.
 */
interface Rule {
  readonly pattern: RegExp;
  readonly to: string | ((match: string) => string);
}

const noncharacterRule: Rule = { pattern: /[\p{Cs}\p{Noncharacter_Code_Point}]/gu, to: '\uFFFD' };
/** Its noncharacters, told at less cost: U+FDD0 to U+FDEF and the last two of each plane. */
const noncharacter = /[\uFDD0-\uFDEF\uFFFE\uFFFF]|[\uD83F\uD87F\uD8BF\uD8FF\uD93F\uD97F\uD9BF\uD9FF\uDA3F\uDA7F\uDABF\uDAFF\uDB3F\uDB7F\uDBBF\uDBFF][\uDFFE\uDFFF]/;
const characterRules: readonly Rule[] = [
  { pattern: /[\u00AD\uFEFF]+/g, to: '' },
  { pattern: /\r\n|[\r\v\f\u0085\u2028\u2029]/g, to: '\n' },
  { pattern: /[\0-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u00A0\u2007\u202F]/g, to: ' ' },
  noncharacterRule,
  // A character below U+0080 never composes with what stands before it, so each of these runs is normalised as if alone.
  { pattern: /[\0-\x7F]?[^\0-\x7F]+/g, to: (run) => run.normalize('NFC') },
];
const tidyingRules: readonly Rule[] = [
  // The look-behind keeps a long run of blanks from being tried again at each of its blanks.
  { pattern: /(?<![ \t])[ \t]+(?=\n)/g, to: '' },
  { pattern: /\n{4,}/g, to: '\n\n\n' },
  { pattern: /(?<![ \t\n])[ \t\n]+$/g, to: '' },
  { pattern: /^\n+/g, to: '' },
];

const rules = [...characterRules, ...tidyingRules];

/** Anything that the rules on characters could touch. Text without it, most of what is written in English, is only tidied. */
const unusual = /[^\x20-\x7E\n\t\u2010-\u2015\u2018-\u201F\u2026]/;
const untidy = /[ \t]\n|\n\n\n\n|[ \t\n]$|^\n/;

/** The canonical form of a text. Applying it twice changes nothing more. */
export function canonicalText(text: string): string {
  const odd = unusual.test(text);
  if (!odd && !untidy.test(text)) return text;
  let out = text;
  if (odd) for (const rule of characterRules) if (rule !== noncharacterRule || !out.isWellFormed() || noncharacter.test(out)) out = typeof rule.to === 'string' ? out.replace(rule.pattern, rule.to) : out.replace(rule.pattern, rule.to);
  return tidied(out);
}

/** What the tidying rules make of a text, in one pass. */
function tidied(text: string): string {
  let end = text.length;
  while (end > 0 && isBlankCode(text.charCodeAt(end - 1))) end -= 1;
  let start = 0;
  // Lines that are empty or blank go; the indentation of the first one that is not stays.
  for (let at = 0; at < end && isBlankCode(text.charCodeAt(at)); at += 1) if (text.charCodeAt(at) === lineFeed) start = at + 1;
  const pieces: string[] = [];
  let copied = start;
  let breaks = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    let lineEnd = at;
    while (lineEnd > copied && isBlankCode(text.charCodeAt(lineEnd - 1))) lineEnd -= 1;
    breaks = lineEnd === copied && breaks > 0 ? breaks + 1 : 1;
    pieces.push(breaks <= mostBreaks ? `${text.slice(copied, lineEnd)}\n` : '');
    copied = at + 1;
  }
  pieces.push(text.slice(copied, end));
  return pieces.join('');
}

const lineFeed = 0x0a;
/** Line ends in a row that stand: two empty lines. */
const mostBreaks = 3;
const isBlankCode = (code: number): boolean => code === 0x20 || code === 0x09 || code === lineFeed;

/** A canonical text, and where the given offsets of the raw text came to stand in it. */
export interface CanonicalWithOffsets {
  readonly text: string;
  readonly offsets: readonly number[];
}

/**
 * The canonical form together with offsets carried along. `offsets` must not fall and lie within the text; the answers do not fall
 * either. An offset inside something that was rewritten moves to the nearest place that still exists.
 */
export function canonicalTextWithOffsets(text: string, offsets: readonly number[]): CanonicalWithOffsets {
  let current: CanonicalWithOffsets = { text, offsets };
  for (const rule of rules) current = apply(rule, current);
  return current;
}

function apply(rule: Rule, { text, offsets }: CanonicalWithOffsets): CanonicalWithOffsets {
  const pieces: string[] = [];
  const moved: number[] = [];
  let next = 0;
  let copiedTo = 0;
  let length = 0;
  for (const match of text.matchAll(rule.pattern)) {
    const from = match.index;
    const raw = match[0];
    const replaced = typeof rule.to === 'string' ? rule.to : rule.to(raw);
    if (replaced === raw) continue;
    for (; next < offsets.length && (offsets[next] ?? 0) <= from; next += 1) moved.push((offsets[next] ?? 0) - copiedTo + length);
    pieces.push(text.slice(copiedTo, from), replaced);
    length += from - copiedTo;
    const inside = insideOf(raw, replaced, rule);
    for (; next < offsets.length && (offsets[next] ?? 0) < from + raw.length; next += 1) moved.push(length + inside((offsets[next] ?? 0) - from));
    length += replaced.length;
    copiedTo = from + raw.length;
  }
  if (copiedTo === 0 && pieces.length === 0) return { text, offsets };
  for (; next < offsets.length; next += 1) moved.push((offsets[next] ?? 0) - copiedTo + length);
  pieces.push(text.slice(copiedTo));
  return { text: pieces.join(''), offsets: moved };
}

/** Where a place inside a rewritten run goes. Asked with rising places. */
function insideOf(raw: string, replaced: string, rule: Rule): (at: number) => number {
  if (typeof rule.to === 'string') return (at) => Math.min(at, replaced.length);
  // Characters that may join what stands before them are marks, or vowels and finals of Hangul syllables.
  const clusters = raw.matchAll(/[^](?:\p{M}|[\u1160-\u11FF])*/gu);
  let rawAt = 0;
  let newAt = 0;
  return (at) => {
    while (rawAt < at) {
      const cluster = clusters.next();
      if (cluster.done === true) break;
      rawAt += cluster.value[0].length;
      newAt += cluster.value[0].normalize('NFC').length;
    }
    return Math.min(newAt, replaced.length);
  };
}
