/** What a person set up in search: it outlives the view, and is dropped with the case. */
import { create } from 'zustand';
import type { DocumentId, DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { CodingFilter, GroupFilter, SetOrder, SetSource } from '../../../preload/contract/domains/sets.ts';
import { useNavigation } from '../../lib/navigation.ts';

/** `typed` is in the box; `asked` is what was last sent to the engine. */
export interface SearchState {
  readonly typed: string;
  readonly asked: string;
  /** The query that the window was last told of, because its results are shown. */
  readonly told: string;
  readonly coding: CodingFilter;
  readonly types: readonly DocumentType[];
  readonly groups: readonly GroupFilter[];
  /** ISO 639-1. */
  readonly languages: readonly string[];
  readonly order: SetOrder;
  /** Position in the open set; null when on none. */
  readonly selectedIndex: number | null;
  /** The document at the right: that of the selected row, or an attachment opened from it. */
  readonly shown: DocumentId | null;
}

const initial: SearchState = { typed: '', asked: '', told: '', coding: 'any', types: [], groups: [], languages: [], order: 'best', selectedIndex: null, shown: null };

/** The state itself; change it by `useSearchState.setState`. */
export const useSearchState = create<SearchState>(() => initial);

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) useSearchState.setState(initial, true);
});

/** Number of facet values that narrow the results. */
export function facetsOn(state: Pick<SearchState, 'coding' | 'types' | 'groups' | 'languages'>): number {
  return (state.coding === 'any' ? 0 : 1) + state.types.length + state.groups.length + state.languages.length;
}

/** The set that the state asks for; null while no query has been written. */
export function sourceOf({ asked, coding, types, groups, languages, order }: Pick<SearchState, 'asked' | 'coding' | 'types' | 'groups' | 'languages' | 'order'>): SetSource | null {
  return asked.trim() === '' ? null : { kind: 'search', query: asked, coding, types: [...types], groups: [...groups], languages: [...languages], order };
}
