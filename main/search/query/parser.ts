/**
 * The query language, from text to tree:
 *
 *   any    = all { OR all }
 *   all    = one { [AND] one }
 *   one    = (NOT | -) one | near
 *   near   = term [ NEAR/n term ]
 *   term   = ( any ) | word | word* | "phrase" | field:value
 *
 * What the index keeps no character of (a lone dash, an emoji) is passed over. Operators are upper case; quoted they are words.
 */
import { hasWord } from '../words.ts';
import { isNearTerm, joined, negated, type NearTerm, type QueryNode, type TextField } from './ast.ts';
import { badField, filterOf, splitField, unknownField } from './fields.ts';
import { badQuery } from './syntax-error.ts';
import { reserved, tokensOf, type Token } from './tokens.ts';

/** Deeper nesting is refused: nobody means it, and it could exhaust SQLite's parser. */
const maxDepth = 20;
/** More words and filters are refused. */
const maxTerms = 300;
/** NEAR between groups becomes one pair for each combination. */
const maxNearPairs = 100;

interface State {
  readonly query: string;
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  terms: number;
}

/** Parses a query. Throws search.bad-query, and nothing else, whatever the text. */
export function parseQuery(query: string): QueryNode {
  const state: State = { query, tokens: tokensOf(query), next: 0, depth: 0, terms: 0 };
  const node = parseAny(state);
  const rest = state.tokens[state.next];
  if (rest !== undefined) return badQuery(rest.at, 'This parenthesis was never opened');
  return node ?? badQuery(0, 'Write a word to look for');
}

function peek(state: State): Token | undefined {
  return state.tokens[state.next];
}

/** True at the end of what a list of terms can hold. */
function isEnd(token: Token | undefined): boolean {
  return token === undefined || token.kind === 'close' || token.kind === 'or' || token.kind === 'and';
}

function parseAny(state: State): QueryNode | null {
  const nodes = [parseAll(state)];
  for (let token = peek(state); token?.kind === 'or'; token = peek(state)) {
    if (state.next === 0 || state.tokens[state.next - 1]?.kind === 'open') badQuery(token.at, 'OR needs something before it');
    state.next += 1;
    if (isEnd(peek(state))) badQuery(endOf(state), 'OR needs something after it');
    nodes.push(parseAll(state));
  }
  return joined('or', nodes.filter((node) => node !== null));
}

/** Where the next token stands, or the end of the query. */
function endOf(state: State): number {
  return peek(state)?.at ?? state.query.length;
}

function parseAll(state: State): QueryNode | null {
  const nodes: QueryNode[] = [];
  for (let token = peek(state); token !== undefined && token.kind !== 'close' && token.kind !== 'or'; token = peek(state)) {
    if (token.kind === 'and') {
      const before = state.tokens[state.next - 1];
      if (before === undefined || before.kind === 'open' || before.kind === 'or') badQuery(token.at, 'AND needs something before it');
      state.next += 1;
      if (isEnd(peek(state))) badQuery(endOf(state), 'AND needs something after it');
    }
    const node = parseOne(state);
    if (node !== null) nodes.push(node);
  }
  return joined('and', nodes);
}

function parseOne(state: State): QueryNode | null {
  const token = peek(state);
  if (token?.kind !== 'not' && token?.kind !== 'minus') return parseNear(state);
  state.next += 1;
  if (isEnd(peek(state))) badQuery(endOf(state), 'NOT needs something after it');
  const child = deeper(state, token.at, () => parseOne(state));
  return child === null ? null : negated(child);
}

function deeper<T>(state: State, at: number, parse: () => T): T {
  state.depth += 1;
  if (state.depth > maxDepth) badQuery(at, `Not more than ${maxDepth} levels of parentheses and NOT`);
  const result = parse();
  state.depth -= 1;
  return result;
}

function parseNear(state: State): QueryNode | null {
  const left = parseTerm(state);
  const token = peek(state);
  if (token?.kind !== 'near') return left;
  state.next += 1;
  const next = peek(state);
  if (isEnd(next) || next?.kind === 'near') badQuery(endOf(state), 'NEAR needs a word after it');
  const right = parseTerm(state);
  const again = peek(state);
  if (again?.kind === 'near') badQuery(again.at, 'NEAR joins two: write a NEAR/5 b AND b NEAR/5 c');
  const [leftTerms, rightTerms] = [nearTerms(left, token.at), nearTerms(right, token.at)];
  if (leftTerms.length * rightTerms.length > maxNearPairs) badQuery(token.at, 'The groups beside NEAR hold too many words');
  return { kind: 'near', left: leftTerms, right: rightTerms, distance: token.distance };
}

