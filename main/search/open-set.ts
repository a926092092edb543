import type { CodingFilter, GroupFilter, ReadPart, SetOrder, SetSource } from '../../preload/contract/domains/sets.ts';
import { countFirsts, listMatching, listMatchingContents, rankContents, rankDocuments, type DocumentFilter, type ReadDb } from '../store/reader.ts';
import { findByAddress } from './addresses.ts';
import { firstDocuments } from './first-documents.ts';
import { compileQuery, type CompiledQuery } from './query/compile.ts';
import { parseQuery } from './query/parser.ts';
import { readParts } from './query/read-parts.ts';
import { radixOrder } from './radix-order.ts';

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

/** The condition that a group stands for. */
export function groupCondition(group: GroupFilter): DocumentFilter {
  return group === 'near' ? { kind: 'near', of: null } : { kind: 'inclusive', is: group === 'inclusive' };
}

/** What a coding filter and a choice of types, groups and languages let through, as conditions. */
export function narrowing(coding: CodingFilter, types: SetSource['types'], groups: SetSource['groups'], languages: readonly string[] = []): DocumentFilter[] {
  return [
    ...(coding === 'any' ? [] : [{ kind: 'coded' as const, verdict: coding === 'uncoded' ? 'none' as const : coding }]),
    ...(types.length === 0 ? [] : [{ kind: 'types' as const, types }]),
    ...(languages.length === 0 ? [] : [{ kind: 'or' as const, children: languages.map((language) => ({ kind: 'language' as const, language })) }]),
    ...(groups ?? []).map(groupCondition),
  ];
}

/** Computes the members of a set, once, in order. Throws search.bad-query. */
export function openSet(db: ReadDb, source: SetSource): OpenedSet {
  const narrow = narrowing(source.coding, source.types, source.groups, source.languages);
  const searched = countFirsts(db);
  if (source.kind === 'queue') return { documents: listMatching(db, { kind: 'and', children: narrow }, source.order), query: null, searched, read: [] };
  const { parts } = readParts(parseQuery(source.query));
  return { documents: search(db, compileFor(db, source.query), narrow, source.order), query: source.query, searched, read: parts };
}

function search(db: ReadDb, { filter, ranked }: CompiledQuery, narrow: readonly DocumentFilter[], order: SetOrder): Int32Array {
  if (order !== 'best') return listMatching(db, { kind: 'and', children: [filter, ...narrow] }, order);
  const members = score(db, filter, ranked, narrow);
  return picked(new Int32Array(members.numbers.length), members.numbers, bestFirst(members));
}

/** Members of a query with the score of each, best first: what `search` prints. Throws search.bad-query. */
export function rankedSearch(db: ReadDb, query: string): { readonly documents: Int32Array; readonly scores: Float64Array } {
  const { filter, ranked } = compileFor(db, query);
  const members = score(db, filter, ranked, []);
  const order = bestFirst(members);
  return { documents: picked(new Int32Array(order.length), members.numbers, order), scores: picked(new Float64Array(order.length), members.scores, order) };
}

// Loops over indexes from here on: with 100,000 hits every pass with an iterator takes milliseconds.

function picked<T extends Int32Array | Float64Array>(into: T, values: ArrayLike<number>, order: Uint32Array): T {
  for (let at = 0; at < order.length; at += 1) into[at] = values[order[at] ?? 0] ?? 0;
  return into;
}

/** Numbers of documents and scores side by side, in no order. */
interface Scored {
  readonly numbers: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
}

function score(db: ReadDb, filter: DocumentFilter, ranked: readonly string[], narrow: readonly DocumentFilter[]): Scored {
  const children = filter.kind === 'and' ? filter.children : [filter];
  const text = children.find((child) => child.kind === 'text');
  // One wordy part that every member must match: the index gives members and scores together.
  if (text !== undefined && ranked.length === 1) {
    const rest = [...children.filter((child) => child !== text), ...narrow];
    return rest.length === 0 ? scoreAll(db, text.match) : rankDocuments(db, text.match, { kind: 'and', children: rest });
  }
  const { documents, contents } = listMatchingContents(db, { kind: 'and', children: [filter, ...narrow] });
  const scoreByContent = new Map<number, number>();
  for (const match of ranked) {
    const { numbers, scores } = rankContents(db, match);
    for (const [index, content] of numbers.entries()) scoreByContent.set(content, (scoreByContent.get(content) ?? 0) + (scores[index] ?? 0));
  }
  return { numbers: documents, scores: contents.map((content) => scoreByContent.get(content) ?? 0) };
}

/** Whatever matches, without a look at the documents: with 100,000 hits a look at each takes as long as half of the ranking. */
function scoreAll(db: ReadDb, match: string): Scored {
  const { numbers: contents, scores } = rankContents(db, match);
  return { numbers: firstDocuments(db, contents), scores };
}

const highestKey = 0xFFFF_FFFF;

/** Positions by falling score; ties, and what has no score, by number. Scores that differ by less than a four-thousand-millionth of the highest are ties. */
function bestFirst({ numbers, scores }: Scored): Uint32Array {
  const keys = new Uint32Array(numbers.length);
  let highest = 0;
  let isRising = true;
  for (let at = 0; at < keys.length; at += 1) {
    keys[at] = numbers[at] ?? 0;
    highest = Math.max(highest, scores[at] ?? 0);
    isRising &&= at === 0 || (keys[at - 1] ?? 0) < (keys[at] ?? 0);
  }
  const byNumber = isRising ? undefined : radixOrder(keys);
  if (highest > 0) for (let at = 0; at < keys.length; at += 1) keys[at] = highestKey - Math.round(Math.max(0, scores[at] ?? 0) / highest * highestKey);
  return radixOrder(keys, byNumber);
}
