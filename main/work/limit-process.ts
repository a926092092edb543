import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

let found: string | null | undefined;

/** Looked for at these places alone, and not before it is wanted: what limits a child must not be found by a variable of the environment. */
function prlimit(): string | null {
  found ??= process.platform === 'linux' ? (['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path)) ?? null) : null;
  return found;
}

/** True where `limitProcess` has a way to work. */
export function canLimitProcess(): boolean {
  return prlimit() !== null;
}

/** Memory of a child of the shell beyond its heap: a utility process holds more of its own than a plain Node. */
const shellBytes = 2 * 2 ** 30;

/**
 * Gives a process that runs already limits that the kernel keeps (prlimit(1)): no memory image when it crashes, which would hold document
 * text, and a bound on what it may write to, wider than the watched one. Does nothing where there is no way to; the watch stands anyway.
 */
export function limitProcess(pid: number, heapMb: number): void {
  const program = prlimit();
  if (program === null) return;
  execFile(program, ['--pid', String(pid), '--core=0', `--data=${2 * heapMb * 2 ** 20 + shellBytes}`], { env: {}, timeout: 5000 }, () => undefined);
}
