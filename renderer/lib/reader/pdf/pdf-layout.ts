/** Sizes and places of pages. Pure. */

/** A page's size in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels per point at 100%. */
export const fullScale = 96 / 72;

const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** The scale at which a page fills the desk, with room beside it, and is never larger than 100%. */
export function fitScale(deskPx: number, pageWidth: number): number {
  return Math.max(0.25 * fullScale, Math.min((deskPx - 48) / Math.max(1, pageWidth), fullScale));
}

/** The next larger (1) or smaller (-1) step of zoom from a scale; itself at the ends. */
export function nextScale(scale: number, direction: 1 | -1): number {
  const zoom = scale / fullScale;
  const next = direction === 1 ? steps.find((step) => step > zoom + 0.005) : steps.findLast((step) => step < zoom - 0.005);
  return next === undefined ? scale : next * fullScale;
}

/** The page that a line through the scroller's upper third crosses; `tops` are the pages' tops in order. 1-based. */
export function pageAt(tops: readonly number[], line: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

/** A page number that someone typed, within the document; null when it is none. */
export function typedPage(text: string, pages: number): number | null {
  const value = Number(text.trim());
  return Number.isInteger(value) && text.trim() !== '' ? Math.max(1, Math.min(value, pages)) : null;
}
