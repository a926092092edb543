import type { BrowserWindow } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPage, startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => { running = await startFixture({ env: { FIXTURE_STAYS: '1' } }); });
afterAll(async () => running[Symbol.asyncDispose]());

/** Width and height of a PNG, from its header. */
function sizeOf(png: Buffer): [width: number, height: number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

async function loggedFrom(action: () => Promise<unknown>, expected: string): Promise<void> {
  await running.application.evaluate(() => { fixtureMain.log.length = 0; });
  await action();
  await vi.waitFor(async () => expect(await running.application.evaluate(() => fixtureMain.log)).toContain(expected));
}

describe('a window', () => {
  it('is exactly as large as asked, and as large as it is set', async () => {
    const { application, page } = running;
    expect(sizeOf(await page.screenshot())).toEqual([640, 480]);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 640, height: 480 });
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 30, y: 40, width: 900, height: 500 }));
    await vi.waitFor(async () => expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 500]));
    expect(sizeOf(await page.screenshot())).toEqual([900, 500]);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 900, height: 500 });
  });

  it('does not become smaller than its minimum', async () => {
    const size = await running.application.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setMinimumSize(700, 450);
      window?.setBounds({ width: 100, height: 100 });
      return window?.getBounds();
    });
    expect(size).toMatchObject({ width: 700, height: 450 });
    await vi.waitFor(async () => expect(await running.page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 450]));
  });

  it('is maximised, minimised and restored, with events', async () => {
    const { application } = running;
    await loggedFrom(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize()), 'maximize');
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized())).toBe(true);
    await loggedFrom(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.unmaximize()), 'unmaximize');
    await loggedFrom(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize()), 'minimize');
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())).toBe(true);
    await loggedFrom(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore()), 'restore');
    expect(await application.evaluate(({ BrowserWindow }) => { const window = BrowserWindow.getAllWindows()[0]; return [window?.isMaximized(), window?.isMinimized()]; })).toEqual([false, false]);
  });

  it('is found by its page and its id, and shown and hidden', async () => {
    const window = await running.application.browserWindow(running.page);
    expect(await window.evaluate((found: BrowserWindow, title) => [found.getTitle() === title, found.isVisible()], 'Conformance')).toEqual([true, true]);
    expect(await running.application.evaluate(({ BrowserWindow }) => {
      const first = BrowserWindow.getAllWindows()[0];
      if (!first) return 'no window';
      first.hide();
      const hidden = first.isVisible();
      first.show();
      return [BrowserWindow.fromId(first.id) === first, BrowserWindow.fromWebContents(first.webContents) === first, hidden, first.isVisible()];
    })).toEqual([true, true, false, true]);
  });

  it('stays when its close is prevented, and ends when it is destroyed', async () => {
    const { application } = running;
    const page = await openPage(application, 'page.html');
    expect(await application.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().at(-1);
      window?.once('close', (event) => event.preventDefault());
      window?.close();
      return window?.isDestroyed();
    })).toBe(false);
    const gone = page.waitForEvent('close');
    await loggedFrom(() => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.close()), 'closed');
    await gone;
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await application.evaluate(() => fixtureMain.log)).toContain('destroyed');
  });

  it('ends when its page is closed from outside', async () => {
    const { application } = running;
    const page = await openPage(application, 'page.html');
    await page.close();
    await vi.waitFor(async () => expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1));
  });
});

describe('the page of a window', () => {
  it('announces its load', async () => {
    await running.page.reload();
    await running.page.waitForSelector('#ready:not(:empty)');
    await vi.waitFor(async () => expect(await running.application.evaluate(() => fixtureMain.log)).toEqual(expect.arrayContaining(['did-navigate', 'dom-ready', 'did-finish-load'])));
  });

  it('knows its address and what it was made with', async () => {
    expect(await running.application.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents()[0];
      const preferences = (contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }).getLastWebPreferences();
      return { url: contents?.getURL(), frame: contents?.mainFrame.url, parent: contents?.mainFrame.parent, sandbox: preferences.sandbox, isolation: preferences.contextIsolation, node: preferences.nodeIntegration };
    })).toEqual({ url: 'app://bundle/page.html', frame: 'app://bundle/page.html', parent: null, sandbox: true, isolation: true, node: false });
  });

  it('runs script, is captured and printed', async () => {
    const { application } = running;
    expect(await application.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.executeJavaScript('document.title'))).toBe('Conformance');
    const captured = await application.evaluate(async ({ webContents }) => (await webContents.getAllWebContents()[0]?.capturePage())?.toPNG().toString('base64'));
    expect(Buffer.from(captured ?? '', 'base64').subarray(1, 4).toString()).toBe('PNG');
    const pdf = await application.evaluate(async ({ webContents }) => (await webContents.getAllWebContents()[0]?.printToPDF({ pageSize: 'A4' }))?.toString('latin1').slice(0, 5));
    expect(pdf).toBe('%PDF-');
  });

  it('follows the theme', async () => {
    const { application, page } = running;
    const isDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    expect(await application.evaluate(({ nativeTheme }) => new Promise((resolve) => {
      nativeTheme.once('updated', () => resolve(nativeTheme.shouldUseDarkColors));
      nativeTheme.themeSource = 'dark';
    }))).toBe(true);
    await vi.waitFor(async () => expect(await isDark()).toBe(true));
    await page.reload();
    await page.waitForSelector('#ready:not(:empty)');
    await vi.waitFor(async () => expect(await isDark()).toBe(true));
    await application.evaluate(({ nativeTheme }) => { nativeTheme.themeSource = 'light'; });
    await vi.waitFor(async () => expect(await isDark()).toBe(false));
  });

  it('is zoomed', async () => {
    const width = (await running.page.evaluate(() => innerWidth));
    await running.application.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.setZoomFactor(2));
    await vi.waitFor(async () => expect(await running.page.evaluate(() => innerWidth)).toBe(Math.round(width / 2)));
    await running.application.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.setZoomFactor(1));
    await vi.waitFor(async () => expect(await running.page.evaluate(() => innerWidth)).toBe(width));
  });

  it('reports a load that fails', async () => {
    const failure = await running.application.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      const code = await window.loadURL('http://outside.invalid/').then(() => 'loaded', (error: { code: string }) => error.code);
      window.destroy();
      return code;
    });
    expect(failure).toMatch(/^ERR_(NAME_NOT_RESOLVED|BLOCKED_BY_CLIENT|FAILED)$/);
  });

  it('tells of its crash', async () => {
    const { application } = running;
    await openPage(application, 'page.html');
    const reason = await application.evaluate(({ BrowserWindow }) => new Promise((resolve) => {
      const contents = BrowserWindow.getAllWindows().at(-1)?.webContents;
      contents?.once('render-process-gone', (_event, details) => resolve(details.reason));
      contents?.forcefullyCrashRenderer();
    }));
    expect(reason).toMatch(/^(crashed|killed)$/);
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.destroy());
  });
});
