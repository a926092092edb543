/**
 * Electron's own process: windows, the app:// bundle, the lock, and one engine. It holds no keys and no document text. Entry of
 * the bundle out/main/app.js; everything it needs lies beside that file.
 */
import { join } from 'node:path';
import { app, dialog, nativeTheme } from 'electron';
import { systemClock } from '../base/clock.ts';
import { answerCalls } from './calls.ts';
import { endWithFault, installCrashDialogs } from './crash-dialogs.ts';
import { createEngineHost } from './engine-host.ts';
import { hardenedSession, hardenProcess, hardenResolver, refuseNavigation } from './hardening.ts';
import { watchLockTriggers } from './lock-triggers.ts';
import { installMenu } from './menu.ts';
import { registerBundleScheme, serveBundle } from './protocol.ts';
import { reloadOnBuild } from './reload-on-build.ts';
import { openSettings } from './settings.ts';
import { createCallTable } from './shell-calls.ts';
import { createChildStarter } from './start-child.ts';
import { chosenUserData, findVault, type Start } from './vault-place.ts';
import { createWindow } from './window.ts';
import { createWindows } from './windows.ts';

const outFolder = join(import.meta.dirname, '..');

function main(): void {
  installCrashDialogs();
  const start: Start = { argv: process.argv, env: process.env, cwd: process.cwd() };
  const userData = chosenUserData(start);
  if (userData !== null) app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  hardenProcess();
  registerBundleScheme();
  refuseNavigation();
  void app.whenReady().then(() => run(start));
}

async function run(start: Start): Promise<void> {
  hardenResolver();
  installMenu();
  const userData = app.getPath('userData');
  const settings = openSettings(userData);
  const place = findVault(start, userData);
  nativeTheme.themeSource = settings.get().theme;
  serveBundle(await hardenedSession(), join(outFolder, 'renderer'));

  const windows = createWindows({
    create: () => createWindow(outFolder),
    onClosed: (page) => host.disconnect(page),
    onCrashLoop: () => endWithFault('SHELL-3'),
  });
  const host = createEngineHost({
    starter: createChildStarter(join(outFolder, 'main')),
    pages: windows,
    clock: systemClock,
    vaultFolder: place.folder,
  });
  answerCalls(windows, host, createCallTable({ windows, host, settings, userData }));
  const endTriggers = watchLockTriggers({
    isVaultOpen: host.isVaultOpen,
    idleMinutes: () => settings.get().idleMinutes,
    lock: (reason) => void host.lock(reason),
  });
  reloadOnBuild(app.isPackaged, windows.renew);
  endWith(async () => {
    endTriggers();
    await host.end();
  });
  app.on('second-instance', windows.open);
  app.on('activate', windows.show);
  app.on('window-all-closed', () => app.quit());

  host.start();
  windows.open();
  sayWhatWasKeptAside([settings.keptAside, place.keptAside]);
}

/** Lets the engine finish before the program ends: quitting waits for it, once. */
function endWith(end: () => Promise<void>): void {
  let isEnding = false;
  app.on('will-quit', (event) => {
    if (isEnding) return;
    isEnding = true;
    event.preventDefault();
    void end().finally(() => app.exit(0));
  });
}

function sayWhatWasKeptAside(names: readonly (string | null)[]): void {
  const kept = names.filter((name) => name !== null);
  if (kept.length === 0) return;
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Redoubt',
    message: 'A file with choices for this computer could not be read.',
    detail: `It was kept as ${kept.join(' and ')}, and the defaults are in use. No case is affected.`,
  });
}

main();
