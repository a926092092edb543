/** Running a plan by query, on the reading thread: who matches, exactly, and the quotes that show it. */
import type { ExhaustiveCoverage, FoundItem, QueryPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { compileFor, firstHits, parseQuery, planHits, queryUses } from '../../search/index.ts';
import { countScope, firstsOf, listMatching, readColumns, readMembers, type DocumentFilter, type ReadDb } from '../../store/reader.ts';
import { bestQuote, firstQuote, sentenceAround } from './quote-hits.ts';
import { coverageOf } from './scope-coverage.ts';

/** Of a text longer than this nobody makes one. */
const wholeText = 0x7fff_ffff;

/** What a query plan looks at in a scope; `documents` null is the whole case. Throws search.bad-query. */
export function coverQuery(db: ReadDb, { query, of }: Pick<QueryPlan, 'query' | 'of'>, documents: readonly number[] | null): ExhaustiveCoverage {
  const uses = queryUses(parseQuery(query));
  const coverage = coverageOf(countScope(db, documents === null ? null : firstsOf(db, documents)), { needsText: uses.texts || of === 'mentions', needsDate: uses.dates });
  return uses.texts ? { ...coverage, notes: [...coverage.notes, 'Other forms of a word, such as its plural, count as the word.'] } : coverage;
}

/** Numbers of the documents of a scope that match, in order. Throws search.bad-query. */
export function matchQuery(db: ReadDb, { query, of }: Pick<QueryPlan, 'query' | 'of'>, documents: readonly number[] | null): Int32Array {
  const uses = queryUses(parseQuery(query));
  // What has no text does not hold the words, and nobody knows that it does not.
  const narrow: DocumentFilter[] = uses.texts || of === 'mentions' ? [{ kind: 'state', state: 'text' }] : [];
  if (of === 'messages') narrow.push({ kind: 'types', types: ['mail'] });
  const all = listMatching(db, { kind: 'and', children: [compileFor(db, query).filter, ...narrow] }, 'ingested');
  if (documents === null) return all;
  const within = new Set(firstsOf(db, documents));
  return all.filter((document) => within.has(document));
}

/** How far one turn of quoting came. */
export interface QuotedTurn {
  readonly items: FoundItem[];
  /** Documents that were gone through, of those that were given. */
  readonly done: number;
}

/** Quotes for matching documents, as many as there is time for and at least one. Of mentions, each place is an item; a document without one gives none. */
export function quoteMatches(db: ReadDb, { query, of }: QueryPlan, documents: readonly number[], isLate: () => boolean): QuotedTurn {
  const plan = planHits(parseQuery(query), 'body');
  const items: FoundItem[] = [];
  let done = 0;
  for (const [index, document] of documents.entries()) {
    if (index > 0 && isLate()) break;
    done += 1;
    const [member] = readMembers(db, [document]);
    if (member === undefined) continue;
    const body = member.content === null ? '' : readColumns(db, member.content, wholeText)?.body ?? '';
    const hits = firstHits(body, plan, Infinity);
    const isTable = member.type === 'table';
    const item = (span: { readonly start: number; readonly end: number } | null, mentions: number): FoundItem => ({
      document: member.document, start: span?.start ?? null, end: span?.end ?? null, quote: span === null ? null : body.slice(span.start, span.end), mentions,
    });
    if (of === 'mentions') items.push(...hits.map((hit) => item(sentenceAround(body, hit, isTable), 1)));
    else items.push(item(bestQuote(body, hits, isTable) ?? firstQuote(body, isTable), hits.length));
  }
  return { items, done };
}
