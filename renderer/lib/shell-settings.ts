/** Settings of this computer as the shell keeps them: theme, idle time, single keys, pane widths. */
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { ShellSettings } from '../../preload/contract/shell.ts';
import { bridge } from './bridge.ts';
import { useCommandRegistry } from './commands.ts';

interface SettingsState {
  /** Null until the shell has answered. */
  readonly settings: ShellSettings | null;
}

/** The settings as last answered by the shell. */
export const useShellSettings = create<SettingsState>(() => ({ settings: null }));

function take(settings: ShellSettings): void {
  useShellSettings.setState({ settings });
  useCommandRegistry.getState().setSingleKeys(settings.singleKeys);
  const root = document.documentElement;
  if (settings.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = settings.theme;
}

/** Reads the settings and applies theme and single keys. Rejects with an Error that is safe to show. */
export async function loadShellSettings(): Promise<void> {
  take(await bridge.shell('settings.get', {}));
}

/** Changes some settings, here at once and in the shell for good. Rejects, and restores, when the shell cannot keep them. */
export async function changeShellSettings(change: Partial<ShellSettings>): Promise<void> {
  const before = useShellSettings.getState().settings;
  if (before !== null) take({ ...before, ...change });
  try {
    take(await bridge.shell('settings.set', change));
  } catch (error) {
    if (before !== null) take(before);
    throw error;
  }
}

/** This computer's program: version, platform, and whether the stand-in runs it; null until the shell has answered. */
export function useAbout(): { version: string; platform: string; standIn: boolean } | null {
  const [about, setAbout] = useState<{ version: string; platform: string; standIn: boolean } | null>(null);
  useEffect(() => {
    let isGone = false;
    bridge.shell('about', {}).then((answer) => { if (!isGone) setAbout(answer); }, () => undefined);
    return () => { isGone = true; };
  }, []);
  return about;
}
