/** What the app knows of a window: enough to close it when the app quits. */
export interface OpenWindow {
  readonly id: number;
  /** Runs the `close` event; false when a listener prevented it. */
  tryClose(): boolean;
}

const windowsById = new Map<number, OpenWindow>();
let onAllClosed: () => void = () => {};

/** Adds a window to those that keep the app open. */
export function addOpenWindow(window: OpenWindow): void {
  windowsById.set(window.id, window);
}

/** Takes a closed window out; after the last one the app is told. */
export function removeOpenWindow(window: OpenWindow): void {
  if (windowsById.delete(window.id) && windowsById.size === 0) onAllClosed();
}

/** The open windows in the order of their making. */
export function openWindows(): OpenWindow[] {
  return [...windowsById.values()];
}

/** Sets what happens after the last window has closed. */
export function whenAllWindowsClosed(listener: () => void): void {
  onAllClosed = listener;
}
