import type { BrowserWindow, WebContents } from 'electron';
import { channels } from '../../preload/channels.ts';
import type { EngineNews } from '../../preload/contract/shell.ts';
import { judgeCrash } from './crash-circuit.ts';
import type { Page, Pages } from './engine-host.ts';

/** A window of ours and the page in it. */
export interface OpenWindow {
  readonly window: BrowserWindow;
  readonly page: Page;
}

/** The open windows: the only ones whose calls are answered. */
export interface Windows extends Pages {
  readonly open: () => void;
  /** The window of a contents; null when it is none of ours. */
  readonly of: (contents: WebContents) => OpenWindow | null;
  /** Brings the window that was opened last to the front, or opens one. */
  readonly show: () => void;
}

/** What keeping windows needs: how to make one, and whom to tell that a page is gone or crashes again and again. */
export interface WindowsParts {
  readonly create: () => BrowserWindow;
  readonly onClosed: (page: Page) => void;
  readonly onCrashLoop: () => void;
}

/** Keeps the open windows. A page that crashes is loaded again, within the limit of the crash circuit. */
export function createWindows(parts: WindowsParts): Windows {
  const openByContents = new Map<WebContents, OpenWindow>();

  function send(channel: string, value: EngineNews | boolean, contents: WebContents): void {
    if (!contents.isDestroyed()) contents.send(channel, value);
  }

  function open(): void {
    const window = parts.create();
    const contents = window.webContents;
    const page: Page = {
      give: (port) => {
        if (contents.isDestroyed()) port.close();
        else contents.postMessage(channels.enginePort, null, [port]);
      },
    };
    openByContents.set(contents, { window, page });
    window.on('maximize', () => send(channels.maximised, true, contents));
    window.on('unmaximize', () => send(channels.maximised, false, contents));
    window.on('closed', () => {
      openByContents.delete(contents);
      parts.onClosed(page);
    });
    reviveOnCrash(contents, parts.onCrashLoop);
  }

  return {
    open,
    of: (contents) => openByContents.get(contents) ?? null,
    show: () => {
      const latest = [...openByContents.values()].at(-1);
      if (latest === undefined) {
        open();
        return;
      }
      if (latest.window.isMinimized()) latest.window.restore();
      latest.window.focus();
    },
    tell: (news, except) => {
      for (const [contents, { page }] of openByContents) if (except?.has(page) !== true) send(channels.engineNews, news, contents);
    },
    renew: () => {
      for (const contents of openByContents.keys()) if (!contents.isDestroyed()) contents.reloadIgnoringCache();
    },
  };
}

function reviveOnCrash(contents: WebContents, onCrashLoop: () => void): void {
  let crashesMs: readonly number[] = [];
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || contents.isDestroyed()) return;
    const verdict = judgeCrash(crashesMs, Date.now());
    crashesMs = verdict.crashesMs;
    if (verdict.decision === 'restart') contents.reload();
    else onCrashLoop();
  });
}
