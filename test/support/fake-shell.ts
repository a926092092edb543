import { MessageChannel, Worker } from 'node:worker_threads';
import type { ShellLink, ShellPort, ShellRequest } from '../../main/work/index.ts';

/** A shell whose utility processes are threads. `close` ends those that are left. */
export interface FakeShell {
  readonly link: ShellLink;
  readonly close: () => Promise<void>;
}

/** Runs `file` for every child that is asked for. */
export function fakeShell(file: string): FakeShell {
  const workersById = new Map<number, Worker>();
  let listener: Parameters<ShellLink['onMessage']>[0] = () => undefined;

  const start = (request: Extract<ShellRequest, { t: 'fork' }>): void => {
    const { id, heapMb } = request;
    const worker = new Worker(new URL('./utility-thread.ts', import.meta.url), { workerData: { file }, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
    workersById.set(id, worker);
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ port: port2 }, [port2]);
    worker.once('online', () => listener({ t: 'child', id, pid: process.pid } as { readonly t: string }, engineEnd(port1)));
    worker.once('error', () => undefined);
    worker.once('exit', (code) => {
      workersById.delete(id);
      listener({ t: 'child-exit', id, code } as { readonly t: string }, null);
    });
  };
  return {
    link: {
      send: (message) => {
        if (message.t === 'fork') start(message);
        else void workersById.get(message.id)?.terminate();
      },
      onMessage: (heard) => {
        listener = heard;
      },
    },
    close: async () => {
      await Promise.all([...workersById.values()].map((worker) => worker.terminate()));
    },
  };
}

function engineEnd(port: MessageChannel['port1']): ShellPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (_event, heard) => port.on('message', (data: unknown) => heard({ data })),
    start: () => port.start(),
    close: () => port.close(),
  };
}
