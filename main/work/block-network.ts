import { createRequire, syncBuiltinESMExports } from 'node:module';

const blockedModules = ['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2', 'child_process', 'worker_threads', 'cluster', 'inspector', 'inspector/promises', 'repl'];
const blockedGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'Worker', 'BroadcastChannel'];

/**
 * Takes the network, other processes and signals to them, threads, the inspector and native code away from this process, for good: every function of
 * the modules that lead there throws from now on, through import and require alike. A second wall where the system gives a first
 * one, the only one elsewhere; so it has to run before any parser is loaded. The channel to the parent keeps working. What it returns loads native
 * code, for the one caller that has it in hand before it reads anything that came from outside.
 */
export function blockNetwork(): NodeJS.Process['dlopen'] {
  const dlopen = process.dlopen.bind(process);
  // Both are made lazily, out of parts of `net`.
  void process.stdout;
  void process.stderr;
  const require = createRequire(import.meta.url);
  // All are loaded before the first is changed: some are built out of others.
  const modules = blockedModules.flatMap((name) => loaded(require, name));
  for (const { name, module } of modules) {
    for (const [key, value] of Object.entries(module)) {
      if (typeof value !== 'function') continue;
      blockMethods(name, value);
      replace(module, key, refusal(`${name}.${key}`));
    }
    replace(module, 'default', module);
  }
  for (const name of blockedGlobals) replace(globalThis, name, refusal(name));
  for (const name of ['binding', '_linkedBinding', 'dlopen']) replace(process, name, refusal(`process.${name}`));
  keepSignalsHome();
  syncBuiltinESMExports();
  return dlopen;
}

/** A process may signal itself and nobody else: the kernel would let it reach every process of the same user. */
function keepSignalsHome(): void {
  const kill = process.kill.bind(process);
  const refuse = refusal('process.kill');
  replace(process, 'kill', (pid: number, signal?: string | number) => (pid === process.pid ? kill(pid, signal) : refuse()));
  replace(process, '_debugProcess', refusal('process._debugProcess'));
}

/** Nothing when this build of Node has no such module, which is as good. */
function loaded(require: NodeJS.Require, name: string): { readonly name: string; readonly module: Record<string, unknown> }[] {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module of Node's own, looked at key by key
    return [{ name, module: require(`node:${name}`) as Record<string, unknown> }];
  } catch {
    return [];
  }
}

/** Also for code that took hold of a class before: the prototype is shared. */
function blockMethods(module: string, value: object): void {
  const prototype: unknown = (value as { readonly prototype?: unknown }).prototype;
  if (typeof prototype !== 'object' || prototype === null) return;
  for (const method of ['connect', 'listen', 'bind', 'request']) {
    if (Object.hasOwn(prototype, method)) replace(prototype, method, refusal(`${module} ${method}`));
  }
}

/** A function that throws for whoever calls it. `where` completes the sentence. */
export function refusal(what: string, where = 'to a process that reads what came from outside'): () => never {
  return function refuse() {
    throw Object.assign(new Error(`${what} is not available ${where}.`), { code: 'ERR_ACCESS_DENIED' });
  };
}

/** Puts a value where nothing puts it back. */
export function replace(target: object, key: string, value: unknown): void {
  if (Object.getOwnPropertyDescriptor(target, key)?.configurable === false) return;
  Object.defineProperty(target, key, { value, configurable: false, enumerable: true, writable: false });
}
