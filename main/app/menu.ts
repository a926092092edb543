import { Menu } from 'electron';

/** No menu on Linux and Windows, where the window has its own; on macOS the roles without which copy, paste and quit fail. */
export function installMenu(): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]));
}
