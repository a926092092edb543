import type { ReactElement } from 'react';
import { classNames } from '../../ui/index.ts';
import { drawnTexts } from './drawn-runs.ts';
import css from './marks.module.css';
import { type Segment, segmentsOf } from './mark-layers.ts';
import { runAttributes } from './offset-map.ts';
import type { ReaderMark } from './reader-contract.ts';
import type { Leaf } from './text-blocks.ts';

/** What every drawn run needs to know about marks. `now` is the current mark; presses on marks are heard by useMarkPress. */
export interface MarkStyle {
  readonly marks: readonly ReaderMark[];
  readonly now: string | null;
  readonly isPressable: boolean;
}

/** The class names of a mark's kind, for text and for the rectangles over a page. */
export function markClass(mark: ReaderMark, isNow: boolean): string {
  return classNames(css[mark.kind], isNow && css['isNow']);
}

/** Props of MarkedText. `text` holds the leaf and begins at `base`. */
export interface MarkedTextProps {
  readonly text: string;
  readonly base: number;
  readonly leaf: Leaf;
  readonly style: MarkStyle;
}

/** Draws one leaf, cut where marks begin and end. Every text node it makes stands for a canonical span. */
export function MarkedText({ text, base, leaf, style }: MarkedTextProps): ReactElement {
  return (
    <>
      {segmentsOf(leaf, style.marks).map((segment) => {
        const drawn = drawnTexts(text.slice(segment.start - base, segment.end - base), segment.start).map((run) => (
          <span key={run.start} {...runAttributes(run.start, run.end)} className={classNames(run.isEscape && css['escape']) || undefined}>{run.text}</span>
        ));
        return segment.marks.length === 0 ? drawn : <Marked key={segment.start} segment={segment} style={style} text={text.slice(segment.start - base, segment.end - base)}>{drawn}</Marked>;
      })}
    </>
  );
}

function Marked({ segment, style, text, children }: { segment: Segment; style: MarkStyle; text: string; children: ReactElement[] }): ReactElement {
  const { now, isPressable } = style;
  const top = segment.marks.find((mark) => mark.id === now) ?? segment.marks.at(-1);
  const first = segment.begins.at(-1);
  const tags = segment.begins.filter((mark) => mark.tag !== undefined);
  const classes = classNames(css['mark'], ...segment.marks.map((mark) => markClass(mark, mark.id === now)));
  const shared = {
    'data-marks': segment.marks.map((mark) => mark.id).join(' '),
    className: classes,
    ...(tags.length > 0 && { 'data-tag': tags.map((mark) => mark.tag).join(' ') }),
  };
  const label = segment.marks.map((mark) => mark.label).join(', ');
  const isBlank = text.trim() === ''; // a line end between two marked lines is nothing to press
  const press = isPressable && top !== undefined && !isBlank
    ? { 'data-press': top.id, ...(first !== undefined && { role: 'button', tabIndex: first.id === now ? 0 : -1 }) }
    : {};
  return <mark {...shared} {...press} aria-description={label}>{children}</mark>;
}
