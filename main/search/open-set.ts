import type { CodingFilter, ReadPart, SetOrder, SetSource } from '../../preload/contract/domains/sets.ts';
import { countFirsts, listMatching, listMatchingContents, rankContents, rankDocuments, type DocumentFilter, type ReadDb } from '../store/reader.ts';
import { findByAddress } from './addresses.ts';
import { compileQuery, type CompiledQuery } from './query/compile.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';

/** A snapshot of members in their order, and the query that shows where they hit; null for a queue. */
export interface DocumentSet {
  /** Document numbers. */
  readonly documents: Int32Array;
  readonly query: string | null;
}

/** A set just opened. */
export interface OpenedSet extends DocumentSet {
  /** Documents of the case that could have been members. */
  readonly searched: number;
  readonly read: readonly ReadPart[];
}

/** The query ready to run on a case. Throws search.bad-query. */
export function compileFor(db: ReadDb, query: string): CompiledQuery {
  return compileQuery(parseQuery(query), (address) => findByAddress(db, address));
}

/** What a coding filter and a choice of types let through, as conditions. */
export function narrowing(coding: CodingFilter, types: SetSource['types']): DocumentFilter[] {
  return [
    ...(coding === 'any' ? [] : [{ kind: 'coded' as const, verdict: coding === 'uncoded' ? 'none' as const : coding }]),
    ...(types.length === 0 ? [] : [{ kind: 'types' as const, types }]),
  ];
}

/** Computes the members of a set, once, in order. Throws search.bad-query. */
export function openSet(db: ReadDb, source: SetSource): OpenedSet {
  const narrow = narrowing(source.coding, source.types);
  const searched = countFirsts(db);
  if (source.kind === 'queue') return { documents: listMatching(db, { kind: 'and', children: narrow }, source.order), query: null, searched, read: [] };
  const { parts } = readParts(parseQuery(source.query));
  return { documents: search(db, compileFor(db, source.query), narrow, source.order), query: source.query, searched, read: parts };
}

function search(db: ReadDb, { filter, ranked }: CompiledQuery, narrow: readonly DocumentFilter[], order: SetOrder): Int32Array {
  if (order !== 'best') return listMatching(db, { kind: 'and', children: [filter, ...narrow] }, order);
  return rank(db, filter, ranked, narrow).documents;
}

/** Members by falling score with their scores; ties and what has no score by number. */
function rank(db: ReadDb, filter: DocumentFilter, ranked: readonly string[], narrow: readonly DocumentFilter[]): { readonly documents: Int32Array; readonly scores: Float64Array } {
  const children = filter.kind === 'and' ? filter.children : [filter];
  const text = children.find((child) => child.kind === 'text');
  // One wordy part that every member must match: the index gives members and scores together.
  if (text !== undefined && ranked.length === 1) {
    const { numbers, scores } = rankDocuments(db, text.match, { kind: 'and', children: [...children.filter((child) => child !== text), ...narrow] });
    return byScore(numbers, scores);
  }
  const { documents, contents } = listMatchingContents(db, { kind: 'and', children: [filter, ...narrow] });
  const scoreByContent = new Map<number, number>();
  for (const match of ranked) {
    const { numbers, scores } = rankContents(db, match);
    for (const [index, content] of numbers.entries()) scoreByContent.set(content, (scoreByContent.get(content) ?? 0) + (scores[index] ?? 0));
  }
  return byScore(documents, contents.map((content) => scoreByContent.get(content) ?? 0));
}

/** Members of a query with the score of each: what `search` prints. Throws search.bad-query. */
export function rankedSearch(db: ReadDb, query: string): { readonly documents: Int32Array; readonly scores: Float64Array } {
  const { filter, ranked } = compileFor(db, query);
  return rank(db, filter, ranked, []);
}

function byScore(numbers: readonly number[], scores: readonly number[]): { readonly documents: Int32Array; readonly scores: Float64Array } {
  const order = Int32Array.from(numbers.keys());
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || (numbers[a] ?? 0) - (numbers[b] ?? 0));
  return { documents: Int32Array.from(order, (index) => numbers[index] ?? 0), scores: Float64Array.from(order, (index) => scores[index] ?? 0) };
}
