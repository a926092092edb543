/**
 * The panes of each view: widths are kept by the shell for this computer, folding by the window. A view passes what
 * `usePanesState` gives to Panes; Ctrl B and Ctrl J go through `toggleSidePane`.
 */
import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { foldingAt, type PaneSide, type PanesState, togglePane } from '../ui/pane-widths.ts';
import { useNavigation, type View } from './navigation.ts';
import { changeShellSettings, useShellSettings } from './shell-settings.ts';

interface Moved {
  /** Widths since start by `view.side`, ahead of what the shell has kept; null puts one back to its default. */
  readonly widths: Readonly<Record<string, number | null>>;
  readonly overlay: PaneSide | null;
}

const useMoved = create<Moved>(() => ({ widths: {}, overlay: null }));

const keepAfterMs = 500;
let keepTimer: ReturnType<typeof setTimeout> | undefined;

/** A divider moves many times a second; the shell hears of it when it rests. */
function keepSoon(): void {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => {
    const panes = { ...useShellSettings.getState().settings?.panes };
    for (const [name, width] of Object.entries(useMoved.getState().widths)) {
      if (width === null) delete panes[name];
      else panes[name] = width;
    }
    changeShellSettings({ panes }).catch((error: unknown) => { console.error('The width of a pane was not kept.', error); });
  }, keepAfterMs);
}

/** The state of a view's panes and what to call when Panes changes it. */
export function usePanesState(view: View | 'cases'): readonly [PanesState, (state: PanesState) => void] {
  const kept = useShellSettings((state) => state.settings?.panes);
  const { widths, overlay } = useMoved();
  const isListHidden = useNavigation((state) => state.listFolded);
  const isWorkHidden = useNavigation((state) => state.workFolded);
  const state = useMemo((): PanesState => {
    const widthOf = (side: PaneSide): number | null => {
      const moved = widths[`${view}.${side}`];
      return moved === undefined ? kept?.[`${view}.${side}`] ?? null : moved;
    };
    return { listPx: widthOf('list'), workPx: widthOf('work'), isListHidden, isWorkHidden, overlay };
  }, [view, kept, widths, overlay, isListHidden, isWorkHidden]);
  const change = useCallback((next: PanesState) => {
    const before = useMoved.getState();
    const changed = { [`${view}.list`]: next.listPx, [`${view}.work`]: next.workPx };
    useMoved.setState({ overlay: next.overlay, widths: { ...before.widths, ...changed } });
    const { foldList, foldWork } = useNavigation.getState();
    foldList(next.isListHidden);
    foldWork(next.isWorkHidden);
    keepSoon();
  }, [view]);
  return [state, change];
}

/** Shows or hides the list or the work pane of the view that is shown; in a narrow window, lays it over the document. */
export function toggleSidePane(side: PaneSide): void {
  const { listFolded, workFolded, foldList, foldWork } = useNavigation.getState();
  const before: PanesState = { listPx: null, workPx: null, isListHidden: listFolded, isWorkHidden: workFolded, overlay: useMoved.getState().overlay };
  const after = togglePane(before, side, foldingAt(window.innerWidth));
  useMoved.setState({ overlay: after.overlay });
  foldList(after.isListHidden);
  foldWork(after.isWorkHidden);
}
