/**
 * Preloaded with `--import`: counts every attempt of its process, and of the process's threads, to reach a network: connections,
 * name look-ups, datagrams. The attempts go through; what matters is that they were made.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import threads, { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** Everything that was attempted so far, oldest first: `tcp 127.0.0.1:8080`, `dns lookup host`, `udp`. */
export function attempts(): readonly string[] {
  return seen;
}

const seen: string[] = [];
const channel = new BroadcastChannel('redoubt.socket-hook');
channel.unref();
channel.onmessage = (event) => { seen.push(String((event as { readonly data: unknown }).data)); };

function note(what: string): void {
  seen.push(what);
  if (!isMainThread) channel.postMessage(what);
}

type Callable = (this: unknown, ...args: unknown[]) => unknown;

/** Puts a function before a method. The method keeps its properties: callers look at some. */
function before(target: object, name: string, look: (args: readonly unknown[]) => void): void {
  const methods = target as Record<string, Callable>;
  const original = methods[name];
  if (typeof original !== 'function') return;
  const wrapped: Callable = function wrapped(...args) {
    look(args);
    return Reflect.apply(original, this, args);
  };
  methods[name] = Object.assign(wrapped, original);
}

/** The place that Socket.connect is asked for: an options object, a path, or a port and perhaps a host, possibly in an array of Node's own. */
function placeOf(args: readonly unknown[]): string {
  const [first, second] = args.flat();
  if (typeof first === 'object' && first !== null) {
    const { host = 'localhost', port, path } = first as { readonly host?: string; readonly port?: number | string; readonly path?: string };
    return path === undefined ? `tcp ${host}:${String(port)}` : `pipe ${path}`;
  }
  return typeof first === 'string' && !/^\d+$/.test(first) ? `pipe ${first}` : `tcp ${typeof second === 'string' ? second : 'localhost'}:${String(first)}`;
}

before(net.Socket.prototype, 'connect', (args) => note(placeOf(args)));
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt', 'resolveSrv', 'reverse', 'lookupService']) {
  before(dns, name, (args) => note(`dns ${name} ${String(args[0])}`));
  before(dns.promises, name, (args) => note(`dns ${name} ${String(args[0])}`));
}
for (const name of ['bind', 'connect', 'send']) before(dgram.Socket.prototype, name, () => note('udp'));

// Threads are started with the options they are given: each gets this file too.
if (isMainThread) {
  const Original = threads.Worker;
  threads.Worker = class extends Original {
    constructor(file: string | URL, options: ConstructorParameters<typeof Original>[1] = {}) {
      super(file, { ...options, execArgv: [...(options?.execArgv ?? []), '--import', import.meta.url] });
    }
  };
}
syncBuiltinESMExports();
