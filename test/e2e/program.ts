/** One run of the built program in a folder of its own: started, watched, ended, and nothing left behind. */
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { launch } from '../support/electron-host.ts';

/** The repository's root folder, which is also the app's. */
export const root = join(import.meta.dirname, '..', '..');

/** The documents that are written for tests and demonstrations. */
export const sampleFolder = join(root, 'resources', 'sample', 'documents');

/** A running program. */
export interface Program {
  readonly app: ElectronApplication;
  /** Its first window. */
  readonly page: Page;
  /** Holds `vault/`, `user-data/` and whatever a test puts beside them. */
  readonly folder: string;
  /** What the page reported as an error since the start, and what it threw. */
  readonly faults: readonly string[];
  /** Ends the program; its folder stays. */
  readonly end: () => Promise<void>;
  /** Ends the program and removes its folder. */
  readonly remove: () => Promise<void>;
}

/** An empty folder under the system's temporary one, without symbolic links in its path. */
export function newFolder(prefix = 'redoubt-e2e-'): string {
  return realpathSync(mkdtempSync(join(tmpdir(), prefix)));
}

/** Starts the built program, in a fresh folder or again in one that an earlier run left. `env` is added to the environment. Throws when nothing has been built. */
export async function startProgram(folder = newFolder(), env: Readonly<Record<string, string>> = {}): Promise<Program> {
  if (!existsSync(join(root, 'out', 'main', 'app.js'))) throw new Error('There is no out/: run npm run build first.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await launch({ args: [...asRoot, root, `--user-data=${join(folder, 'user-data')}`, `--vault=${join(folder, 'vault')}`], env: { ...process.env, ...env } });
  const faults: string[] = [];
  const watch = (page: Page): void => {
    page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
    page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  };
  app.on('window', watch);
  const page = await app.firstWindow();
  // The first document of a window is an empty one that is replaced at once.
  await page.getByRole('banner').first().waitFor();
  let isEnded = false;
  const end = async (): Promise<void> => {
    if (isEnded) return;
    isEnded = true;
    await app.close();
  };
  return {
    app, page, folder, faults, end,
    remove: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
