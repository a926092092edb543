import { type CSSProperties, type ReactNode, useEffect, useId, useLayoutEffect } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { classNames } from './class-names.ts';
import css from './data-table.module.css';
import { Icon } from './icon.tsx';
import { type SelectHow, useListCursor } from './list-cursor.ts';
import { useWindowing } from './windowing.ts';

/** A column. `width` is a CSS grid track: `80px`, `24%`, `minmax(0, 1fr)`. */
export interface DataColumn<Id extends string> {
  id: Id;
  heading: string;
  isHeadingHidden?: boolean | undefined;
  width: string;
  /** end: numbers. */
  align?: 'start' | 'end' | undefined;
  isSortable?: boolean | undefined;
  isMono?: boolean | undefined;
}

/** The column that rows are ordered by. */
export interface DataSort<Id extends string> {
  column: Id;
  direction: 'ascending' | 'descending';
}

/** Props of DataTable. */
export interface DataTableProps<Id extends string> {
  label: string;
  columns: readonly DataColumn<Id>[];
  count: number;
  renderCell: (index: number, column: Id) => ReactNode;
  /** With it rows can be selected; without it the table only reads. */
  onSelect?: ((index: number, how: SelectHow) => void) | undefined;
  selectedIndex?: number | null | undefined;
  onActivate?: ((index: number) => void) | undefined;
  onVisibleRange?: ((start: number, end: number) => void) | undefined;
  sort?: DataSort<Id> | null | undefined;
  /** Asks for another order; the caller sorts. Pressing the sorted column again turns it round. */
  onSort?: ((sort: DataSort<Id>) => void) | undefined;
  /** fill: scrolls in the height it is given, drawing only what is visible. flow: as high as its rows, for short tables. */
  layout?: 'fill' | 'flow';
}

const rowHeightPx = 32;
const headHeightPx = 29;

/** Rows of 32 px under column heads of 28 px. Selectable, it is a grid with one tab stop and the list's keys. */
export function DataTable<Id extends string>(props: DataTableProps<Id>) {
  const { label, columns, count, renderCell, onSelect, selectedIndex = null, onActivate, onVisibleRange, layout = 'fill' } = props;
  const id = useId();
  const isFlow = layout === 'flow';
  const windowing = useWindowing({ count, rowHeight: rowHeightPx, headPx: headHeightPx });
  const { scrollerRef, heightPx, topPx, pageRows, show, firstVisible } = windowing;
  const start = isFlow ? 0 : windowing.start;
  const end = isFlow ? count : windowing.end;
  const { hasRing, cursorProps } = useListCursor({
    count, selectedIndex, onActivate, pageRows, firstVisible, show,
    onSelect: (index, how) => onSelect?.(index, how),
  });
  useLayoutEffect(() => { if (selectedIndex !== null && !isFlow) show(selectedIndex); }, [selectedIndex, show, isFlow]);
  useEffect(() => { if (end > start) onVisibleRange?.(start, end); }, [start, end, onVisibleRange]);

  const isGrid = onSelect !== undefined;
  const tracks: CSSProperties & { '--tracks': string } = { '--tracks': columns.map((column) => column.width).join(' ') };
  const isActiveDrawn = selectedIndex !== null && selectedIndex >= start && selectedIndex < end;
  return (
    <div
      ref={scrollerRef}
      className={classNames(css.table, isFlow && css.flow)}
      style={tracks}
      role={isGrid ? 'grid' : 'table'}
      aria-label={label}
      aria-rowcount={count + 1}
      {...((isGrid || !isFlow) && { tabIndex: 0 })}
      {...(isGrid && cursorProps)}
      {...(isGrid && isActiveDrawn && { 'aria-activedescendant': `${id}-${selectedIndex}` })}
    >
      <Head {...props} />
      <div role="rowgroup" className={css.body} {...(!isFlow && { style: { height: heightPx } })}>
        <div role="presentation" className={css.window} {...(!isFlow && { style: { transform: `translateY(${topPx}px)` } })}>
          {Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset).map((index) => (
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              className={classNames(css.row, isGrid && css.selectable, hasRing && index === selectedIndex && css.focused)}
              {...(isGrid && {
                'aria-selected': index === selectedIndex,
                onClick: (event) => onSelect(index, { focus: 'pointer', extend: event.shiftKey }),
                onDoubleClick: () => onActivate?.(index),
              })}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role={isGrid ? 'gridcell' : 'cell'}
                  className={classNames(css.cell, column.align === 'end' && css.end, column.isMono && css.mono)}
                >
                  {renderCell(index, column.id)}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Head<Id extends string>({ columns, sort, onSort }: DataTableProps<Id>) {
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" aria-rowindex={1} className={css.headRow}>
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : null;
          const turn = direction === 'ascending' ? 'descending' : 'ascending';
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classNames(css.heading, column.align === 'end' && css.end)}
              {...(column.isSortable && { 'aria-sort': direction ?? 'none' })}
            >
              {column.isSortable && onSort
                ? (
                  <AriaButton className={classNames(css.sort)} onPress={() => onSort({ column: column.id, direction: turn })}>
                    {column.heading}
                    {direction && <Icon glyph={direction === 'ascending' ? ArrowUp : ArrowDown} size={12} />}
                  </AriaButton>
                )
                : column.isHeadingHidden ? <VisuallyHidden>{column.heading}</VisuallyHidden> : column.heading}
            </div>
          );
        })}
      </div>
    </div>
  );
}
