import { Fragment, memo, type ReactElement, useMemo, useRef } from 'react';
import { classNames } from '../../ui/index.ts';
import { MarkedText, type MarkStyle } from './marked-text.tsx';
import { indexMarks, type MarkIndex } from './mark-layers.ts';
import { useNear } from './near.ts';
import type { Cell } from './csv-cells.ts';
import { type TextBodyProps, useMarksOver } from './text-body.tsx';
import css from './text-body.module.css';
import type { RowChunk } from './use-text.ts';

const rowHeightPx = 29;
const chunksAtOnce = 1;
const sampleRows = 50;

/** A wide table is scrolled by the keyboard too, so it is a tab stop. */
const scrollable = { 'role': 'region', 'aria-label': 'Table', 'tabIndex': 0 };

/** What all cells of a column share: how wide it is, in characters, and whether it holds numbers. */
interface Column {
  readonly widthCh: number;
  readonly isNumeric: boolean;
}

const numeric = /^[-+(]?[\d.,\s]+[%)]?$/;

function textOfCell(chunk: RowChunk, cell: Cell): string {
  return cell.leaves.map((leaf) => chunk.text.slice(leaf.start - chunk.start, leaf.end - chunk.start)).join('');
}

function columnsOf(chunks: readonly RowChunk[]): readonly Column[] {
  const texts = chunks.slice(0, 1).flatMap((chunk) => chunk.rows.slice(0, sampleRows).map((row) => row.cells.map((cell) => textOfCell(chunk, cell))));
  const count = Math.max(0, ...texts.map((row) => row.length));
  return Array.from({ length: count }, (_, at) => {
    const longest = Math.max(...texts.map((row) => row[at]?.length ?? 0));
    const body = texts.slice(1).map((row) => row[at] ?? '').filter((text) => text !== '');
    return { widthCh: Math.max(7, Math.min(longest + 4, 46)), isNumeric: body.length > 0 && body.every((text) => numeric.test(text)) };
  });
}

/** Props of TableBody. */
export interface TableBodyProps extends Omit<TextBodyProps, 'chunks'> {
  readonly chunks: readonly RowChunk[];
}

/** Delimited text as a table, its first record as the heads. Records far from the visible part keep their place by a guessed height. */
export function TableBody({ chunks, marks, now, isPressable, drawn }: TableBodyProps): ReactElement {
  const index = useMemo(() => indexMarks(marks), [marks]);
  const columns = useMemo(() => columnsOf(chunks), [chunks]);
  const width = columns.reduce((sum, column) => sum + column.widthCh, 0);
  return (
    <div className={css['tableFrame']} {...scrollable}>
      <table className={css['table']} style={{ width: `${width}ch` }}>
        <colgroup>{columns.map((column, at) => <col key={at} style={{ width: `${column.widthCh}ch` }} />)}</colgroup>
        {chunks.map((chunk, at) => (
          <LazyRows key={chunk.start} chunk={chunk} columns={columns} index={index} now={now} isPressable={isPressable} isFirst={at === 0} isWanted={at < chunksAtOnce || drawn.has(chunk.start)} />
        ))}
      </table>
    </div>
  );
}

interface LazyRowsProps {
  readonly chunk: RowChunk;
  readonly columns: readonly Column[];
  readonly index: MarkIndex;
  readonly now: string | null;
  readonly isPressable: boolean;
  readonly isFirst: boolean;
  readonly isWanted: boolean;
}

function LazyRows({ chunk, columns, index, now, isPressable, isFirst, isWanted }: LazyRowsProps): ReactElement {
  const ref = useRef<HTMLTableSectionElement>(null);
  const wasDrawn = useRef(isWanted);
  const isNear = useNear(ref, isWanted);
  if (isNear || isWanted) wasDrawn.current = true;
  const marks = useMarksOver(index, chunk.start, chunk.end);
  const nowHere = marks.some((mark) => mark.id === now) ? now : null;
  if (!wasDrawn.current) {
    return <tbody ref={ref}><tr><td colSpan={columns.length} style={{ height: chunk.rows.length * rowHeightPx }}>{'\u00A0'}</td></tr></tbody>;
  }
  return <tbody ref={ref}><DrawnRows chunk={chunk} columns={columns} marks={marks} now={nowHere} isPressable={isPressable} isFirst={isFirst} /></tbody>;
}

interface DrawnRowsProps extends MarkStyle {
  readonly chunk: RowChunk;
  readonly columns: readonly Column[];
  readonly isFirst: boolean;
}

const DrawnRows = memo(function DrawnRows({ chunk, columns, marks, now, isPressable, isFirst }: DrawnRowsProps): ReactElement {
  const style = { marks, now, isPressable };
  return (
    <>
      {chunk.rows.map((row, rowAt) => (
        <tr key={row.start}>
          {columns.map((column, at) => {
            // A record longer than the table shows what is left over in its last cell: nothing of the text goes missing.
            const cells = at === columns.length - 1 ? row.cells.slice(at) : row.cells.slice(at, at + 1);
            const inside = cells.map((cell, cellAt) => (
              <Fragment key={cellAt}>
                {cellAt > 0 && ' · '}
                {cell.leaves.map((leaf) => <MarkedText key={leaf.start} text={chunk.text} base={chunk.start} leaf={leaf} style={style} />)}
              </Fragment>
            ));
            const isHead = isFirst && rowAt === 0 && cells.some((cell) => cell.leaves.length > 0);
            const name = classNames(column.isNumeric && css['number']);
            return isHead ? <th key={at} scope="col" className={name}>{inside}</th> : <td key={at} className={name}>{inside}</td>;
          })}
        </tr>
      ))}
    </>
  );
});
