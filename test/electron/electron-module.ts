import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, powerMonitor } from './desktop.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { MessageChannelMain } from './message-port-main.ts';
import { nativeTheme } from './native-theme.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { protocol, session } from './session.ts';
import { missingExport, strict } from './strict.ts';
import { utilityProcess } from './utility-process.ts';
import { WebContents } from './web-contents.ts';

/** Electron's main-process exports that the stand-in does not have: importing one works, using it throws. */
const missingNames = [
  'autoUpdater', 'BaseWindow', 'BrowserView', 'contentTracing', 'crashReporter', 'desktopCapturer', 'globalShortcut', 'ImageView', 'inAppPurchase',
  'nativeImage', 'net', 'netLog', 'Notification', 'powerSaveBlocker', 'pushNotifications', 'ShareMenu', 'shell', 'systemPreferences', 'TouchBar',
  'Tray', 'View', 'WebContentsView', 'webFrameMain',
];

/** What `import ... from 'electron'` gives in the main process. */
export const electron: Readonly<Record<string, unknown>> = strict('electron', {
  app, BrowserWindow, clipboard, dialog, ipcMain, Menu, MenuItem, MessageChannelMain, nativeTheme, powerMonitor, protocol, safeStorage, screen, session, utilityProcess,
  webContents: WebContents,
  ...Object.fromEntries(missingNames.map((name) => [name, missingExport(name)])),
});
