/**
 * `npm start`: builds and opens the window. On Electron's own binary where there is one or the network gives one, else on the
 * stand-in with an installed Chromium. Without a display the demo runs instead. Arguments after `--` go to the program.
 */
import './node-guard.ts';
import { buildAll } from './build.ts';
import { root } from './paths.ts';
import { runNode, runProgram } from './run.ts';
import { downloadElectron, electronBinary, hasDisplay, standIn, type Runtime } from './runtime.ts';

const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

async function start(): Promise<number> {
  if (!hasDisplay()) return demo('There is no display here, so no window can open. This is the demo instead:');
  const runtime = electronBinary() ?? (await downloadElectron()) ?? standIn();
  if (runtime === null) return demo('Neither Electron’s binary nor an installed Chromium is here, so no window can open. This is the demo instead:');
  await buildAll();
  console.log(runtime.kind === 'electron' ? 'Opening Redoubt on Electron.' : 'Opening Redoubt on the stand-in for Electron: for trying it out, not for real documents.');
  const { code } = await runProgram(runtime.file, [...flags(runtime), root, ...process.argv.slice(2)], { env: runtime.env });
  return code ?? 1;
}

// Chromium refuses to run its sandbox as root; whoever is root has chosen to do without it.
function flags({ kind }: Runtime): readonly string[] {
  if (!isRootOnLinux) return [];
  if (kind === 'electron') console.log('Running as root: Chromium’s sandbox is off.');
  return ['--no-sandbox'];
}

async function demo(reason: string): Promise<number> {
  console.log(reason);
  return (await runNode(['resources/build/demo.ts'])).code ?? 1;
}

process.exitCode = await start();
