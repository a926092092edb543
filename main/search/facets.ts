import { countByLanguage, countByTypeAndVerdict, countMatching, type DocumentFilter, type ReadDb } from '../store/reader.ts';
import { compileFor, groupCondition } from './open-set.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** How many documents that the query alone matches have each coding, each type, each kind of group and each language; the most frequent type and language first. Throws search.bad-query. */
export function countFacets(db: ReadDb, query: string): { readonly coding: readonly FacetCount[]; readonly types: readonly FacetCount[]; readonly groups: readonly FacetCount[]; readonly languages: readonly FacetCount[] } {
  const coding = new Map<string, number>([['relevant', 0], ['not-relevant', 0], ['deferred', 0], ['uncoded', 0]]);
  const types = new Map<string, number>();
  const { filter } = compileFor(db, query);
  for (const { type, verdict, count } of countByTypeAndVerdict(db, filter)) {
    coding.set(verdict ?? 'uncoded', (coding.get(verdict ?? 'uncoded') ?? 0) + count);
    types.set(type, (types.get(type) ?? 0) + count);
  }
  const list = (counts: ReadonlyMap<string, number>): FacetCount[] => Array.from(counts, ([value, count]) => ({ value, count }));
  const groups = (['near', 'adds-nothing'] as const).map((value) => ({ value, count: countMatching(db, { kind: 'and', children: [filter, groupCondition(value)] }) }));
  return { languages: countLanguages(db, filter), groups, coding: list(coding), types: list(types).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
}

/** How many documents there are in each language, the most frequent first: of a whole case where no filter is given. */
export function countLanguages(db: ReadDb, filter: DocumentFilter = { kind: 'and', children: [] }): readonly FacetCount[] {
  return countByLanguage(db, filter).toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
