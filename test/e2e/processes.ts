import type { ElectronApplication } from 'playwright';
import { expect } from 'playwright/test';
import { host } from '../support/electron-host.ts';

/** The processes that the shell starts besides its windows. */
export type ChildName = 'engine' | 'extractor';

const entryByName: Readonly<Record<ChildName, string>> = { engine: 'engine.js', extractor: 'extract.worker.js' };

/** Process ids of the running children of a kind. */
export async function childrenOf(app: ElectronApplication, name: ChildName): Promise<number[]> {
  if (host === 'electron') {
    return await app.evaluate(({ app: shell }, service) => shell.getAppMetrics().filter((metric) => metric.name === service).map((metric) => metric.pid), `Redoubt ${name}`);
  }
  // The stand-in's children are Node's, which knows what it has started.
  return await app.evaluate((_electron, entry) => {
    const handles = (process as unknown as { _getActiveHandles: () => readonly { pid?: number; spawnargs?: readonly string[] }[] })._getActiveHandles();
    return handles.flatMap(({ pid, spawnargs }) => (pid !== undefined && spawnargs?.some((word) => word.endsWith(entry)) === true ? [pid] : []));
  }, entryByName[name]);
}

/** The engine's process id, waited for until there is one other than `before`. */
export async function enginePid(app: ElectronApplication, before?: number): Promise<number> {
  let pid = 0;
  await expect.poll(async () => {
    pid = (await childrenOf(app, 'engine')).find((candidate) => candidate !== before) ?? 0;
    return pid;
  }, { message: 'an engine runs' }).toBeGreaterThan(0);
  return pid;
}

/** Ends a process at once, without asking it: what a crash looks like from outside. */
export function crash(pid: number): void {
  process.kill(pid, 'SIGKILL');
}

/** True while a process with this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // the question is only whether it is there
  }
}
