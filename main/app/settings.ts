import { join } from 'node:path';
import { shellSettings, type ShellSettings } from '../../preload/contract/shell.ts';
import { keepAside, readJsonFile, writeJsonFile } from './json-file.ts';

/** A change of some settings; what is absent or undefined stays. */
export type SettingsChange = { readonly [K in keyof ShellSettings]?: ShellSettings[K] | undefined };

/** The settings of this computer, in memory and in `settings.json`. */
export interface Settings {
  readonly get: () => ShellSettings;
  /** Changes the given ones and writes the file before it returns. Throws the system's error when that fails; then nothing changed. */
  readonly set: (change: SettingsChange) => ShellSettings;
  /** The name under which a damaged file was kept; null when there was none. */
  readonly keptAside: string | null;
}

/** Reads `settings.json` of a folder. A damaged one is renamed, never overwritten, and the defaults are used. */
export function openSettings(folder: string): Settings {
  const file = join(folder, 'settings.json');
  const found = readJsonFile(file, shellSettings);
  const keptAside = found.kind === 'damaged' ? keepAside(file) : null;
  let current = found.kind === 'read' ? found.value : shellSettings.parse({});
  return {
    get: () => current,
    set: (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const next = shellSettings.parse({ ...current, ...given });
      writeJsonFile(file, next);
      current = next;
      return next;
    },
    keptAside,
  };
}
