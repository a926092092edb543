/** Where the reader should stand: what its owner asked for last, a span or a mark. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { ReaderMark, ReaderTarget } from './reader-contract.ts';

/** The last target asked for in this document; a new object for every request, null before the first. */
export function useTarget(document: DocumentId, goTo: ReaderTarget | null, marks: readonly ReaderMark[], now: string | null): ReaderTarget | null {
  const [target, setTarget] = useState<(ReaderTarget & { readonly document: DocumentId }) | null>(null);
  const nonce = useRef(0);
  const mark = now === null ? undefined : marks.find((candidate) => candidate.id === now);
  const { start, end } = mark ?? {};
  const { start: toStart, end: toEnd, nonce: toNonce } = goTo ?? {};
  useEffect(() => {
    if (toStart !== undefined && toEnd !== undefined) setTarget({ start: toStart, end: toEnd, nonce: ++nonce.current, document });
  }, [document, toNonce, toStart, toEnd]);
  useEffect(() => {
    if (now !== null && start !== undefined && end !== undefined) setTarget({ start, end, nonce: ++nonce.current, document });
  }, [document, now, start, end]);
  return target?.document === document ? target : null;
}

/** Scrolls a rectangle into view, to a third of the height, unless it can be read where it is. */
export function showRect(scroller: Element, rect: DOMRect): void {
  const box = scroller.getBoundingClientRect();
  const margin = Math.min(72, box.height / 5);
  if (rect.top >= box.top + margin && rect.bottom <= box.bottom - margin) return;
  scroller.scrollTop += rect.top - box.top - box.height / 3;
}

/** Puts a scroller back to its top whenever `key` changes. */
export function useTopOnChange(scrollerRef: RefObject<Element | null>, key: string): void {
  const last = useRef(key);
  useLayoutEffect(() => {
    if (last.current === key) return;
    last.current = key;
    if (scrollerRef.current !== null) scrollerRef.current.scrollTop = 0;
  }, [scrollerRef, key]);
}
