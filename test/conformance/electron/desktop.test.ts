import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantFile, host } from '../../support/electron-host.ts';
import { startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => { running = await startFixture(); });
afterAll(async () => running[Symbol.asyncDispose]());

describe('the desktop', () => {
  it('answers dialogs with what the test puts in their place', async () => {
    await running.application.evaluate(({ dialog }) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/chosen.csv'] }); });
    expect(await running.application.evaluate(async ({ dialog }) => (await dialog.showOpenDialog({})).filePaths)).toEqual(['/chosen.csv']);
  });

  it('tells the path of a file on disk, and none of a file that is not', async () => {
    const file = path.join(running.fixture.appFolder, 'chosen.txt');
    await writeFile(file, 'twelve bytes');
    await grantFile(running.application, { name: 'chosen.txt', size: 12, path: file });
    await running.page.setInputFiles('#file', file);
    expect(await running.page.evaluate(() => {
      const chosen = (document.getElementById('file') as HTMLInputElement).files?.[0];
      return [chosen ? fixtureApi.pathOf(chosen) : 'no file', fixtureApi.pathOf(new File(['made up'], 'made-up.txt'))];
    })).toEqual([file, '']);
  });

  it.runIf(host === 'standin')('keeps granted paths over a reload', async () => {
    await running.page.reload();
    await running.page.waitForSelector('#ready:not(:empty)');
    expect(await running.page.evaluate(() => fixtureApi.pathOf(new File(['twelve bytes'], 'chosen.txt')))).toContain('chosen.txt');
  });

  it('passes on what the power monitor says', async () => {
    expect(await running.application.evaluate(({ powerMonitor }) => {
      const seen: string[] = [];
      for (const name of ['suspend', 'lock-screen', 'resume', 'unlock-screen'] as const) {
        powerMonitor.once(name as 'suspend', () => seen.push(name));
        powerMonitor.emit(name);
      }
      return [seen, typeof powerMonitor.getSystemIdleTime()];
    })).toEqual([['suspend', 'lock-screen', 'resume', 'unlock-screen'], 'number']);
  });

  it.runIf(host === 'standin')('is as idle as the test says', async () => {
    expect(await running.application.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('stand-in:idle-time', 300);
      return [powerMonitor.getSystemIdleTime(), powerMonitor.getSystemIdleState(200)];
    })).toEqual([300, 'idle']);
  });

  it('has menus, a clipboard and a screen', async () => {
    expect(await running.application.evaluate(async ({ Menu, clipboard, screen }) => {
      const chosen: string[] = [];
      const menu = Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'open', label: 'Open', click: () => chosen.push('open') }] }]);
      Menu.setApplicationMenu(menu);
      Menu.getApplicationMenu()?.getMenuItemById('open')?.click();
      Menu.setApplicationMenu(null);
      await clipboard.writeText('copied');
      return [chosen, Menu.getApplicationMenu(), await clipboard.readText(), screen.getPrimaryDisplay().workAreaSize.width > 0];
    })).toEqual([['open'], null, 'copied', true]);
  });

  it('seals and opens a secret', async () => {
    expect(await running.application.evaluate(({ safeStorage }) => {
      const sealed = safeStorage.encryptString('a secret');
      return [sealed.includes('a secret'), safeStorage.decryptString(sealed)];
    })).toEqual([false, 'a secret']);
    await expect(running.application.evaluate(({ safeStorage }) => safeStorage.decryptString(Buffer.from('v10 nothing of the kind, and long enough')))).rejects.toThrow('Error while decrypting');
  });
});

describe.runIf(host === 'standin')('the stand-in', () => {
  const refusal = (member: string): string => `stand-in: ${member} is not implemented`;

  it('throws on members that it lacks, and says which', async () => {
    expect(await running.application.evaluate(({ app, shell, net, crashReporter, Tray, BrowserWindow, session, webContents }) => {
      const attempt = (act: () => unknown): string => {
        try {
          act();
          return 'nothing thrown';
        } catch (error) {
          return (error as Error).message;
        }
      };
      return [
        attempt(() => shell.openExternal('https://outside.invalid')), attempt(() => net.fetch('https://outside.invalid')), attempt(() => crashReporter.start({ submitURL: '' })),
        attempt(() => new Tray('icon.png')), attempt(() => app.relaunch()), attempt(() => BrowserWindow.getAllWindows()[0]?.setKiosk(true)),
        attempt(() => webContents.getAllWebContents()[0]?.openDevTools()), attempt(() => session.defaultSession.webRequest.onHeadersReceived(null)),
      ];
    })).toEqual([
      refusal('shell.openExternal'), refusal('net.fetch'), refusal('crashReporter.start'), refusal('Tray'), refusal('app.relaunch'),
      refusal('BrowserWindow.setKiosk'), refusal('webContents.openDevTools'), refusal('webRequest.onHeadersReceived'),
    ]);
    expect(await running.page.evaluate(() => {
      try {
        return fixtureApi.missingMember();
      } catch (error) {
        return (error as Error).message;
      }
    })).toBe(refusal('ipcRenderer.sendToHost'));
  });

  it('can be awaited, printed and asked for members all the same', async () => {
    expect(await running.application.evaluate(async ({ app, BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      await Promise.resolve(window);
      // oxlint-disable-next-line typescript/no-base-to-string -- that it prints like any object is what is asked
      return [String(app), JSON.stringify({ window: typeof window }), window !== undefined && 'setKiosk' in window, window instanceof BrowserWindow];
    })).toEqual(['[object Object]', '{"window":"object"}', false, true]);
  });
});
