/** Selecting by keyboard in text that cannot be edited: a caret of our own, moved by the browser's own rules for words and lines. */
import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { ReaderSelection } from './reader-contract.ts';
import { readSelection } from './use-selection.ts';

/** Where the caret stands in its scroller, in px; null when the mode is off. */
export interface Caret {
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

const motions: Readonly<Record<string, readonly [direction: 'forward' | 'backward', granularity: string, withCtrl: string]>> = {
  ArrowRight: ['forward', 'character', 'word'],
  ArrowLeft: ['backward', 'character', 'word'],
  ArrowDown: ['forward', 'line', 'paragraph'],
  ArrowUp: ['backward', 'line', 'paragraph'],
  End: ['forward', 'lineboundary', 'documentboundary'],
  Home: ['backward', 'lineboundary', 'documentboundary'],
};

function firstVisibleText(scroller: Element): Text | null {
  const top = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll('[data-start]')) {
    if (element.firstChild instanceof Text && element.getBoundingClientRect().bottom > top) return element.firstChild;
  }
  return null;
}

function caretOf(scroller: Element): Caret | null {
  const selection = document.getSelection();
  if (selection === null || selection.focusNode === null) return null;
  const point = document.createRange();
  point.setStart(selection.focusNode, selection.focusOffset);
  const rect = point.getClientRects()[0] ?? point.getBoundingClientRect();
  const box = scroller.getBoundingClientRect();
  return { left: rect.left - box.left + scroller.scrollLeft, top: rect.top - box.top + scroller.scrollTop, height: rect.height || 20 };
}

/** The mode itself: `start` puts the caret at the first visible word; Enter ends it and reports, Esc leaves it. */
export function useCaret(scrollerRef: RefObject<HTMLElement | null>, onSelect: ((selection: ReaderSelection | null) => void) | undefined): { readonly caret: Caret | null; readonly start: () => void } {
  const [caret, setCaret] = useState<Caret | null>(null);
  const isOn = caret !== null;

  const start = useCallback(() => {
    const scroller = scrollerRef.current;
    const text = scroller === null ? null : firstVisibleText(scroller);
    if (scroller === null || text === null) return;
    scroller.focus({ preventScroll: true });
    document.getSelection()?.collapse(text, 0);
    setCaret(caretOf(scroller));
  }, [scrollerRef]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    if (!isOn || scroller === null) return;
    const onKey = (event: KeyboardEvent): void => {
      const selection = document.getSelection();
      const motion = motions[event.key];
      if (selection === null || (motion === undefined && event.key !== 'Enter' && event.key !== 'Escape')) return;
      event.preventDefault();
      event.stopPropagation();
      if (motion === undefined) {
        setCaret(null);
        if (event.key === 'Escape') selection.removeAllRanges();
        else onSelect?.(readSelection(scroller));
        return;
      }
      const [direction, plain, withCtrl] = motion;
      selection.modify(event.shiftKey ? 'extend' : 'move', direction, event.ctrlKey || event.metaKey ? withCtrl : plain);
      const moved = caretOf(scroller);
      if (moved === null) return;
      if (moved.top < scroller.scrollTop + 24) scroller.scrollTop = moved.top - 48;
      else if (moved.top + moved.height > scroller.scrollTop + scroller.clientHeight - 24) scroller.scrollTop = moved.top - scroller.clientHeight + 72;
      setCaret(moved);
    };
    const leave = (): void => setCaret(null);
    // Before the window's own listener, so that an arrow moves the caret and not the list.
    scroller.addEventListener('keydown', onKey, { capture: true });
    scroller.addEventListener('blur', leave);
    scroller.addEventListener('pointerdown', leave);
    return () => {
      scroller.removeEventListener('keydown', onKey, { capture: true });
      scroller.removeEventListener('blur', leave);
      scroller.removeEventListener('pointerdown', leave);
    };
  }, [isOn, scrollerRef, onSelect]);

  return { caret, start };
}
