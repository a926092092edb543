import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { electronExecutable, host } from '../../support/electron-host.ts';
import { startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => { running = await startFixture({ args: ['--colour=blue'] }); });
afterAll(async () => running[Symbol.asyncDispose]());

/** The ids of live processes below one, by /proc. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name): [number, number] => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
    } catch {
      return [Number(name), -1]; // it ended while the list was read
    }
  });
  const below = (of: number): number[] => parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

describe('app', () => {
  it('names itself by the package and is ready once its window is there', async () => {
    const facts = await running.application.evaluate(({ app }) => ({ name: app.getName(), version: app.getVersion(), ready: app.isReady(), packaged: app.isPackaged, path: app.getAppPath(), last: process.argv.at(-1), type: process.type, electron: process.versions.electron }));
    expect(facts).toMatchObject({ name: 'Electron Conformance', version: '3.2.1', ready: true, packaged: false, path: running.fixture.appFolder, last: '--colour=blue', type: 'browser' });
    expect(facts.electron).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('derives its folders from userData and takes other ones', async () => {
    const paths = await running.application.evaluate(({ app }) => {
      app.setPath('downloads', '/nowhere/downloads');
      return { userData: app.getPath('userData'), sessionData: app.getPath('sessionData'), logs: app.getPath('logs'), downloads: app.getPath('downloads'), temp: app.getPath('temp'), home: app.getPath('home') };
    });
    expect(paths).toMatchObject({ userData: running.fixture.userData, sessionData: running.fixture.userData, logs: path.join(running.fixture.userData, 'logs'), downloads: '/nowhere/downloads' });
    expect([paths.temp, paths.home].every((item) => path.isAbsolute(item))).toBe(true);
    await expect(running.application.evaluate(({ app }) => app.getPath('attic' as 'home'))).rejects.toThrow("Failed to get 'attic' path");
    await expect(running.application.evaluate(({ app }) => app.setPath('temp', 'relative'))).rejects.toThrow('Path must be absolute');
  });

  it('remembers switches', async () => {
    expect(await running.application.evaluate(({ app }) => {
      app.commandLine.appendSwitch('colour', 'green');
      return [app.commandLine.hasSwitch('colour'), app.commandLine.getSwitchValue('colour'), app.commandLine.hasSwitch('shape'), app.commandLine.getSwitchValue('shape')];
    })).toEqual([true, 'green', false, '']);
  });

  it('tells the first instance about the second, which ends', async () => {
    const { appFolder } = running.fixture;
    const second = spawn(electronExecutable(), ['--no-sandbox', appFolder, '--second=yes'], { env: running.fixture.environment(), stdio: 'ignore', cwd: appFolder });
    expect((await once(second, 'exit'))[0]).toBe(0);
    await vi.waitFor(async () => {
      const log = await running.application.evaluate(() => fixtureMain.log);
      expect(log).toContain(`second-instance ${JSON.stringify({ last: '--second=yes', cwd: appFolder, data: { note: 'second' } })}`);
    }, 10_000);
  });

  it('announces new pages', async () => {
    const count = await running.application.evaluate(({ app }) => {
      let seen = 0;
      app.once('web-contents-created', () => { seen += 1; });
      fixtureMain.openWindow('open.html').destroy();
      return seen;
    });
    expect(count).toBe(1);
  });

  it.runIf(host === 'standin')('records the resolver that it was given', async () => {
    const recorded = await running.application.evaluate(({ app }) => {
      app.configureHostResolver({ enableBuiltInResolver: false, secureDnsMode: 'off' });
      return (app as unknown as { standIn: { hostResolver: unknown } }).standIn.hostResolver;
    });
    expect(recorded).toEqual({ enableBuiltInResolver: false, secureDnsMode: 'off' });
  });
});

/** Runs a main script of its own without Playwright, and gives what it printed and its exit code. */
async function run(name: string, source: string): Promise<{ readonly output: string; readonly errors: string; readonly code: number | null }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'electron-conformance-'));
  try {
    await writeFile(path.join(folder, name), source);
    await writeFile(path.join(folder, 'child.ts'), 'const kind: string = "typed"; process.parentPort.postMessage(kind);');
    const child = spawn(electronExecutable(), ['--no-sandbox', path.join(folder, name)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
    return { output, errors, code };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a main script', () => {
  const script = "app.setPath('userData', __folder); app.on('will-quit', () => console.log('quitting')); app.whenReady().then(() => { console.log('ready', process.versions.electron !== undefined); app.quit(); });";

  it('is a CommonJS or an ES module', async () => {
    const common = await run('main.cjs', `const { app } = require('electron'); const __folder = __dirname; ${script}`);
    expect(common).toMatchObject({ output: 'ready true\nquitting\n', code: 0 });
    const module = await run('main.mjs', `import { app } from 'electron'; import electron from 'electron/main'; if (electron.app !== app) throw new Error('two apps'); const __folder = import.meta.dirname; ${script}`);
    expect(module).toMatchObject({ output: 'ready true\nquitting\n', code: 0 });
    if (host === 'standin') expect(module.errors).toMatch(/^This is the stand-in for Electron \d+\.\d+\.\d+, on .*, for development and tests only\.$/m);
  });

  it('exits with the code it chose', async () => {
    expect((await run('main.mjs', "import { app } from 'electron'; app.setPath('userData', import.meta.dirname); app.whenReady().then(() => app.exit(9));")).code).toBe(9);
  });

  it.runIf(host === 'standin')('starts a utility process from TypeScript', async () => {
    expect((await run('main.mjs', "import { app, utilityProcess } from 'electron'; app.setPath('userData', import.meta.dirname); app.whenReady().then(() => utilityProcess.fork(import.meta.dirname + '/child.ts').once('message', (kind) => { console.log(kind); app.quit(); }));")).output).toBe('typed\n');
  });

  it.runIf(host === 'standin')('ends in an error when it fails to load', async () => {
    const failed = await run('main.mjs', "throw new Error('broken on purpose');");
    expect(failed.code).toBe(1);
    expect(failed.errors).toContain('broken on purpose');
  });
});

describe('quitting', () => {
  it('runs before-quit and will-quit in order and can be prevented', async () => {
    await using started = await startFixture();
    const { application } = started;
    await application.evaluate(({ app }) => {
      const order: string[] = [];
      Object.assign(globalThis, { order });
      app.once('before-quit', (event) => {
        order.push('before-quit');
        event.preventDefault();
      });
      app.quit();
    });
    await vi.waitFor(async () => expect(await application.evaluate(() => (globalThis as unknown as { order: string[] }).order)).toEqual(['before-quit']));
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('quits after the last window has closed', async () => {
    await using started = await startFixture();
    const child = started.application.process();
    const exited = once(child, 'exit');
    await started.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect((await exited)[0]).toBe(0);
  });

  it.runIf(process.platform === 'linux')('leaves no process behind when it is killed', async () => {
    const started = await startFixture();
    const pid = await started.application.evaluate(() => process.pid);
    await started.application.evaluate(({ utilityProcess }) => new Promise<void>((resolve) => {
      utilityProcess.fork(`${fixtureMain.folder}/utility.js`).once('spawn', () => resolve());
    }));
    const below = descendants(pid);
    expect(below.length).toBeGreaterThan(2);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(below.filter(isRunning)).toEqual([]), 10_000);
    await started.fixture[Symbol.asyncDispose]();
  });
});
