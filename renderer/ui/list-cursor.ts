import { type FocusEvent, type KeyboardEvent, useState } from 'react';

/** How a row came to be selected. `extend` is true with Shift: the rows from the last selected one to this one are meant. */
export interface SelectHow {
  focus: 'keyboard' | 'pointer';
  extend: boolean;
}

/** What a list answers to the keyboard with. */
export interface ListCursorOptions {
  count: number;
  selectedIndex: number | null;
  onSelect: (index: number, how: SelectHow) => void;
  onActivate?: ((index: number) => void) | undefined;
  pageRows: number;
  firstVisible: () => number;
  show: (index: number) => void;
}

/** Row that a key moves to from `from`, or null when the key does not move. */
export function rowForKey(key: string, from: number | null, { count, pageRows, firstVisible }: Pick<ListCursorOptions, 'count' | 'pageRows' | 'firstVisible'>): number | null {
  const last = count - 1;
  if (last < 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (!['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp'].includes(key)) return null;
  if (from === null) return Math.min(firstVisible(), last);
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : key === 'PageDown' ? pageRows : -pageRows;
  return Math.max(0, Math.min(from + step, last));
}

/**
 * One tab stop for a whole list: the list keeps the focus and moves its selected row. `hasRing` says whether the row shows
 * the focus ring: after Tab or a key, not after a click.
 */
export function useListCursor(options: ListCursorOptions) {
  const [hasRing, setRing] = useState(false);
  const { selectedIndex, onSelect, onActivate, show } = options;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) setRing(true);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && selectedIndex !== null && onActivate) {
      event.preventDefault();
      onActivate(selectedIndex);
      return;
    }
    const next = rowForKey(event.key, selectedIndex, options);
    if (next === null) return;
    event.preventDefault();
    if (next !== selectedIndex) onSelect(next, { focus: 'keyboard', extend: event.shiftKey });
    else show(next);
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || !event.currentTarget.matches(':focus-visible')) return;
    setRing(true);
    if (selectedIndex !== null) show(selectedIndex);
  };
  return { hasRing, cursorProps: { onKeyDown, onFocus, onBlur: () => setRing(false), onPointerDown: () => setRing(false) } };
}
