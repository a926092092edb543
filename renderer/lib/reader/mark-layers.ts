/** Marks over text: which stand where, and how a run of text is cut where marks begin and end. Pure. */
import type { ReaderMark } from './reader-contract.ts';
import type { Leaf } from './text-blocks.ts';

/** Marks by start, with the farthest end so far, so that those over a span are found without reading them all. */
export interface MarkIndex {
  readonly marks: readonly ReaderMark[];
  readonly farthestEnds: readonly number[];
}

/** A run of text under the same marks, outermost first. `begins` are those of which this is the first run. */
export interface Segment extends Leaf {
  readonly marks: readonly ReaderMark[];
  readonly begins: readonly ReaderMark[];
}

const rank = (mark: ReaderMark): number => (mark.kind === 'quote' ? 0 : mark.kind.startsWith('label') ? 1 : 2);

/** Sorts marks by start, then the longer first; empty ones are left out. */
export function indexMarks(marks: readonly ReaderMark[]): MarkIndex {
  const sorted = marks.filter((mark) => mark.end > mark.start).toSorted((a, b) => a.start - b.start || b.end - a.end);
  let farthest = 0;
  const farthestEnds = sorted.map((mark) => (farthest = Math.max(farthest, mark.end)));
  return { marks: sorted, farthestEnds };
}

/** The marks that share at least one code unit with the span, in text order. */
export function marksOver(index: MarkIndex, start: number, end: number): readonly ReaderMark[] {
  let low = 0;
  let high = index.marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.marks[middle]?.start ?? 0) < end) low = middle + 1;
    else high = middle;
  }
  const found: ReaderMark[] = [];
  for (let at = low - 1; at >= 0 && (index.farthestEnds[at] ?? 0) > start; at -= 1) {
    const mark = index.marks[at];
    if (mark !== undefined && mark.end > start) found.push(mark);
  }
  return found.reverse();
}

/** Cuts a leaf where marks begin and end. Without marks it is one segment. */
export function segmentsOf(leaf: Leaf, marks: readonly ReaderMark[]): readonly Segment[] {
  const over = marks.filter((mark) => mark.start < leaf.end && mark.end > leaf.start);
  if (over.length === 0) return [{ start: leaf.start, end: leaf.end, marks: [], begins: [] }];
  const cuts = new Set([leaf.start, leaf.end]);
  for (const mark of over) {
    if (mark.start > leaf.start) cuts.add(mark.start);
    if (mark.end < leaf.end) cuts.add(mark.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? leaf.end;
    const here = over.filter((mark) => mark.start <= start && mark.end >= end).toSorted((a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start));
    return { start, end, marks: here, begins: here.filter((mark) => mark.start === start) };
  });
}
