import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication } from 'playwright';

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>;
type Environment = Readonly<Record<string, string | undefined>>;

const standInFolder = path.resolve(import.meta.dirname, '../electron/dist');
// path.txt is written by the download of the real binary. Requiring 'electron' to find out would start that download.
const electronPackage = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** Which Electron the tests run on: the real binary when it has been downloaded, else the stand-in; STANDIN=1 insists on the latter. */
export const host: 'electron' | 'standin' = existsSync(path.join(electronPackage, 'path.txt')) && process.env['STANDIN'] === undefined ? 'electron' : 'standin';

/** The executable to start for tests that do without Playwright. */
export function electronExecutable(): string {
  if (host === 'standin') return path.join(standInFolder, 'electron');
  return createRequire(import.meta.url)('electron') as string;
}

/**
 * Starts an app through Playwright on whichever Electron there is.
 * The colour scheme is left to the app, where Playwright would force the light one. Entries of `env` that are undefined are left out.
 */
export async function launch(options: Omit<LaunchOptions, 'env'> & { readonly env?: Environment }): Promise<ElectronApplication> {
  const { env = process.env, ...rest } = options;
  if (host === 'standin') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standInFolder; // read in this process, by electron/index.js
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return await _electron.launch({ colorScheme: null, ...rest, env: Object.fromEntries(given) });
}

/** A page's address as the app knows it: on the stand-in `app://bundle/x` lives on an https host that cannot exist. */
export function appAddress(pageUrl: string): string {
  const match = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.stand-in\.invalid(.*)$/.exec(pageUrl);
  return match ? `${match[2]}://${match[1]}${match[3] === '' ? '/' : match[3]}` : pageUrl;
}

/**
 * Says that a file chosen in a page is the one at `filePath`, for webUtils.getPathForFile; files are told apart by name and size.
 * Nothing to do on real Electron, where a file that a test chooses from disk has its path.
 */
export async function grantFile(application: ElectronApplication, file: { readonly name: string; readonly size: number; readonly path: string }): Promise<void> {
  if (host === 'electron') return;
  await application.evaluate(({ app }, granted) => new Promise<void>((done) => {
    (app as unknown as NodeJS.EventEmitter).emit('stand-in:grant-file', granted, done);
  }), file);
}
