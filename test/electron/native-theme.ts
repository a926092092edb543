import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { CdpSession } from './cdp.ts';
import { strictClass } from './strict.ts';
import { traced } from './trace.ts';

const pages = new Set<CdpSession>();

/** Electron's nativeTheme; `system` is whatever Chromium takes for the system's, which is light. */
export class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly prefersReducedTransparency = false;
  readonly inForcedColorsMode = false;
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError('Error processing argument at index 0');
    if (source === this.#source) return;
    this.#source = source;
    for (const page of pages) applyTheme(page);
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

/** The one nativeTheme. */
export const nativeTheme = new NativeTheme();
strictClass('nativeTheme', NativeTheme);

/** Makes a page's `prefers-color-scheme` follow the theme; the returned function ends that. */
export function followTheme(page: CdpSession): () => void {
  pages.add(page);
  applyTheme(page);
  return () => pages.delete(page);
}

/** Says the theme again: another debugger may have set its own when it attached. */
export function applyTheme(page: CdpSession): void {
  const value = nativeTheme.themeSource === 'system' ? '' : nativeTheme.themeSource;
  page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] }).catch(traced('theme'));
}
