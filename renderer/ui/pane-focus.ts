const lastFocused = new WeakMap<Element, HTMLElement>();

const tabbable = 'button:not([disabled]), input:not([disabled]), textarea:not([disabled]), a[href], [tabindex="0"]';

/** Remembers which element of a pane had the focus, so that coming back returns there. */
export function rememberFocus(pane: Element, element: Element): void {
  if (element instanceof HTMLElement && element !== pane) lastFocused.set(pane, element);
}

/** Focuses a pane: where it was before, else its list or text, else its first control, else the pane itself. */
export function focusPane(pane: HTMLElement): void {
  const last = lastFocused.get(pane);
  const target = last?.isConnected && last.checkVisibility()
    ? last
    : pane.querySelector<HTMLElement>('[role="listbox"], [role="grid"], [data-pane-body][tabindex]') ?? pane.querySelector<HTMLElement>(tabbable);
  (target ?? pane).focus();
}

/** Moves the focus to the next pane (1) or the one before (-1) among the visible ones, round and round; F6 does this. */
export function focusNextPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility());
  if (panes.length === 0) return;
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = current < 0 ? (direction === 1 ? 0 : panes.length - 1) : (current + direction + panes.length) % panes.length;
  const pane = panes[next];
  if (pane) focusPane(pane);
}
