import { writeFile } from 'node:fs/promises';
import { app, clipboard, dialog, nativeTheme, type BrowserWindow } from 'electron';
import type * as z from 'zod';
import type { ShellCallName, ShellCalls, ShellOutput } from '../../preload/contract/shell.ts';
import type { EngineHost } from './engine-host.ts';
import type { Settings } from './settings.ts';
import { rememberVault } from './vault-place.ts';
import type { Windows } from './windows.ts';

/** A call's input after parsing. */
export type ParsedInput<N extends ShellCallName> = z.output<ShellCalls[N]['input']>;

/** One function for every call of the contract; a missing one does not compile. `window` is the caller's. */
export type CallTable = {
  readonly [N in ShellCallName]: (input: ParsedInput<N>, window: BrowserWindow) => ShellOutput<N> | Promise<ShellOutput<N>>;
};

/** What the calls act on. */
export interface CallParts {
  readonly windows: Windows;
  readonly host: EngineHost;
  readonly settings: Settings;
  readonly userData: string;
}

/** The calls' implementations. Dialogs belong to the caller's window. */
export function createCallTable({ windows, host, settings, userData }: CallParts): CallTable {
  return {
    'window.minimise': (_input, window) => {
      window.minimize();
      return {};
    },
    'window.toggle-maximise': (_input, window) => {
      const maximised = !window.isMaximized();
      if (maximised) window.maximize();
      else window.unmaximize();
      return { maximised };
    },
    'window.close': (_input, window) => {
      window.close();
      return {};
    },
    'window.new': () => {
      windows.open();
      return {};
    },
    'vault.lock': async () => {
      await host.lock('key');
      return {};
    },
    'vault.choose': async (_input, window) => {
      const folder = await chooseFolder(window, 'Choose a vault folder');
      if (folder === null) return { chosen: false };
      rememberVault(userData, folder);
      await host.moveTo(folder);
      return { chosen: true };
    },
    'files.choose': async ({ what }, window) => {
      const kind = what === 'folders' ? 'openDirectory' : 'openFile';
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: [kind, 'multiSelections'] });
      return { paths: canceled ? [] : filePaths };
    },
    'files.choose-save-folder': async (_input, window) => ({ path: await chooseFolder(window, 'Choose a folder') }),
    'files.save-text': async ({ suggestedName, text }, window) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: suggestedName });
      if (canceled || filePath === '') return { saved: false };
      await writeFile(filePath, text, { mode: 0o600 });
      return { saved: true };
    },
    'page.print': (_input, window) => print(window),
    'clipboard.write': async ({ text }) => {
      await clipboard.writeText(text);
      return {};
    },
    'settings.get': () => settings.get(),
    'settings.set': (change) => {
      const now = settings.set(change);
      nativeTheme.themeSource = now.theme;
      return now;
    },
    'engine.news': () => ({ news: host.news() }),
    'engine.restart': () => {
      host.restart();
      return {};
    },
    about: () => ({ version: app.getVersion(), platform: process.platform, standIn: 'standIn' in app }),
  };
}

async function chooseFolder(window: BrowserWindow, title: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openDirectory', 'createDirectory'] });
  return canceled ? null : (filePaths[0] ?? null);
}

function print(window: BrowserWindow): Promise<{ printed: boolean }> {
  return new Promise((resolve) => {
    window.webContents.print({}, (printed) => resolve({ printed }));
  });
}
