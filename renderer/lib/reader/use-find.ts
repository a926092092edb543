/** Find in document: the query, what it finds in the text that is there, and which find is shown. */
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { findAll, maxFinds } from './find.ts';
import { useFindState } from './find-state.ts';
import type { ReaderMark } from './reader-contract.ts';

/** What the find bar shows and does. `current` is null when there is nothing to stand on. */
export interface Find {
  readonly isOpen: boolean;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly marks: readonly ReaderMark[];
  readonly current: string | null;
  /** "3 of 12", "None", or nothing before a word was typed. */
  readonly said: string;
  readonly step: (by: 1 | -1) => void;
}

const none: readonly ReaderMark[] = [];

/** Finds in `text`, which is loaded to its end through `loadAll` once the bar is open. */
export function useFind(text: string, isWhole: boolean, loadAll: () => void): Find {
  const isOpen = useFindState((state) => state.isOpen);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(query);
  const marks = useMemo(() => (isOpen ? findAll(text, wanted) : none), [isOpen, text, wanted]);
  useEffect(() => { if (isOpen && wanted !== '') loadAll(); }, [isOpen, wanted, loadAll]);
  useEffect(() => setAt(0), [wanted]);
  const index = marks.length === 0 ? -1 : Math.min(at, marks.length - 1);
  const many = marks.length === maxFinds ? `${maxFinds} or more` : String(marks.length);
  const more = isWhole ? '' : ', still reading';
  return {
    isOpen,
    query,
    setQuery,
    marks,
    current: marks[index]?.id ?? null,
    said: wanted.trim() === '' ? '' : index === -1 ? `None${more}` : `${index + 1} of ${many}${more}`,
    step: (by) => setAt(marks.length === 0 ? 0 : (index + by + marks.length) % marks.length),
  };
}
