/** For a query without results: queries near it that have some. */
import { countMatching, type ReadDb } from '../store/reader.ts';
import { findByAddress } from './addresses.ts';
import { joined, type QueryNode } from './query/ast.ts';
import { compileQuery } from './query/compile.ts';
import { parseQuery } from './query/parser.ts';
import { printQuery } from './query/print.ts';
import { spellings } from './spelling.ts';
import { hasWord, wordsOf } from './words.ts';

export interface Suggestion {
  readonly query: string;
  /** What was changed, in words. */
  readonly why: string;
  readonly count: number;
}

interface Candidate {
  readonly node: QueryNode;
  readonly why: string;
}

const maxSuggestions = 5;
/** Queries counted at most before the answer is given with what there is. */
const maxTried = 24;

/** Nearby queries that find something, best first: spelling, a phrase as words, a filter less, any word instead of all. Throws search.bad-query. */
export function suggestQueries(db: ReadDb, query: string): Suggestion[] {
  const node = parseQuery(query);
  const out: Suggestion[] = [];
  const seen = new Set([printQuery(node)]);
  let tried = 0;
  for (const candidate of candidates(db, node)) {
    const printed = printQuery(candidate.node);
    if (seen.has(printed)) continue;
    seen.add(printed);
    tried += 1;
    const count = countMatching(db, compileQuery(candidate.node, (address) => findByAddress(db, address)).filter);
    if (count > 0) out.push({ query: printed, why: candidate.why, count });
    if (out.length === maxSuggestions || tried === maxTried) break;
  }
  return out;
}

function* candidates(db: ReadDb, node: QueryNode): Generator<Candidate> {
  const spelled = [...replacements(node, (leaf) => (leaf.kind === 'word' && !leaf.prefix ? spellings(db, leaf.text, 2).map((text) => ({ node: { ...leaf, text }, why: `“${text}” for “${leaf.text}”` })) : []))];
  yield* spelled;
  const corrected = correctAll(db, node);
  if (corrected !== null) yield corrected;
  yield* replacements(node, (leaf) => (leaf.kind === 'phrase' && leaf.field === null ? asWords(leaf.text) : []));
  yield* withoutFilters(node);
  yield* anyOf(node);
}

/** The tree with one leaf replaced, for every leaf and each of its replacements. */
function* replacements(node: QueryNode, of: (leaf: QueryNode) => readonly Candidate[]): Generator<Candidate> {
  if ('children' in node) {
    for (const [index, child] of node.children.entries()) {
      for (const candidate of replacements(child, of)) {
        const changed = joined(node.kind, node.children.with(index, candidate.node));
        if (changed !== null) yield { node: changed, why: candidate.why };
      }
    }
  } else if (node.kind !== 'not') yield* of(node);
}

/** Every misspelt word put right at once; null unless there are two or more. */
function correctAll(db: ReadDb, node: QueryNode): Candidate | null {
  let changes = 0;
  const visit = (each: QueryNode): QueryNode => {
    if ('children' in each) return { ...each, children: each.children.map(visit) };
    const [text] = each.kind === 'word' && !each.prefix ? spellings(db, each.text, 1) : [];
    if (text === undefined || each.kind !== 'word') return each;
    changes += 1;
    return { ...each, text };
  };
  const changed = visit(node);
  return changes < 2 ? null : { node: changed, why: 'With the spelling of this case' };
}

function asWords(text: string): Candidate[] {
  const words = wordsOf(text).map(({ start, end }): QueryNode => ({ kind: 'word', text: text.slice(start, end).toLowerCase(), prefix: false, field: null })); // lower case is never an operator
  const all = words.length < 2 ? null : joined('and', words);
  return all === null ? [] : [{ node: all, why: `The words of “${text}” anywhere in a document` }];
}

const dropped: Readonly<Record<string, string>> = { date: 'At any date', type: 'Of any type', coded: 'Whatever the coding' };

function* withoutFilters(node: QueryNode): Generator<Candidate> {
  if (node.kind !== 'and') return;
  for (const [index, child] of node.children.entries()) {
    const isFilter = child.kind === 'filter' || child.kind === 'address' || child.kind === 'not';
    const rest = isFilter ? joined('and', node.children.toSpliced(index, 1)) : null;
    if (rest !== null) yield { node: rest, why: (child.kind === 'filter' ? dropped[child.field] : undefined) ?? `Without ${printQuery(child)}` };
  }
}

/** Any of the words that must all be there now; the filters stay. */
function* anyOf(node: QueryNode): Generator<Candidate> {
  if (node.kind !== 'and') return;
  const words = node.children.filter((child) => child.kind === 'word' || child.kind === 'phrase' || child.kind === 'near' || child.kind === 'or');
  if (words.length < 2 || !hasWord(printQuery(node))) return;
  const any = joined('or', words);
  const changed = any === null ? null : joined('and', [any, ...node.children.filter((child) => !words.includes(child))]);
  if (changed !== null) yield { node: changed, why: 'Any of the words, not all' };
}
