import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runNode } from './run.ts';
import { installed, root } from './paths.ts';

/** The program that runs the app, and what its environment must add. */
export interface Runtime {
  readonly kind: 'electron' | 'stand-in';
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

const downloadTimeoutMs = 5 * 60_000;
const browserNames = ['chromium', 'google-chrome', 'chromium-browser'];

/** True where windows can appear: always on Windows and macOS, elsewhere with an X or Wayland display. */
export function hasDisplay(): boolean {
  return process.platform === 'win32' || process.platform === 'darwin' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Electron's own binary, when its package says that it was downloaded; else null. */
export function electronBinary(): Runtime | null {
  const pathFile = installed('electron', 'path.txt');
  if (!existsSync(pathFile)) return null;
  const file = installed('electron', 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(file) ? { kind: 'electron', file, env: {} } : null;
}

/** Asks Electron's package to download its binary, once and visibly; null when the network did not give it. */
export async function downloadElectron(): Promise<Runtime | null> {
  console.log('Electron’s binary is not here. Downloading it, for five minutes at most …');
  const { code } = await runNode([installed('electron', 'install.js')], { timeoutMs: downloadTimeoutMs });
  const binary = code === 0 ? electronBinary() : null;
  console.log(binary === null ? 'It could not be downloaded.' : 'Downloaded.');
  return binary;
}

/** The stand-in; null where it has nothing to run on: it needs a POSIX shell, and on a screen an installed Chromium. */
export function standIn(): Runtime | null {
  const dist = join(root, 'test', 'electron', 'dist');
  if (process.platform === 'win32' || !existsSync(join(dist, 'electron'))) return null;
  if (hasDisplay() && process.env['STANDIN_CHROMIUM'] === undefined && !browserNames.some(isOnPath)) return null;
  return { kind: 'stand-in', file: join(dist, 'electron'), env: { ELECTRON_OVERRIDE_DIST_PATH: dist } };
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false; // the question is only whether it can be run
    }
  });
}
