/** Places in drawn text to canonical offsets and back. The arithmetic is pure; the rest reads the DOM and changes nothing. */

/** A drawn run: the canonical span it stands for and the length of its text node. They differ only where PDF text was normalised. */
export interface DrawnRun {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** The canonical offset of a place in a run. Where the lengths differ it is in proportion, and exact at both ends. */
export function toCanonical(run: DrawnRun, at: number): number {
  const span = run.end - run.start;
  const place = Math.max(0, Math.min(at, run.length));
  if (span === run.length) return run.start + place;
  return run.length === 0 ? run.start : run.start + Math.round((place * span) / run.length);
}

/** The place in a run of a canonical offset, clamped to the run. */
export function fromCanonical(run: DrawnRun, offset: number): number {
  const span = run.end - run.start;
  const inside = Math.max(0, Math.min(offset - run.start, span));
  if (span === run.length) return inside;
  return span === 0 ? 0 : Math.round((inside * run.length) / span);
}

/** The runs, in text order, that share a code unit with the span, as places in each. */
export function piecesOf(runs: readonly DrawnRun[], start: number, end: number): readonly { readonly index: number; readonly from: number; readonly to: number }[] {
  const pieces = [];
  for (const [index, run] of runs.entries()) {
    if (run.start >= end || run.end <= start) continue;
    const from = fromCanonical(run, start);
    const to = fromCanonical(run, end);
    if (to > from) pieces.push({ index, from, to });
  }
  return pieces;
}

/** The attributes that tie an element with one text node to its canonical span. */
export const runAttributes = (start: number, end: number): { readonly 'data-start': number; readonly 'data-end': number } => ({ 'data-start': start, 'data-end': end });

function textOf(element: Element): Text | null {
  return element.firstChild instanceof Text ? element.firstChild : null;
}

function runOf(element: HTMLElement): DrawnRun {
  return { start: Number(element.dataset['start']), end: Number(element.dataset['end']), length: textOf(element)?.length ?? 0 };
}

function runsIn(root: Element): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-start]')];
}

/** The canonical offset of a DOM point; outside drawn text, that of the nearest run after it, else before it. Null when nothing is drawn. */
export function offsetOfPoint(root: Element, node: Node, at: number): number | null {
  if (node instanceof Text) {
    const element = node.parentElement?.closest<HTMLElement>('[data-start]');
    if (element !== null && element !== undefined && root.contains(element)) return toCanonical(runOf(element), at);
  }
  const point = document.createRange();
  point.setStart(node, at);
  let last: HTMLElement | null = null;
  for (const element of runsIn(root)) {
    const text = textOf(element);
    if (text === null) continue;
    if (point.comparePoint(text, 0) >= 0) return runOf(element).start;
    last = element;
  }
  return last === null ? null : runOf(last).end;
}

/** DOM ranges over what is drawn of a canonical span, one for each run, in text order. */
export function rangesOf(root: Element, start: number, end: number): readonly Range[] {
  const elements = runsIn(root);
  return piecesOf(elements.map(runOf), start, end).flatMap((piece) => {
    const element = elements[piece.index];
    const text = element === undefined ? null : textOf(element);
    if (text === null) return [];
    const range = document.createRange();
    range.setStart(text, piece.from);
    range.setEnd(text, piece.to);
    return [range];
  });
}

/** Where the first drawn part of a span is on the screen; null when none of it is drawn. */
export function rectOf(root: Element, start: number, end: number): DOMRect | null {
  const [range] = rangesOf(root, start, Math.max(end, start + 1));
  return range?.getBoundingClientRect() ?? null;
}
