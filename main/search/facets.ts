import { countByTypeAndVerdict, type ReadDb } from '../store/reader.ts';
import { compileFor } from './open-set.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** How many documents that the query alone matches have each coding and each type; the most frequent type first. Throws search.bad-query. */
export function countFacets(db: ReadDb, query: string): { readonly coding: readonly FacetCount[]; readonly types: readonly FacetCount[] } {
  const coding = new Map<string, number>([['relevant', 0], ['not-relevant', 0], ['deferred', 0], ['uncoded', 0]]);
  const types = new Map<string, number>();
  for (const { type, verdict, count } of countByTypeAndVerdict(db, compileFor(db, query).filter)) {
    coding.set(verdict ?? 'uncoded', (coding.get(verdict ?? 'uncoded') ?? 0) + count);
    types.set(type, (types.get(type) ?? 0) + count);
  }
  const list = (counts: ReadonlyMap<string, number>): FacetCount[] => Array.from(counts, ([value, count]) => ({ value, count }));
  return { coding: list(coding), types: list(types).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
}