function nearTerms(node: QueryNode | null, at: number): readonly NearTerm[] {
  if (node !== null && isNearTerm(node)) return [node];
  if (node?.kind === 'or' && node.children.every(isNearTerm)) return node.children.filter(isNearTerm);
  return badQuery(at, 'NEAR joins words, phrases, or alternatives in parentheses: (a OR b) NEAR/5 c');
}

function parseTerm(state: State): QueryNode | null {
  const token = peek(state);
  if (token === undefined || token.kind === 'close') return badQuery(endOf(state), 'Something is missing here');
  state.next += 1;
  switch (token.kind) {
    case 'open': return parseGroup(state, token.at);
    case 'quoted': return counted(state, token.at, phrase(token.text, null));
    case 'run': return counted(state, token.at, parseRun(token));
    case 'near': return badQuery(token.at, 'NEAR needs a word before it');
    case 'not':
    case 'minus': return badQuery(token.at, 'NOT cannot stand beside NEAR');
    default: return badQuery(token.at, 'Something is missing here');
  }
}

function parseGroup(state: State, at: number): QueryNode | null {
  if (peek(state)?.kind === 'close') badQuery(at, 'These parentheses are empty');
  const node = deeper(state, at, () => parseAny(state));
  if (peek(state)?.kind !== 'close') badQuery(state.query.length, 'A parenthesis is not closed');
  state.next += 1;
  return node;
}

function counted(state: State, at: number, node: QueryNode | null): QueryNode | null {
  if (node !== null) state.terms += 1;
  if (state.terms > maxTerms) badQuery(at, `A query holds at most ${maxTerms} words and filters`);
  return node;
}

function phrase<F extends TextField | null>(text: string, field: F): { readonly kind: 'phrase'; readonly text: string; readonly field: F } | null {
  return hasWord(text) ? { kind: 'phrase', text: text.normalize('NFC'), field } : null;
}

const edge = /^[^\p{L}\p{N}\p{Co}]+|[^\p{L}\p{N}\p{Co}\p{M}]+$/gu;

/** A word or prefix out of a run; null when the index keeps nothing of it. */
function word<F extends TextField | null>(run: string, at: number, field: F): { readonly kind: 'word'; readonly text: string; readonly prefix: boolean; readonly field: F } | { readonly kind: 'phrase'; readonly text: string; readonly field: F } | null {
  const text = run.normalize('NFC').replace(edge, '');
  if (text === '') return run.endsWith('*') ? badQuery(at, '* stands at the end of a word: pump*') : null;
  if (text.includes('*')) return badQuery(at + Math.max(0, run.indexOf('*', 1)), '* stands at the end of a word: pump*');
  const prefix = run.endsWith('*');
  if ((reserved.test(text) && (!prefix || text.startsWith('NEAR/'))) || (!prefix && (splitField(text) !== null || unknownField(text) !== null))) return { kind: 'phrase', text, field };
  return { kind: 'word', text, prefix, field };
}

/** `foo:bar` is a mistake to point at, not two words; `foo:` before a blank is a word. */
function refuseUnknownField({ text, at, quoted }: Extract<Token, { kind: 'run' }>): void {
  const start = /[\p{L}\p{N}\p{Co}]/u.exec(text)?.index ?? 0;
  const run = text.slice(start).normalize('NFC');
  const field = unknownField(run);
  if (field !== null && (quoted !== null || hasWord(run.slice(field.length)))) badField(field, at + start);
}

function parseRun(token: Extract<Token, { kind: 'run' }>): QueryNode | null {
  const lead = /^[^\p{L}\p{N}\p{Co}]*/u.exec(token.text)?.[0].length ?? 0;
  const split = splitField(token.text.slice(lead));
  if (split === null) {
    refuseUnknownField(token);
    const own = word(token.text, token.at, null);
    const following = token.quoted === null ? null : phrase(token.quoted.text, null);
    return joined('and', [own, following].filter((node) => node !== null));
  }
  const { field, rest } = split;
  const at = token.at + token.text.length - rest.length;
  const value = token.quoted?.text ?? rest;
  if (value === '') return badQuery(at, `${field}: needs a value right after it`);
  switch (field) {
    case 'from':
    case 'to': {
      const term = token.quoted === null ? word(rest, at, null) : phrase(value, null);
      return term === null ? badQuery(at, `${field}: needs a word`) : { kind: 'address', role: field, term };
    }
    case 'people':
    case 'subject': {
      const term = token.quoted === null ? word(rest, at, field) : phrase(value, field);
      return term ?? badQuery(at, `${field}: needs a word`);
    }
    default: return filterOf(field, value.normalize('NFC'), at);
  }
}
