/**
 * The shell as it is bundled, on whichever Electron there is, with a page and an engine that do only what a test says. What a
 * stand-in cannot show (the system's sandbox, WebSockets) stays for a machine with the real binary.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { safePreferences } from '../../../main/app/safe-preferences.ts';
import { bundleOptions, bundles } from '../../../resources/build/bundles.ts';
import type {} from '../../fixtures/shell-app/page.ts';
import { appAddress, electronExecutable, launch } from '../../support/electron-host.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const fixtures = join(root, 'test', 'fixtures', 'shell-app');
const who = z.object({ pid: z.number(), environment: z.array(z.string()) });

let place = '';
let app: ElectronApplication;
let page: Page;
let server: Server;
let outside = '';
let requests = 0;

async function buildShell(): Promise<void> {
  const out = join(place, 'out');
  for (const bundle of bundles.filter(({ out: file }) => file === 'main/app.js' || file.startsWith('preload/'))) {
    await build({ ...bundleOptions(bundle), outfile: join(out, bundle.out) });
  }
  const node = { bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' } as const;
  await build({ ...node, entryPoints: [join(fixtures, 'engine.ts')], outfile: join(out, 'main', 'engine.js') });
  await build({ ...node, entryPoints: [join(fixtures, 'extractor.ts')], outfile: join(out, 'main', 'extract.worker.js') });
  await build({ ...node, platform: 'browser', entryPoints: [join(fixtures, 'page.ts')], outfile: join(out, 'renderer', 'page.js') });
  cpSync(join(fixtures, 'index.html'), join(out, 'renderer', 'index.html'));
  cpSync(join(root, 'resources', 'icons', '256x256.png'), join(out, 'icon.png'));
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'redoubt-shell', version: '1.2.3', type: 'module', main: 'out/main/app.js' }));
}

const userData = (): string => join(place, 'user-data');
const programArguments = (): string[] => [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), place, `--user-data=${userData()}`];
const ask = (what: string): Promise<unknown> => page.evaluate((question) => window.fixture?.ask(question), what);
const enginePid = async (): Promise<number> => who.parse(await ask('who')).pid;

/** Marks the document, does something, and waits until another document has a port. */
async function afterReplacement(act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => { if (window.fixture !== undefined) window.fixture.mark = 'old'; });
  await act();
  await page.waitForFunction(() => window.fixture?.mark === '' && window.fixture.ports > 0);
}

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'redoubt-shell-'));
  mkdirSync(userData());
  writeFileSync(join(userData(), 'settings.json'), '{"theme":');
  server = createServer((_request, response) => {
    requests += 1;
    response.end('reached');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  outside = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/` : expect.fail('no port');
  await buildShell();
  app = await launch({ args: programArguments(), env: { ...process.env, OPENAI_API_KEY: 'canary', HTTPS_PROXY: outside, NODE_EXTRA_CA_CERTS: '/nowhere' } });
  page = await app.firstWindow();
  await page.waitForFunction(() => (window.fixture?.ports ?? 0) > 0);
});

afterAll(async () => {
  await app?.close();
  server?.close();
  rmSync(place, { recursive: true, force: true });
});

describe('the window', () => {
  it('shows the bundle and has the settings that make a page harmless', async () => {
    expect(appAddress(page.url())).toBe('app://bundle/index.html');
    const preferences = await app.evaluate(({ BrowserWindow }): unknown => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as { readonly getLastWebPreferences?: () => unknown } | undefined;
      return contents?.getLastWebPreferences?.(); // there at run time, left out of Electron's types
    });
    expect(preferences).toMatchObject(safePreferences);
  });

  it('keeps its title, whatever the page calls itself', async () => {
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('Redoubt');
  });

  it('has no Node, no preload globals and no second door', async () => {
    const found = await page.evaluate(() => ['require', 'process', 'module', 'ipcRenderer', 'Buffer'].filter((name) => name in window));
    expect(found).toEqual([]);
    expect(await page.evaluate(() => Object.keys(window.redoubt).toSorted())).toEqual(['onEngineNews', 'onMaximised', 'pathOf', 'platform', 'requestPort', 'shell']);
  });

  it('grants no permission, runs no text as code and opens no window', async () => {
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe('denied');
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    expect(await page.evaluate(() => window.fixture?.textRan)).toBe(false);
    expect(await page.evaluate((url) => window.open(url) === null, outside)).toBe(true);
    expect(app.windows()).toHaveLength(1);
  });

  it('reaches nothing outside: no request, no picture, no frame, no navigation', async () => {
    await page.evaluate(async (url) => {
      await fetch(url).catch(() => undefined);
      await new Promise((done) => {
        const picture = new Image();
        picture.onload = picture.onerror = done;
        picture.src = url;
      });
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      navigator.sendBeacon(url, 'x');
      window.location.assign(url);
    }, outside);
    expect(await ask('who')).toBeTruthy(); // the same document still answers
    expect(appAddress(page.url())).toBe('app://bundle/index.html');
    expect(requests).toBe(0);
  });

  it('is served its files only, each with the content policy', async () => {
    const answers = await page.evaluate(async () => ({
      outsideFolder: (await fetch('/..%2fmain%2fapp.js')).status,
      written: (await fetch('/index.html', { method: 'POST', body: 'x' })).status,
      folder: (await fetch('/')).status,
      policy: (await fetch('/page.js')).headers.get('content-security-policy'),
    }));
    expect(answers).toMatchObject({ outsideFolder: 404, written: 405, folder: 404 });
    expect(answers.policy).toMatch(/^default-src 'none'; /);
  });
});

describe('a call to the shell', () => {
  it('answers what the contract declares', async () => {
    expect(await page.evaluate(() => window.redoubt.shell('about', {}))).toMatchObject({ version: '1.2.3', platform: process.platform });
  });

  it('is refused in a sentence without details when its name or input is not in the contract', async () => {
    const refusals = await page.evaluate(async () => {
      const words = (error: unknown): string => (error instanceof Error ? error.message : '');
      const call = window.redoubt.shell as (name: string, input: unknown) => Promise<unknown>;
      const odd: [string, unknown][] = [['settings.set', { idleMinutes: 0 }], ['window.close', { really: true }], ['__proto__', {}], ['no.such.call', {}]];
      return Promise.all(odd.map(([name, input]) => call(name, input).then(() => 'answered', words)));
    });
    expect(new Set(refusals)).toEqual(new Set(['The window may not ask for that.']));
  });

  it('keeps settings, after the damaged file was kept aside', async () => {
    await page.evaluate(() => window.redoubt.shell('settings.set', { theme: 'dark', idleMinutes: 3 }));
    expect(await page.evaluate(() => window.redoubt.shell('settings.get', {}))).toMatchObject({ theme: 'dark', idleMinutes: 3 });
    expect(readdirSync(userData())).toEqual(expect.arrayContaining(['settings.damaged.json', 'settings.json']));
  });
});

describe('the engine', () => {
  it('sees no key, no proxy and no override of the one who started the program', async () => {
    const { environment } = who.parse(await ask('who'));
    expect(environment).toContain('PATH');
    expect(environment.filter((name) => /OPENAI|PROXY|NODE_/.test(name))).toEqual([]);
  });

  it('gets extractors with their limit and a port, and hears of their end', async () => {
    const met = z.object({ pid: z.number(), said: z.object({ heard: z.literal('hello'), flags: z.array(z.string()) }) }).parse(await ask('extract'));
    expect(met.said.flags).toContain('--max-old-space-size=64');
    expect(await ask('end extractor')).toEqual({ ended: 1, code: null });
  });

  it('is ended by a lock though it hangs, and the pages get fresh documents', async () => {
    const hanging = await enginePid();
    await ask('open');
    await ask('hang');
    await afterReplacement(() => page.evaluate(() => void window.redoubt.shell('vault.lock', {})));
    expect(() => process.kill(hanging, 0)).toThrow('ESRCH');
    expect(await enginePid()).not.toBe(hanging);
    expect(await page.evaluate(() => window.redoubt.shell('engine.news', {}))).toMatchObject({ news: { kind: 'locked', reason: 'key' } });
  });

  it('is locked by sleep and by the screen’s lock when the vault is open, and left alone when not', async () => {
    const before = await enginePid();
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
    expect(await enginePid()).toBe(before);
    for (const [event, reason] of [['suspend', 'suspend'], ['lock-screen', 'screen-lock']] as const) {
      await ask('open');
      await afterReplacement(() => app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event));
      expect(await page.evaluate(() => window.redoubt.shell('engine.news', {}))).toMatchObject({ news: { kind: 'locked', reason } });
    }
  });

  it('comes back after a crash, and the window is told', async () => {
    const crashed = await enginePid();
    await page.evaluate(() => void window.fixture?.ask('crash'));
    await page.waitForFunction(() => window.fixture?.news.at(-1)?.kind === 'started' && window.fixture.ports > 1);
    expect(await page.evaluate(() => window.fixture?.news.map((news) => news.kind))).toEqual(['crashed', 'started']);
    expect(await enginePid()).not.toBe(crashed);
  });
});

describe('the program', () => {
  it('opens a further window for a second start, joined to the same engine', async () => {
    const opened = app.waitForEvent('window');
    await promisify(execFile)(electronExecutable(), programArguments(), { env: process.env });
    const second = await opened;
    await second.waitForFunction(() => (window.fixture?.ports ?? 0) > 0);
    expect(who.parse(await second.evaluate(() => window.fixture?.ask('who'))).pid).toBe(await enginePid());
    await second.close();
  });

  it('takes its engine with it when it ends', async () => {
    const last = await enginePid();
    await app.close();
    expect(() => process.kill(last, 0)).toThrow('ESRCH');
    expect(existsSync(join(userData(), 'vault'))).toBe(false);
  });

  it.each([['SHELL-1', 'exception'], ['SHELL-2', 'rejection']])('ends with %s and a fixed sentence after an %s, never with the error’s own words', async (fault, kind) => {
    const failing = await launch({ args: programArguments() });
    const program = failing.process();
    let said = '';
    for (const stream of [program.stdout, program.stderr]) stream?.on('data', (chunk: Buffer) => { said += chunk.toString('utf8'); });
    const code = new Promise((resolve) => program.once('exit', resolve));
    await failing.evaluate(({ dialog }, what) => {
      dialog.showErrorBox = (_title, content) => console.log(content);
      setTimeout(() => {
        const error = new Error('canary of a document');
        if (what === 'exception') throw error;
        void Promise.reject(error);
      }, 50);
    }, kind);
    expect(await code).toBe(70);
    expect(said).toContain(fault);
    expect(said).not.toContain('canary');
  });
});
