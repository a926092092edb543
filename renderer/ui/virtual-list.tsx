import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect } from 'react';
import { classNames } from './class-names.ts';
import { type SelectHow, useListCursor } from './list-cursor.ts';
import css from './virtual-list.module.css';
import { useWindowing } from './windowing.ts';

/** What a view may ask of a list. */
export interface VirtualListHandle {
  focus: () => void;
  show: (index: number, align?: 'nearest' | 'center') => void;
}

/** Props of VirtualList. */
export interface VirtualListProps {
  label: string;
  /** Number of all rows, loaded or not; up to a million. */
  count: number;
  /** Height of every row in pixels: 48, 100 or 28. */
  rowHeight: number;
  /** What row `index` says; a SkeletonRow while its data are on the way. It must not contain anything focusable. */
  renderRow: (index: number) => ReactNode;
  /** The row the list stands on; null when on none. It is scrolled into view whenever it changes. */
  selectedIndex: number | null;
  onSelect: (index: number, how: SelectHow) => void;
  /** Enter or a double click. */
  onActivate?: ((index: number) => void) | undefined;
  /** Rows that are drawn, some more than visible, `end` exclusive: load these. Called when they change. */
  onVisibleRange?: ((start: number, end: number) => void) | undefined;
  /** Further selected rows, for lists where several can be. */
  isRowSelected?: ((index: number) => boolean) | undefined;
  /** Draws the selection as though the list's pane had the focus. */
  hasFocusLook?: boolean | undefined;
  /** Scrolls this row to the middle whenever the number changes. */
  scrollToIndex?: number | null | undefined;
  autoFocus?: boolean | undefined;
  handleRef?: Ref<VirtualListHandle> | undefined;
}

/**
 * A list of equal rows of which only the visible ones exist. It is a listbox with one tab stop: arrows, Home, End, Page Up
 * and Page Down move the selection, and the row is named to assistive technology by aria-activedescendant.
 * It fills the flex column it stands in (a Pane, a TabPanel). Give it another `key` when another list is meant.
 */
export function VirtualList({
  label, count, rowHeight, renderRow, selectedIndex, onSelect, onActivate, onVisibleRange, isRowSelected, hasFocusLook,
  scrollToIndex, autoFocus = false, handleRef,
}: VirtualListProps) {
  const id = useId();
  const { scrollerRef, heightPx, start, end, topPx, pageRows, show, firstVisible } = useWindowing({ count, rowHeight });
  const { hasRing, cursorProps } = useListCursor({ count, selectedIndex, onSelect, onActivate, pageRows, firstVisible, show });

  useLayoutEffect(() => { if (selectedIndex !== null) show(selectedIndex); }, [selectedIndex, show]);
  useLayoutEffect(() => { if (typeof scrollToIndex === 'number') show(scrollToIndex, 'center'); }, [scrollToIndex, show]);
  useEffect(() => { if (end > start) onVisibleRange?.(start, end); }, [start, end, onVisibleRange]);
  useEffect(() => { if (autoFocus) scrollerRef.current?.focus(); }, [autoFocus, scrollerRef]);
  useImperativeHandle(handleRef, () => ({ focus: () => scrollerRef.current?.focus(), show }), [scrollerRef, show]);

  const rows = Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
  const isActiveDrawn = selectedIndex !== null && selectedIndex >= start && selectedIndex < end;
  return (
    <div
      ref={scrollerRef}
      className={css.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable={isRowSelected ? true : undefined}
      aria-activedescendant={isActiveDrawn ? `${id}-${selectedIndex}` : undefined}
      data-active={hasFocusLook || undefined}
      {...cursorProps}
    >
      <div role="presentation" className={css.sizer} style={{ height: heightPx }}>
        <div role="presentation" className={css.window} style={{ transform: `translateY(${topPx}px)` }}>
          {rows.map((index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the listbox has the focus and the keys, and names its option by aria-activedescendant
            <div
              key={index}
              id={`${id}-${index}`}
              role="option"
              className={classNames(css.row, hasRing && index === selectedIndex && css.focused)}
              style={{ height: rowHeight }}
              aria-selected={index === selectedIndex || (isRowSelected?.(index) ?? false)}
              aria-posinset={index + 1}
              aria-setsize={count}
              onClick={(event) => onSelect(index, { focus: 'pointer', extend: event.shiftKey })}
              onDoubleClick={() => onActivate?.(index)}
            >
              {renderRow(index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
