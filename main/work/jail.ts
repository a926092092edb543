/**
 * The walls of the system around an extractor on Linux, made of util-linux alone (unshare(1), mount(8), setpriv(1), prlimit(1)), without
 * root and without native code of ours: a user namespace in which the child has its own root folder, which holds the program and its
 * libraries read-only and nothing else, its own empty network and its own System V objects; no privilege that it could gain; and limits
 * that the kernel keeps. Landlock and seccomp need a program of their own to be switched on, and there is none in what we ship.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { isInside } from '../base/is-inside.ts';
import { onPath } from './on-path.ts';

/** What the kernel holds a jailed child to. Counts and bytes; `memoryBytes` bounds what it may write to, not what it reserves. */
export interface KernelLimits {
  readonly memoryBytes: number;
  readonly fileBytes: number;
  readonly openFiles: number;
  readonly processes: number;
  readonly processorSeconds: number;
}

/**
 * The limits of a child with a heap of `heapMb`. Memory is a last wall behind the watched one (limits.ts), so it is wider; processor time
 * is for all the files that one child reads, and ends it only when nobody watches it any more.
 */
export function kernelLimits(heapMb: number): KernelLimits {
  return { memoryBytes: (2 * heapMb + 512) * 2 ** 20, fileBytes: 0, openFiles: 256, processes: 64, processorSeconds: 7200 };
}

/**
 * Run by the shell inside the new namespaces: `LIMITS SETPRIV ROOT PATH... -- COMMAND...`. The root is a small tmpfs over a folder that
 * nothing of ours lies in, and nobody outside sees it; what is bound into it keeps its path. Fails, and so ends the child, when any step fails.
 */
const script = `
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
limits=$1; setpriv=$2; root=$3; shift 3
mount -t tmpfs -o size=1m,mode=755,nosuid,nodev tmpfs "$root"
mkdir "$root/dev"
for device in null urandom; do : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; : > "$root$1"; fi
  mount --bind "$1" "$root$1"
  mount -o remount,bind,ro,nosuid,nodev "$root$1"
  shift
done
shift
mount -o remount,ro,nosuid,nodev "$root"
cd "$root"
exec prlimit $limits -- chroot "$root" "$setpriv" --pdeathsig KILL --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
`;

/** Where the dynamic loader and the libraries of programs are, on the Linux systems that we know. */
const libraries = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib', '/etc/ld.so.cache'];

/** The command line that runs a program behind the walls, or null where this system has not the means. `readable` are the program's own folders and files, absolute. */
function launcher(readable: readonly string[], limits: KernelLimits): readonly string[] | null {
  const [unshare, setpriv, prlimit, chroot] = ['unshare', 'setpriv', 'prlimit', 'chroot'].map(onPath);
  if (process.platform !== 'linux' || typeof unshare !== 'string' || typeof setpriv !== 'string' || prlimit === null || chroot === null || !existsSync('/bin/sh')) return null;
  const places = [...libraries.filter((path) => existsSync(path)), setpriv, dirname(realpathSync(process.execPath)), ...readable];
  const root = ['/mnt', '/media', '/srv', '/tmp'].find((folder) => existsSync(folder) && !places.some((path) => isInside(path, folder)));
  if (root === undefined) return null;
  const flags = [`--core=0`, `--fsize=${limits.fileBytes}`, `--nofile=${limits.openFiles}`, `--nproc=${limits.processes}`, `--data=${limits.memoryBytes}`, `--cpu=${limits.processorSeconds}`];
  return [unshare, '--user', '--map-root-user', '--net', '--ipc', '--uts', '--mount', '--', '/bin/sh', '-c', script, 'jail', flags.join(' '), setpriv, root, ...withoutRepeats(places), '--'];
}

/** Paths that do not lie in one another: what is bound already is not bound again. */
function withoutRepeats(paths: readonly string[]): string[] {
  return [...new Set(paths)].filter((path, _at, all) => !all.some((other) => other !== path && isInside(path, other)));
}

let works: boolean | undefined;

/**
 * The command line to put before a program so that it runs behind the walls; null where they cannot be had, as in a container or under a
 * policy that keeps user namespaces to the administrator. Tried once, with our own program.
 */
export function jailLauncher(readable: readonly string[], limits: KernelLimits): readonly string[] | null {
  const found = launcher(readable, limits);
  works ??= found !== null && starts(launcher([], limits) ?? []);
  return works ? found : null;
}

function starts([command, ...args]: readonly string[]): boolean {
  if (command === undefined) return false;
  const run = spawnSync(command, [...args, realpathSync(process.execPath), '--version'], { encoding: 'utf8', timeout: 5000, env: {}, stdio: ['ignore', 'pipe', 'ignore'] });
  return run.status === 0 && run.stdout.startsWith('v');
}
