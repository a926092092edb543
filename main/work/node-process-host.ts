import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { parse } from 'node:path';
import { entryFile } from './child-entry-files.ts';
import type { EntryFile } from './child-entry-files.ts';
import { jailLauncher, kernelLimits } from './jail.ts';
import { namespaceLauncher } from './namespace.ts';
import type { ChildEntry, ChildExit, ChildHandle, Isolation, ProcessHost } from './process-host.ts';

/** For tests: another program behind an entry, and machines that offer less. */
export interface NodeProcessHostOptions {
  readonly entryFile?: (entry: ChildEntry) => EntryFile;
  readonly useNamespace?: boolean;
  readonly useJail?: boolean;
  /** False leaves Node's permission model out, so that a test sees what the system's walls hold by themselves. */
  readonly usePermissions?: boolean;
}

/** The heap whose limits are named where no child is asked about. */
const usualHeapMb = 1024;

/**
 * Children as plain Node processes, for the headless program and for tests. Each has an empty environment, the file system's root
 * as its folder, Node's permission model (it reads the program's own files, and a `model` its one model file, nothing else; no processes
 * or threads, and no native code but in a `model`) and, on a Linux that lets it, an empty network namespace; an extractor also a root
 * folder of its own and limits of the kernel (jail.ts).
 */
export function nodeProcessHost(options: NodeProcessHostOptions = {}): ProcessHost {
  const launcher = options.useNamespace === false ? null : namespaceLauncher();
  const jailOf = (entry: ChildEntry, readable: readonly string[], heapMb: number): readonly string[] | null => entry === 'model' || launcher === null || options.useJail === false ? null : jailLauncher(readable, kernelLimits(heapMb));
  const isolation = (entry: ChildEntry = 'extract'): Isolation => {
    const hasJail = jailOf(entry, [], usualHeapMb) !== null;
    return {
      network: launcher === null ? 'blocked-in-process' : 'namespace',
      files: hasJail ? 'own-root' : entry === 'model' ? 'permission-model-but-native' : 'permission-model',
      limits: hasJail ? 'kernel' : 'watched',
      memory: process.platform === 'linux' ? 'resident' : 'reported',
    };
  };
  return {
    isolation,
    fork: (entry, limit) => {
      const { file, readable } = (options.entryFile ?? entryFile)(entry);
      const files = [...readable, file, ...(limit.reads === undefined ? [] : [limit.reads])];
      const permissions = options.usePermissions === false ? [] : ['--permission', ...(entry === 'model' ? ['--allow-addons', '--disable-warning=PERM0001'] : []), ...files.map((path) => `--allow-fs-read=${path}`)];
      const flags = [...permissions, `--max-old-space-size=${limit.heapMb}`, '--disable-warning=ExperimentalWarning'];
      const [command, ...before] = [...(jailOf(entry, files, limit.heapMb) ?? launcher ?? []), process.execPath];
      if (command === undefined) throw new Error('No program to start the child with.');
      const child = fork(file, [], {
        execPath: command,
        execArgv: [...before, ...flags],
        // An installed package runs its command line on Electron's own Node, which is a Node only when told so.
        env: process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
        cwd: parse(tmpdir()).root,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      const exited = new Promise<ChildExit>((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
        child.once('error', () => {
          // Also emitted when a message cannot be sent or a kill fails: only a child without a pid never started.
          if (child.pid === undefined) resolve({ code: null, signal: null });
        });
      });
      return {
        pid: Promise.resolve(child.pid ?? null),
        post: (message) => {
          // The callback keeps a broken channel from being thrown as an event; the exit tells what happened.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- messages are structured clones; the typings ask for an object
          if (child.connected) child.send(message as object, () => undefined);
        },
        onMessage: (listener) => void child.on('message', listener),
        exited,
        kill: () => void child.kill('SIGKILL'),
      } satisfies ChildHandle;
    },
  };
}
