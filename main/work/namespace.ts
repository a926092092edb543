import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { onPath } from './on-path.ts';

/**
 * Commands that start a program without a network on Linux, best first. The user namespace is what lets an unprivileged process
 * have its own, empty network namespace; keeping the caller's user id leaves the program no capabilities inside it. `setpriv`
 * makes the kernel end the child when its parent dies, however it dies.
 */
function launchers(): string[][] {
  const unshare = onPath('unshare');
  const setpriv = onPath('setpriv');
  if (unshare === null) return [];
  const own = [unshare, '--user', '--map-current-user', '--net', '--'];
  return [...(setpriv === null ? [] : [[...own, setpriv, '--pdeathsig', 'KILL', '--']]), own, [unshare, '--user', '--map-root-user', '--net', '--']];
}

let found: readonly string[] | null | undefined;

/** The command line to put before a program so that it runs in an empty network namespace; null where that does not work. Probed once. */
export function namespaceLauncher(): readonly string[] | null {
  if (found === undefined) found = process.platform === 'linux' ? (launchers().find(works) ?? null) : null;
  return found;
}

/** True when the launcher runs and what it runs is in another network namespace than we are. */
function works(launcher: readonly string[]): boolean {
  const [command, ...args] = launcher;
  if (command === undefined) return false;
  const run = spawnSync(command, [...args, 'readlink', '/proc/self/ns/net'], { encoding: 'utf8', timeout: 2000, stdio: ['ignore', 'pipe', 'ignore'] });
  const inside = run.status === 0 ? run.stdout.trim() : '';
  return inside.startsWith('net:[') && inside !== readlinkSync('/proc/self/ns/net');
}
