import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names.ts';
import { focusPane } from './pane-focus.ts';
import { foldingAt, type PaneSide, type PaneSize, type PanesState, paneWidth, useWindowWidth } from './pane-widths.ts';
import css from './panes.module.css';

/** A side pane: its content is one Pane, and `name` is what its divider is called by. */
export interface SidePane extends PaneSize {
  name: string;
  content: ReactNode;
}

/** Props of Panes. `children` is the middle pane, which takes the rest and never less than `middleMinPx`. */
export interface PanesProps {
  list: SidePane;
  work?: SidePane | undefined;
  middleMinPx: number;
  children: ReactNode;
  state: PanesState;
  onChange: (state: PanesState) => void;
}

/**
 * Two or three panes with dividers between them. Under 1180 px the work pane folds away and under 900 px the list too;
 * `state.overlay` lays a folded one over the document. A hidden pane stays mounted, so nothing typed in it is lost.
 */
export function Panes({ list, work, middleMinPx, children, state, onChange }: PanesProps) {
  const windowPx = useWindowWidth();
  const folding = foldingAt(windowPx);
  const listPx = paneWidth(list, windowPx, state.listPx);
  const workPx = work ? paneWidth(work, windowPx, state.workPx) : 0;
  const isListInline = !folding.list && !state.isListHidden;
  const isWorkInline = work !== undefined && !folding.work && !state.isWorkHidden;
  const columns = [
    isListInline && `minmax(${list.minPx}px, ${listPx}px)`,
    `minmax(${middleMinPx}px, 1fr)`,
    work && isWorkInline && `minmax(${work.minPx}px, ${workPx}px)`,
  ].filter(Boolean).join(' ');
  const isOverlay = (side: PaneSide) => folding[side] && state.overlay === side;
  const closeOverlay = () => { if (state.overlay) onChange({ ...state, overlay: null }); };
  return (
    <div className={css.panes} style={{ gridTemplateColumns: columns }}>
      <Side pane={list} side="list" widthPx={listPx} isInline={isListInline} isOverlay={isOverlay('list')}
        onMove={(px) => onChange({ ...state, listPx: px })} onClose={closeOverlay} />
      <div className={css.middle} onPointerDown={closeOverlay}>{children}</div>
      {work && (
        <Side pane={work} side="work" widthPx={workPx} isInline={isWorkInline} isOverlay={isOverlay('work')}
          onMove={(px) => onChange({ ...state, workPx: px })} onClose={closeOverlay} />
      )}
    </div>
  );
}

interface SideProps {
  pane: SidePane;
  side: PaneSide;
  widthPx: number;
  isInline: boolean;
  isOverlay: boolean;
  onMove: (widthPx: number | null) => void;
  onClose: () => void;
}

function Side({ pane, side, widthPx, isInline, isOverlay, onMove, onClose }: SideProps) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOverlay) return;
    const before = document.activeElement;
    const element = ref.current;
    const inside = element?.querySelector<HTMLElement>('[data-pane]');
    if (inside) focusPane(inside);
    return () => {
      const isFocusLost = document.activeElement === document.body || element?.contains(document.activeElement);
      if (isFocusLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [isOverlay]);
  const leave = (event: KeyboardEvent) => {
    if (!isOverlay || event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears the Escape that comes up from the pane inside; itself it is nothing to act on
    <div
      id={id}
      ref={ref}
      hidden={!isInline && !isOverlay}
      className={classNames(css.side, css[side], isOverlay && css.overlay)}
      onKeyDown={leave}
      {...(isOverlay && { style: { width: Math.max(widthPx, pane.minPx) } })}
    >
      {pane.content}
      {isInline && <Divider pane={pane} side={side} widthPx={widthPx} controls={id} onMove={onMove} />}
    </div>
  );
}

const stepPx = 16;

interface DividerProps {
  pane: SidePane;
  side: PaneSide;
  widthPx: number;
  controls: string;
  onMove: (widthPx: number | null) => void;
}

function Divider({ pane, side, widthPx, controls, onMove }: DividerProps) {
  const drag = useRef<{ fromX: number; fromPx: number } | null>(null);
  // Moving right widens the list and narrows the work pane.
  const sign = side === 'list' ? 1 : -1;
  const moveTo = (px: number) => onMove(Math.round(Math.max(pane.minPx, Math.min(px, pane.maxPx))));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? sign : event.key === 'ArrowLeft' ? -sign : 0;
    if (step !== 0) moveTo(widthPx + step * stepPx);
    else if (event.key === 'Home') moveTo(pane.minPx);
    else if (event.key === 'End') moveTo(pane.maxPx);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { fromX: event.clientX, fromPx: widthPx };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) moveTo(drag.current.fromPx + sign * (event.clientX - drag.current.fromX));
  };
  const endDrag = () => { drag.current = null; };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={`Width of ${pane.name}`}
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuenow={widthPx}
      aria-valuemin={pane.minPx}
      aria-valuemax={pane.maxPx}
      aria-valuetext={`${widthPx} pixels`}
      className={css.divider}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onDoubleClick={() => onMove(null)}
    />
  );
}
