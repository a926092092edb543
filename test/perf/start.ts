import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../e2e/program.ts';
import { host, launch } from '../support/electron-host.ts';
import { compared, median, type PerfScript } from './figures.ts';
import { isBuilt } from './next-in-window.ts';

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** An app that opens a window with one word in it, and nothing else. */
function writeEmptyApp(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty-window', version: '1.0.0', type: 'module', main: 'main.js' }));
  writeFileSync(join(folder, 'page.html'), '<!doctype html><title>Empty</title><p role="banner">ready</p>');
  writeFileSync(join(folder, 'main.js'), [
    "import { join } from 'node:path';",
    "import { app, BrowserWindow, protocol } from 'electron';",
    "import { readFile } from 'node:fs/promises';",
    "protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);",
    "app.setPath('userData', process.argv.find((word) => word.startsWith('--user-data=')).slice(12));",
    "app.whenReady().then(() => {",
    "  protocol.handle('app', async () => new Response(await readFile(join(import.meta.dirname, 'page.html')), { headers: { 'content-type': 'text/html' } }));",
    "  return new BrowserWindow({ show: true, webPreferences: { sandbox: true } }).loadURL('app://bundle/page.html');",
    "});",
  ].join('\n'));
}

/** Milliseconds from the launch of an app until its banner stands in its first window. */
async function startTime(app: string, folder: string): Promise<number> {
  const began = performance.now();
  const running = await launch({ args: [...asRoot, app, `--user-data=${join(folder, 'user-data')}`, `--vault=${join(folder, 'vault')}`], env: process.env });
  try {
    const page = await running.firstWindow();
    await page.getByRole('banner').first().waitFor();
    return performance.now() - began;
  } finally {
    await running.close();
  }
}

/** From launch to the first usable screen, against an empty window on the same runtime, in turns. */
export const start: PerfScript = async ({ small, log }) => {
  if (!isBuilt()) return { title: 'start', figures: [], notes: ['SKIPPED: nothing is built (npm run build)'] };
  const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-start-'));
  try {
    const empty = join(place, 'empty');
    writeEmptyApp(empty);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < (small ? 3 : 7); round += 1) {
      for (const [app, times] of [[root, ours], [empty, theirs]] as const) {
        const folder = mkdtempSync(join(place, 'run-'));
        const took = await startTime(app, folder);
        if (round > 0) times.push(took); // the first start of each fills the system's file cache
      }
      log(`round ${round}: ${ours.at(-1)?.toFixed(0) ?? '-'} ms, empty ${theirs.at(-1)?.toFixed(0) ?? '-'} ms`);
    }
    return {
      title: `start to first usable screen, medians (${host === 'electron' ? 'Electron' : 'stand-in'})`,
      figures: [compared('first run screen', median(ours), 'ms', 'empty window', median(theirs), { text: '<= 1.3x', holds: (ratio) => ratio <= 1.3 })],
      notes: [],
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
