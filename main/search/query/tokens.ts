/** Cutting a query into tokens. Blanks and what cannot stand in a text (controls, lone surrogates) separate. */
import { badQuery } from './syntax-error.ts';

export type Token =
  /** A run of characters without blanks, quotes or parentheses. `value` is set when a quoted text follows directly (path:"a b"). */
  | { readonly kind: 'run'; readonly text: string; readonly at: number; readonly quoted: QuotedToken | null }
  | QuotedToken
  | { readonly kind: 'open' | 'close' | 'minus'; readonly at: number }
  | { readonly kind: 'and' | 'or' | 'not'; readonly at: number; readonly text: string }
  | { readonly kind: 'near'; readonly at: number; readonly distance: number };

export interface QuotedToken {
  readonly kind: 'quoted';
  readonly text: string;
  readonly at: number;
}

const quotes = '"\u201C\u201D\u201E\u201F\u00AB\u00BB';
const blank = /[\s\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+/uy;
const run = new RegExp(`[^\\s\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}()${quotes}]+`, 'uy');
const unwanted = /[\s\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]+/gu;

/** The widest reach of NEAR. */
export const maxDistance = 100;

/** Words with a meaning of their own; quoted they are ordinary. */
export const reserved = /^(?:AND|OR|NOT|NEAR(?:\/.*)?)$/s;

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function near(text: string, at: number): Token {
  const written = /^NEAR\/(\d{1,9})$/.exec(text)?.[1];
  if (written === undefined) badQuery(at + Math.min(text.length, 5), 'NEAR needs a number: NEAR/5');
  const distance = Number(written);
  if (distance < 1 || distance > maxDistance) badQuery(at + 5, `NEAR reaches from 1 to ${maxDistance} words`);
  return { kind: 'near', at, distance };
}

function quoted(query: string, at: number): { readonly token: QuotedToken; readonly next: number } {
  let end = at + 1;
  while (end < query.length && !quotes.includes(query[end] ?? '')) end += 1;
  if (end >= query.length) badQuery(query.length, 'The phrase has no closing quote');
  return { token: { kind: 'quoted', at, text: query.slice(at + 1, end).replace(unwanted, ' ').trim() }, next: end + 1 };
}

/** The tokens of a query, in order. Throws search.bad-query for a quote left open and for NEAR without its number. */
export function tokensOf(query: string): Token[] {
  const out: Token[] = [];
  let at = 0;
  let afterGap = true;
  while (at < query.length) {
    const gap = matchAt(blank, query, at);
    if (gap !== '') {
      at += gap.length;
      afterGap = true;
      continue;
    }
    const character = query[at] ?? '';
    if (character === '(' || character === ')') {
      out.push({ kind: character === '(' ? 'open' : 'close', at });
      at += 1;
      afterGap = character === '(';
      continue;
    }
    if (quotes.includes(character)) {
      const { token, next } = quoted(query, at);
      out.push(token);
      at = next;
      afterGap = false;
      continue;
    }
    if (character === '-' && afterGap && /^-[^\s-]/.test(query.slice(at, at + 2))) {
      out.push({ kind: 'minus', at });
      at += 1;
      afterGap = false;
      continue;
    }
    const text = matchAt(run, query, at);
    if (text === '') { // half of a surrogate pair left over by a match; cannot happen in well-formed text
      at += 1;
      continue;
    }
    at = word(query, text, at, out);
    afterGap = false;
  }
  return out;
}

/** Adds the token of a run; answers where the next begins. */
function word(query: string, text: string, at: number, out: Token[]): number {
  const end = at + text.length;
  if (text === 'AND' || text === 'OR' || text === 'NOT') out.push({ kind: text === 'AND' ? 'and' : text === 'OR' ? 'or' : 'not', at, text });
  else if (reserved.test(text)) out.push(near(text, at));
  else if (/^[^A-Za-z]*[A-Za-z]+:$/.test(text) && quotes.includes(query[end] ?? ' ')) {
    const { token, next } = quoted(query, end);
    out.push({ kind: 'run', text, at, quoted: token });
    return next;
  } else out.push({ kind: 'run', text, at, quoted: null });
  return end;
}
