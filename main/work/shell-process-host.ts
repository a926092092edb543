import { canLimitProcess, limitProcess } from './limit-process.ts';
import type { ChildEntry, ChildExit, ChildHandle, ProcessHost } from './process-host.ts';

/** What the host asks of the shell. `id` is the host's own number for the child. */
export type ShellRequest =
  | { readonly t: 'fork'; readonly id: number; readonly entry: ChildEntry; readonly heapMb: number }
  | { readonly t: 'kill'; readonly id: number };

/** What the shell answers. `child` comes with a port to the child; `child-exit` comes once for every `fork`, also when it failed. */
export type ShellAnswer =
  | { readonly t: 'child'; readonly id: number; readonly pid: number }
  | { readonly t: 'child-exit'; readonly id: number; readonly code: number | null };

/** A message port in the shape that the engine's process gets it from the shell. */
export interface ShellPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown;
  readonly start: () => void;
  readonly close: () => void;
}

/** The way to the shell. Messages that are none of ours pass by: the listener ignores them. */
export interface ShellLink {
  readonly send: (message: ShellRequest) => void;
  readonly onMessage: (listener: (message: { readonly t: string }, port: ShellPort | null) => void) => void;
}

interface Child {
  port: ShellPort | null;
  readonly waiting: unknown[];
  listener: ((message: unknown) => void) | null;
  readonly started: (pid: number | null) => void;
  readonly ended: (exit: ChildExit) => void;
}

/**
 * Children as utility processes, which only the shell can start. Their files are not fenced by Node's permission model and their
 * network is taken away by their own program (block-network.ts): the shell's flags and the system's sandbox are the other walls. On Linux
 * an extractor gets limits of the kernel once it runs (limit-process.ts).
 */
export function shellProcessHost(link: ShellLink): ProcessHost {
  const childrenById = new Map<number, Child>();
  let lastId = 0;

  link.onMessage((message, port) => {
    if (!isAnswer(message)) return;
    const child = childrenById.get(message.id);
    if (child === undefined) return port?.close();
    if (message.t === 'child-exit') {
      childrenById.delete(message.id);
      child.port?.close();
      child.started(null);
      child.ended({ code: message.code, signal: null });
      return;
    }
    if (port === null) return link.send({ t: 'kill', id: message.id });
    child.port = port;
    port.on('message', (event) => child.listener?.(event.data));
    port.start();
    for (const waiting of child.waiting.splice(0)) port.postMessage(waiting);
    child.started(message.pid);
  });

  return {
    isolation: () => ({ network: 'blocked-in-process', files: 'none', limits: canLimitProcess() ? 'kernel' : 'watched', memory: process.platform === 'linux' ? 'resident' : 'reported' }),
    fork: (entry, limit) => {
      const id = ++lastId;
      const pid = Promise.withResolvers<number | null>();
      const exited = Promise.withResolvers<ChildExit>();
      const child: Child = { port: null, waiting: [], listener: null, started: pid.resolve, ended: exited.resolve };
      childrenById.set(id, child);
      if (entry === 'extract') void pid.promise.then((started) => { if (started !== null) limitProcess(started, limit.heapMb); });
      link.send({ t: 'fork', id, entry, heapMb: limit.heapMb }); // what it `reads` is not the shell's to enforce: no vault's path goes there
      return {
        pid: pid.promise,
        post: (message) => {
          if (!childrenById.has(id)) return;
          if (child.port === null) child.waiting.push(message);
          else child.port.postMessage(message);
        },
        onMessage: (listener) => {
          child.listener = listener;
        },
        exited: exited.promise,
        kill: () => {
          if (childrenById.has(id)) link.send({ t: 'kill', id });
        },
      } satisfies ChildHandle;
    },
  };
}

function isAnswer(message: { readonly t: string }): message is ShellAnswer {
  return message.t === 'child' || message.t === 'child-exit';
}
