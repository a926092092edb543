import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { pageUrl } from './bundle-path.ts';
import { safePreferences } from './safe-preferences.ts';
import { smallestSize, windowBounds } from './window-bounds.ts';

/** The marking banner is the topmost thing of every window; on macOS the system's buttons go into the title bar below it. */
const bannerHeightPx = 22;
const trafficLights = { x: 14, y: bannerHeightPx + 13 };
/** Opens a frameless window on the bundle's page. `outFolder` holds the built preload and the icon. */
export function createWindow(outFolder: string): BrowserWindow {
  const front = BrowserWindow.getFocusedWindow();
  const display = front === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(front.getBounds());
  const window = new BrowserWindow({
    ...windowBounds(display.workArea, front?.getBounds() ?? null),
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'Redoubt',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101214' : '#eff1f2', // --bg-chrome, until the page is there
    show: false,
    ...(process.platform === 'darwin' ? { titleBarStyle: 'hidden', trafficLightPosition: trafficLights } : { frame: false }),
    ...(process.platform === 'linux' ? { icon: join(outFolder, 'icon.png') } : {}),
    webPreferences: { ...safePreferences, devTools: !app.isPackaged, preload: join(outFolder, 'preload', 'bridge.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  // Titles stand in task lists and screen recordings: a page may not put a document's name there.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(pageUrl).catch(() => {}); // a closed window ends its load; a missing bundle shows as an empty window
  return window;
}
