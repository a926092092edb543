/** `npm run check`: types of every process, lint with type-aware rules, layers. Runs two at a time and fails when one does. */
import './node-guard.ts';
import { mkdirSync } from 'node:fs';
import { installed } from './paths.ts';
import { runNode, type Ran } from './run.ts';

interface Check {
  readonly name: string;
  readonly run: () => Promise<Ran>;
}

const atOnce = 2;
const cacheFolder = installed('.cache', 'redoubt-check');
const sourceFolders = ['main', 'preload', 'renderer', 'resources', 'test'];
/** Two at a time end soonest when the long ones begin. */
const slowestFirst = ['renderer', 'test', 'main', 'resources', 'preload'];

function types(folder: string): Check {
  const args = ['-p', folder, '--incremental', '--tsBuildInfoFile', `${cacheFolder}/${folder}.tsbuildinfo`, '--pretty', 'false'];
  return { name: `types ${folder}`, run: () => runNode([installed('typescript', 'bin', 'tsc'), ...args], { silent: true }) };
}

const lint: Check = {
  name: 'lint',
  run: () => runNode([installed('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '--report-unused-disable-directives', ...sourceFolders], { silent: true }),
};

const layers: Check = {
  name: 'layers',
  run: () => runNode([installed('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', 'test/architecture/layers.cjs', '--output-type', 'err', ...sourceFolders], { silent: true }),
};

/** Runs all checks, prints a line for each and the findings of those that failed; true when none failed. */
export async function checkAll(): Promise<boolean> {
  mkdirSync(cacheFolder, { recursive: true });
  const startedMs = performance.now();
  const waiting = [...slowestFirst.map(types), lint, layers];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) if (!(await report(check))) failed.push(check.name);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(failed.length === 0 ? `check passed in ${seconds} s` : `check failed in ${seconds} s: ${failed.join(', ')}`);
  return failed.length === 0;
}

async function report({ name, run }: Check): Promise<boolean> {
  const startedMs = performance.now();
  const { code, output } = await run();
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

if (import.meta.main) process.exitCode = (await checkAll()) ? 0 : 1;
