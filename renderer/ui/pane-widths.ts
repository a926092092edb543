import { useSyncExternalStore } from 'react';

/** Which side pane. */
export type PaneSide = 'list' | 'work';

/** Limits of a side pane: pixels, and the share of the window's width that it takes until someone moves its divider. */
export interface PaneSize {
  minPx: number;
  maxPx: number;
  share: number;
}

/** What someone did to the panes of a view; the caller keeps one per view. Widths are null until a divider is moved. */
export interface PanesState {
  listPx: number | null;
  workPx: number | null;
  isListHidden: boolean;
  isWorkHidden: boolean;
  /** The folded pane that lies over the document now. */
  overlay: PaneSide | null;
}

/** Nothing moved, nothing hidden. */
export const initialPanesState: PanesState = { listPx: null, workPx: null, isListHidden: false, isWorkHidden: false, overlay: null };

/** Which panes a window of this width has no room for. */
export interface PaneFolding {
  list: boolean;
  work: boolean;
}

const foldWorkUnderPx = 1180;
const foldListUnderPx = 900;

/** Says which panes fold away in a window `windowPx` wide. */
export function foldingAt(windowPx: number): PaneFolding {
  return { list: windowPx < foldListUnderPx, work: windowPx < foldWorkUnderPx };
}

/** Shows or hides a pane: in its column where there is room, over the document where it is folded away. */
export function togglePane(state: PanesState, side: PaneSide, folding: PaneFolding): PanesState {
  if (folding[side]) return { ...state, overlay: state.overlay === side ? null : side };
  return side === 'list'
    ? { ...state, isListHidden: !state.isListHidden, overlay: null }
    : { ...state, isWorkHidden: !state.isWorkHidden, overlay: null };
}

/** Width of a pane that nobody moved, or the moved one within its limits. */
export function paneWidth(size: PaneSize, windowPx: number, movedPx: number | null): number {
  return Math.round(Math.max(size.minPx, Math.min(movedPx ?? size.share * windowPx, size.maxPx)));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Follows the width of the window in pixels. */
export function useWindowWidth(): number {
  return useSyncExternalStore(subscribe, () => window.innerWidth);
}

/** Follows which panes the window has no room for. */
export function usePaneFolding(): PaneFolding {
  return foldingAt(useWindowWidth());
}
