import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

/**
 * Highest box that is laid out, in pixels. Chromium cuts boxes at 2^25 px; a list that would be higher is scaled: the
 * scroll bar covers all of it, and the rows near the scroll position are placed in real size.
 */
export const maxLayoutPx = 16_000_000;

/** Geometry of a list of equal rows in a viewport, all in pixels. */
export interface ListGeometry {
  count: number;
  rowHeight: number;
  viewportPx: number;
}

/** Pixels of list that one pixel of the scroll bar stands for; 1 unless the list is scaled. */
export function scrollRatio({ count, rowHeight, viewportPx }: ListGeometry): number {
  const totalPx = count * rowHeight;
  return totalPx > maxLayoutPx ? (totalPx - viewportPx) / (maxLayoutPx - viewportPx) : 1;
}

/** Rows that touch the viewport at `offsetPx`, with `overscan` more on either side; `end` is exclusive. */
export function rowsAt(geometry: ListGeometry, offsetPx: number, overscan: number): { start: number; end: number } {
  const { count, rowHeight, viewportPx } = geometry;
  const start = Math.max(0, Math.floor(offsetPx / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((offsetPx + viewportPx) / rowHeight) + overscan);
  return { start: Math.min(start, end), end };
}

/** Offset that shows row `index`: the nearest one that shows it whole, or the one with the row in the middle. */
export function offsetShowing(geometry: ListGeometry, offsetPx: number, index: number, align: 'nearest' | 'center'): number {
  const { count, rowHeight, viewportPx } = geometry;
  const topPx = index * rowHeight;
  const wanted = align === 'center'
    ? topPx - (viewportPx - rowHeight) / 2
    : Math.min(topPx, Math.max(offsetPx, topPx + rowHeight - viewportPx));
  return Math.max(0, Math.min(wanted, count * rowHeight - viewportPx));
}

/** What a windowed list needs to draw: its scroller, its whole height, and the rows to place at `topPx`. */
export interface Windowing {
  scrollerRef: RefObject<HTMLDivElement | null>;
  heightPx: number;
  start: number;
  end: number;
  topPx: number;
  /** Whole rows that fit, at least 1: one page. */
  pageRows: number;
  show: (index: number, align?: 'nearest' | 'center') => void;
  /** Row at the top of the viewport now. */
  firstVisible: () => number;
}

interface View { start: number; end: number; topPx: number }

/** What a windowed list is made of; `headPx` is a sticky head inside the scroller. */
export interface WindowingOptions {
  count: number;
  rowHeight: number;
  headPx?: number;
  overscan?: number;
}

/** Follows the scroller and says which of `count` rows to draw. Only those rows exist in the document. */
export function useWindowing({ count, rowHeight, headPx = 0, overscan = 6 }: WindowingOptions): Windowing {
  const scrollerRef = useRef<HTMLDivElement>(null);
  const offsetRef = useRef(0);
  const placedRef = useRef(0);
  const [viewportPx, setViewportPx] = useState(0);
  const geometry = useMemo(() => ({ count, rowHeight, viewportPx }), [count, rowHeight, viewportPx]);
  const [view, setView] = useState<View>({ start: 0, end: 0, topPx: 0 });

  const redraw = useCallback(() => {
    const { start, end } = rowsAt(geometry, offsetRef.current, overscan);
    const scrollTop = scrollerRef.current?.scrollTop ?? 0;
    const topPx = scrollRatio(geometry) === 1 ? start * rowHeight : scrollTop - (offsetRef.current - start * rowHeight);
    setView((old) => (old.start === start && old.end === end && old.topPx === topPx ? old : { start, end, topPx }));
  }, [geometry, overscan, rowHeight]);

  const moveTo = useCallback((offsetPx: number) => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    offsetRef.current = Math.max(0, Math.min(offsetPx, count * rowHeight - viewportPx));
    scroller.scrollTop = offsetRef.current / scrollRatio(geometry);
    placedRef.current = scroller.scrollTop;
    redraw();
  }, [count, geometry, redraw, rowHeight, viewportPx]);

  useLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const measure = () => setViewportPx(Math.max(0, scroller.clientHeight - headPx));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [headPx]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const ratio = scrollRatio(geometry);
    const follow = () => {
      // A position set by moveTo keeps its exact offset; one set by the scroll bar is read back through the ratio.
      if (Math.abs(scroller.scrollTop - placedRef.current) >= 1 || ratio === 1) {
        offsetRef.current = scroller.scrollTop * ratio;
        placedRef.current = scroller.scrollTop;
      }
      redraw();
    };
    // In a scaled list a wheel step would leap over rows, so it is applied to the list instead of to the scroll bar.
    const turn = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unitPx = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
      moveTo(offsetRef.current + event.deltaY * unitPx);
    };
    scroller.addEventListener('scroll', follow, { passive: true });
    if (ratio !== 1) scroller.addEventListener('wheel', turn, { passive: false });
    return () => {
      scroller.removeEventListener('scroll', follow);
      scroller.removeEventListener('wheel', turn);
    };
  }, [geometry, moveTo, redraw, rowHeight]);

  useLayoutEffect(redraw, [redraw]);

  const show = useCallback((index: number, align: 'nearest' | 'center' = 'nearest') => {
    if (viewportPx === 0 || index < 0 || index >= count) return;
    const wanted = offsetShowing(geometry, offsetRef.current, index, align);
    if (wanted !== offsetRef.current) moveTo(wanted);
  }, [count, geometry, moveTo, viewportPx]);

  const firstVisible = useCallback(() => Math.ceil(offsetRef.current / rowHeight), [rowHeight]);

  return {
    scrollerRef,
    heightPx: Math.min(count * rowHeight, maxLayoutPx),
    ...view,
    end: Math.min(view.end, count),
    pageRows: Math.max(1, Math.floor(viewportPx / rowHeight)),
    show,
    firstVisible,
  };
}
