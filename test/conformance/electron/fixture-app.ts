import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { ElectronApplication, Page } from 'playwright';
import { vi } from 'vitest';
import type { Fixture } from '../../fixtures/electron-app/main.ts';
import type { api } from '../../fixtures/electron-app/preload.ts';
import { launch } from '../../support/electron-host.ts';

const source = path.resolve(import.meta.dirname, '../../fixtures/electron-app');

// Inside evaluate(): the fixture's bridge in its page, and its own state in its main process.
declare global {
  var fixtureApi: typeof api;
  var fixtureMain: Fixture;
}

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 }); // starting a browser on a busy machine takes its time

/** The fixture app built into a folder of its own, and whatever it writes beside it. */
export interface BuiltFixture extends AsyncDisposable {
  readonly appFolder: string;
  readonly userData: string;
  /** The environment to start it with. */
  environment(more?: Readonly<Record<string, string>>): Record<string, string | undefined>;
}

/** Bundles the fixture app into a temporary folder, which disposal removes. */
export async function buildFixture(): Promise<BuiltFixture> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'electron-conformance-'));
  const [appFolder, userData] = [path.join(root, 'app'), path.join(root, 'user-data')];
  const from = (name: string): string => path.join(source, name);
  const common = { bundle: true, outdir: appFolder, external: ['electron'], logLevel: 'warning' } satisfies BuildOptions;
  await Promise.all([
    build({ ...common, entryPoints: [from('main.ts'), from('utility.ts')], platform: 'node', format: 'esm' }),
    build({ ...common, entryPoints: [from('preload.ts')], platform: 'browser', format: 'cjs', outExtension: { '.js': '.cjs' } }),
    build({ ...common, entryPoints: [from('page.ts'), from('worker.ts')], platform: 'browser', format: 'iife' }),
  ]);
  await Promise.all(['package.json', 'page.html'].map((name) => cp(from(name), path.join(appFolder, name))));
  return {
    appFolder, userData,
    environment: (more = {}) => ({ ...process.env, FIXTURE_USER_DATA: userData, ...more }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** A running fixture app with its first window; disposal quits it. */
export interface RunningFixture extends AsyncDisposable {
  readonly application: ElectronApplication;
  readonly page: Page;
  readonly fixture: BuiltFixture;
}

/** Builds and starts the fixture app and waits until its page has drawn. */
export async function startFixture(options: { readonly env?: Readonly<Record<string, string>>; readonly args?: readonly string[] } = {}): Promise<RunningFixture> {
  const fixture = await buildFixture();
  try {
    const application = await launch({ args: [fixture.appFolder, ...(options.args ?? [])], env: fixture.environment(options.env) });
    const page = await application.firstWindow();
    await page.waitForSelector('#ready:not(:empty)');
    return {
      application, page, fixture,
      async [Symbol.asyncDispose]() {
        await application.close();
        await fixture[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await fixture[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Opens one more window of the fixture app and gives its page once it has a title.
 * It is told by its window's id: the next `window` event may still be that of a window opened before.
 */
export async function openPage(application: ElectronApplication, name: 'page.html' | 'open.html'): Promise<Page> {
  const id = await application.evaluate((_electron, page) => fixtureMain.openWindow(page).id, name);
  const page = await vi.waitFor(async () => {
    for (const candidate of application.windows()) {
      const handle = await application.browserWindow(candidate);
      if (await handle.evaluate((window: Electron.BrowserWindow | null, wanted) => window?.id === wanted, id)) return candidate;
    }
    throw new Error(`window ${id} has no page yet`);
  }, 20_000);
  await page.waitForFunction(() => document.title !== '');
  return page;
}
