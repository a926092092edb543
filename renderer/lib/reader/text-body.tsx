import { memo, type ReactElement, useMemo, useRef } from 'react';
import { classNames } from '../../ui/index.ts';
import { MarkedText, type MarkStyle } from './marked-text.tsx';
import { indexMarks, type MarkIndex, marksOver } from './mark-layers.ts';
import { useNear } from './near.ts';
import type { ReaderMark } from './reader-contract.ts';
import type { Block, Chunk } from './text-blocks.ts';
import css from './text-body.module.css';

const charsInLine = 88;
const lineHeightPx = 24;
const chunksAtOnce = 2;

/** Marks over one span with an identity that changes only when they do, so that memoised parts stay as they are. */
export function useMarksOver(index: MarkIndex, start: number, end: number): readonly ReaderMark[] {
  const over = marksOver(index, start, end);
  const last = useRef(over);
  const isSame = over.length === last.current.length && over.every((mark, at) => mark === last.current[at]);
  if (!isSame) last.current = over;
  return last.current;
}

/** Props of TextBody. `drawn` are chunks that must exist whether near or not, by their start: somebody goes there. */
export interface TextBodyProps {
  readonly chunks: readonly Chunk[];
  readonly marks: readonly ReaderMark[];
  readonly now: string | null;
  readonly isPressable: boolean;
  readonly drawn: ReadonlySet<number>;
}

/** Canonical text in paragraphs. What is far from the visible part keeps its place by a guessed height until it comes near. */
export function TextBody({ chunks, marks, now, isPressable, drawn }: TextBodyProps): ReactElement {
  const index = useMemo(() => indexMarks(marks), [marks]);
  return (
    <div className={css['body']}>
      {chunks.map((chunk, at) => (
        <LazyChunk key={chunk.start} chunk={chunk} index={index} now={now} isPressable={isPressable} isWanted={at < chunksAtOnce || drawn.has(chunk.start)} />
      ))}
    </div>
  );
}

interface LazyChunkProps {
  readonly chunk: Chunk;
  readonly index: MarkIndex;
  readonly now: string | null;
  readonly isPressable: boolean;
  readonly isWanted: boolean;
}

function LazyChunk({ chunk, index, now, isPressable, isWanted }: LazyChunkProps): ReactElement {
  const ref = useRef<HTMLDivElement>(null);
  const wasDrawn = useRef(isWanted);
  const isNear = useNear(ref, isWanted);
  // Once drawn it stays: a selection or a reading place in it must not vanish. The browser skips painting it while far away.
  if (isNear || isWanted) wasDrawn.current = true;
  const marks = useMarksOver(index, chunk.start, chunk.end);
  const nowHere = marks.some((mark) => mark.id === now) ? now : null;
  const lines = Math.max(chunk.lines, Math.ceil(chunk.text.length / charsInLine));
  if (!wasDrawn.current) return <div ref={ref} style={{ height: lines * lineHeightPx + chunk.blocks.length * 16 }} />;
  return <div ref={ref}><DrawnChunk chunk={chunk} marks={marks} now={nowHere} isPressable={isPressable} /></div>;
}

interface DrawnChunkProps extends MarkStyle {
  readonly chunk: Chunk;
}

const DrawnChunk = memo(function DrawnChunk({ chunk, marks, now, isPressable }: DrawnChunkProps): ReactElement {
  const style = { marks, now, isPressable };
  return <>{chunk.blocks.map((block) => <DrawnBlock key={block.start} block={block} chunk={chunk} style={style} />)}</>;
});

function DrawnBlock({ block, chunk, style }: { block: Block; chunk: Chunk; style: MarkStyle }): ReactElement {
  const over = style.marks.filter((mark) => mark.start < block.end && mark.end > block.start);
  const isCited = over.some((mark) => mark.kind === 'quote');
  const inside = block.leaves.map((leaf) => (
    <MarkedText key={leaf.start} text={chunk.text} base={chunk.start} leaf={leaf} style={{ ...style, marks: over }} />
  ));
  const shared = { className: classNames(css['block'], isCited && css['cited'], block.isContinued && css['continued']) };
  const page = block.page === null ? {} : { 'data-page': block.ocr === null ? `Page ${block.page}` : `Page ${block.page}, read by OCR, confidence ${block.ocr} %` };
  if (block.kind === 'paragraph') return <p {...shared} {...page}>{inside}</p>;
  return <blockquote className={classNames(css['quoted'], block.depth > 1 && css['deeper'])} {...page}><p {...shared}>{inside}</p></blockquote>;
}
