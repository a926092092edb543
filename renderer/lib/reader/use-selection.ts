/** Text selected inside an element, reported in canonical offsets when the selecting ends. */
import { type RefObject, useEffect, useRef } from 'react';
import { offsetOfPoint } from './offset-map.ts';
import type { ReaderSelection } from './reader-contract.ts';

/** The selection of the window as far as it stands in `root`; null when nothing in it is selected. */
export function readSelection(root: Element): ReaderSelection | null {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const start = offsetOfPoint(root, range.startContainer, range.startOffset);
  const end = offsetOfPoint(root, range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  return { start, end, rect: range.getBoundingClientRect() };
}

/** Calls `onSelect` when a selection by pointer or by the keyboard ends in the element, and with null when it is given up. */
export function useSelection(ref: RefObject<Element | null>, onSelect: ((selection: ReaderSelection | null) => void) | undefined): void {
  const hadSelection = useRef(false);
  useEffect(() => {
    if (onSelect === undefined) return;
    let isPressed = false;
    const report = (): void => {
      const root = ref.current;
      const selection = root === null ? null : readSelection(root);
      if (selection === null && !hadSelection.current) return;
      hadSelection.current = selection !== null;
      onSelect(selection);
    };
    const onDown = (event: Event): void => { isPressed = event.target instanceof Node && (ref.current?.contains(event.target) ?? false); };
    // The browser settles the selection after the event: a press inside an old selection collapses it only then.
    const onUp = (): void => { if (isPressed) setTimeout(report); isPressed = false; };
    const onKeyUp = (event: KeyboardEvent): void => { if (event.shiftKey || event.key === 'Shift') report(); };
    const onChange = (): void => { if (!isPressed && hadSelection.current && document.getSelection()?.isCollapsed !== false) report(); };
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('pointerup', onUp);
    document.addEventListener('keyup', onKeyUp);
    document.addEventListener('selectionchange', onChange);
    return () => {
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('pointerup', onUp);
      document.removeEventListener('keyup', onKeyUp);
      document.removeEventListener('selectionchange', onChange);
    };
  }, [ref, onSelect]);
}
