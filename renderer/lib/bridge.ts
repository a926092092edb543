/** The preload's object on window, typed. The only place that reads it. */
import type { RedoubtBridge } from '../../preload/contract/shell.ts';

declare global {
  interface Window {
    readonly redoubt: RedoubtBridge;
  }
}

/** The shell's door: window controls, dialogs, lock, settings. */
export const bridge: RedoubtBridge = window.redoubt;
