import os from 'node:os';
import path from 'node:path';
import { bootInfo } from './boot-info.ts';

const overridesByName = new Map<string, string>();

function defaultPath(name: string, appName: string): string | null {
  const home = os.homedir();
  const appData = process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
  const userData = (): string => appPath('userData', appName);
  switch (name) {
    case 'home': return home;
    case 'appData': return appData;
    case 'temp': return os.tmpdir();
    case 'exe':
    case 'module': return bootInfo().executable;
    case 'desktop': return path.join(home, 'Desktop');
    case 'documents': return path.join(home, 'Documents');
    case 'downloads': return path.join(home, 'Downloads');
    case 'userData': return path.join(appData, appName);
    case 'sessionData': return userData();
    case 'logs': return path.join(userData(), 'logs');
    case 'crashDumps': return path.join(userData(), 'Crashpad');
    default: return null;
  }
}

/** app.getPath: throws Electron's words on a name that it does not know. */
export function appPath(name: string, appName: string): string {
  const found = overridesByName.get(name) ?? defaultPath(name, appName);
  if (found === null) throw new Error(`Failed to get '${name}' path`);
  return found;
}

/** app.setPath: the path must be absolute. */
export function setAppPath(name: string, to: string): void {
  if (!path.isAbsolute(to)) throw new Error('Path must be absolute');
  overridesByName.set(name, to);
}
