/** Documents that a person marked in a list, to ask about them together. Nothing of it is kept: it is what they have in hand. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import type { SetRow } from '../../preload/contract/domains/sets.ts';
import { useNavigation } from './navigation.ts';

/** More are not marked one by one: a search is asked about then. */
const mostMarked = 10_000;

/** The marked documents in the order of marking. */
export const useMarked = create<{ readonly documents: readonly DocumentId[] }>(() => ({ documents: [] }));

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) clearMarked();
});

/** Takes all marks away. */
export function clearMarked(): void {
  if (useMarked.getState().documents.length > 0) useMarked.setState({ documents: [] });
}

/** Marks a document, or takes its mark away. */
export function toggleMarked(document: DocumentId): void {
  useMarked.setState(({ documents }) => ({ documents: documents.includes(document) ? documents.filter((one) => one !== document) : [...documents, document].slice(0, mostMarked) }));
}

/** Marks the rows from one position to another, both included, as far as they are known. */
export function markRange(rowAt: (index: number) => SetRow | undefined, from: number, to: number): void {
  const step = from <= to ? 1 : -1;
  const found = Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => rowAt(from + at * step)?.document).filter((document) => document !== undefined);
  useMarked.setState(({ documents }) => ({ documents: [...new Set([...documents, ...found])].slice(0, mostMarked) }));
}

/** Whether the row at a position is of a marked document. */
export function useIsMarked(rowAt: (index: number) => SetRow | undefined): (index: number) => boolean {
  const documents = useMarked((state) => state.documents);
  return useMemo(() => {
    const all = new Set(documents);
    return (index: number): boolean => {
      const document = rowAt(index)?.document;
      return document !== undefined && all.has(document);
    };
  }, [documents, rowAt]);
}
