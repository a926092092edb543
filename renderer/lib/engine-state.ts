/** What the window knows of its engine: whether a port is there, the last news, when something was last saved. */
import { create } from 'zustand';
import type { EngineNews } from '../../preload/contract/shell.ts';

/** News that ended an engine; it stays until the vault is open again. */
export type EngineEnd = Exclude<EngineNews, { kind: 'started' }>;

export interface EngineState {
  /** False between the end of one engine and the port of the next. */
  readonly connected: boolean;
  /** Why the last engine ended; null when none has since the vault was opened. */
  readonly ended: EngineEnd | null;
  /** Time of the last event of the engine that told of a durable change, in ms; null before the first. */
  readonly savedAt: number | null;
  /** Set by the first run between creating the vault and its last step: the vault is open, the window not yet. */
  readonly settingUp: boolean;
}

/** The window's view of its engine. The shell writes it, except `settingUp`. */
export const useEngineState = create<EngineState>(() => ({ connected: false, ended: null, savedAt: null, settingUp: false }));
