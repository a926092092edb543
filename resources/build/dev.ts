/**
 * `npm run dev`: the window, with every change on its way. A change of the renderer reloads the pages; a change of the shell, the
 * engine or the preload starts the program again. Ends with the window or with Ctrl-C.
 */
import './node-guard.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, type Plugin } from 'esbuild';
import { build as buildRenderer } from 'vite';
import { buildAll, copyAssets } from './build.ts';
import { bundleOptions, bundles, isPresent } from './bundles.ts';
import { outFolder, root } from './paths.ts';
import { electronBinary, standIn, type Runtime } from './runtime.ts';
import { rendererBuild } from './vite.config.ts';

const stampFolder = join(outFolder, 'dev');
const stamp = join(stampFolder, 'renderer-built');
const settleMs = 200;

let program: ChildProcess | null = null;
let restarting: NodeJS.Timeout | null = null;

function open(runtime: Runtime): void {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(runtime.file, [...flags, root, ...process.argv.slice(2)], {
    stdio: 'inherit', env: { ...process.env, ...runtime.env, REDOUBT_DEV_STAMP: stamp },
  });
  program = child;
  child.once('exit', (code) => {
    if (program === child) process.exit(code ?? 0); // closed by hand, not by a restart
  });
}

// Five bundles rebuild after one change of a shared file; one restart follows the last of them.
function restartSoon(runtime: Runtime, what: string): void {
  if (restarting !== null) clearTimeout(restarting);
  restarting = setTimeout(() => {
    console.log(`${what} changed: starting again`);
    const old = program;
    program = null;
    old?.once('exit', () => open(runtime));
    old?.kill();
  }, settleMs);
}

function restartAfterRebuild(runtime: Runtime, what: string): Plugin {
  let isFirst = true;
  return {
    name: 'restart',
    setup: (build) => build.onEnd(({ errors }) => {
      if (!isFirst && errors.length === 0) restartSoon(runtime, what);
      isFirst = false;
    }),
  };
}

async function watchRenderer(): Promise<void> {
  const watcher = await buildRenderer({ ...rendererBuild, build: { ...rendererBuild.build, sourcemap: true, watch: {} } });
  if (!('on' in watcher)) throw new Error('Vite did not start to watch.');
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') console.error(event.error.message);
    if (event.code !== 'END') return;
    copyAssets(); // each build empties the folder
    writeFileSync(stamp, new Date().toISOString());
  });
}

async function dev(): Promise<void> {
  const runtime = electronBinary() ?? standIn();
  if (runtime === null) throw new Error('Neither Electron’s binary nor an installed Chromium is here.');
  await buildAll();
  mkdirSync(stampFolder, { recursive: true });
  for (const bundle of bundles.filter(isPresent)) {
    const watching = await context({ ...bundleOptions(bundle), sourcemap: 'inline', plugins: [restartAfterRebuild(runtime, bundle.out)] });
    await watching.watch();
  }
  await watchRenderer();
  open(runtime);
}

process.once('exit', () => program?.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
await dev();
