/**
 * From the tree to what the store runs. Parts of the tree that only look for words become one FTS5 expression each, as large as
 * possible; the rest becomes conditions over documents, joined by SQL. So filters and words mix anywhere in the tree.
 */
import type { DocumentFilter } from '../../store/reader.ts';
import type { AddressNode, QueryNode } from './ast.ts';
import { joinMatches, leafMatch } from './to-match.ts';

export interface CompiledQuery {
  readonly filter: DocumentFilter;
  /** Expressions that rank: the wordy parts that no NOT takes away. */
  readonly ranked: readonly string[];
}

/** Compiles a query. `findAddress` looks up the messages that a from: or to: names. */
export function compileQuery(node: QueryNode, findAddress: (address: AddressNode) => readonly number[]): CompiledQuery {
  const ranked: string[] = [];
  const filter = compile(node, findAddress);
  collect(filter, ranked);
  return { filter, ranked };
}

function collect(filter: DocumentFilter, into: string[]): void {
  if (filter.kind === 'text') into.push(filter.match);
  else if (filter.kind === 'and' || filter.kind === 'or') for (const child of filter.children) collect(child, into);
}

function compile(node: QueryNode, findAddress: (address: AddressNode) => readonly number[]): DocumentFilter {
  switch (node.kind) {
    case 'word':
    case 'phrase':
    case 'near': return { kind: 'text', match: leafMatch(node) };
    case 'address': return { kind: 'contents', contents: findAddress(node) };
    case 'filter': return node.filter;
    case 'not': return { kind: 'not', child: compile(node.child, findAddress) };
    case 'or': return joinOr(node.children.map((child) => compile(child, findAddress)));
    case 'and': return joinAnd(node.children.map((child) => compile(child, findAddress)));
  }
}

function matches(filters: readonly DocumentFilter[]): string[] {
  return filters.flatMap((filter) => (filter.kind === 'text' ? [filter.match] : []));
}

function together(kind: 'and' | 'or', text: string | null, others: readonly DocumentFilter[]): DocumentFilter {
  const children = [...(text === null ? [] : [{ kind: 'text' as const, match: text }]), ...others];
  const [first] = children;
  return children.length === 1 && first !== undefined ? first : { kind, children };
}

function joinOr(children: readonly DocumentFilter[]): DocumentFilter {
  const texts = matches(children);
  return together('or', texts.length === 0 ? null : joinMatches('OR', texts), children.filter((child) => child.kind !== 'text'));
}

/** FTS5 can take away only from something found: without a wordy part that is looked for, what is not wanted stays a condition. */
function joinAnd(children: readonly DocumentFilter[]): DocumentFilter {
  const wanted = matches(children);
  if (wanted.length === 0) return together('and', null, children);
  const unwanted = matches(children.flatMap((child) => (child.kind === 'not' ? [child.child] : [])));
  const others = children.filter((child) => child.kind !== 'text' && !(child.kind === 'not' && child.child.kind === 'text'));
  const text = joinMatches('AND', wanted);
  return together('and', unwanted.length === 0 ? text : `(${text} NOT ${joinMatches('OR', unwanted)})`, others);
}
