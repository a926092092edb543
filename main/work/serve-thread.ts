import { parentPort, workerData } from 'node:worker_threads';
import { bug, toWireError } from '../base/errors.ts';
import { endKind, type ThreadAnswer, type ThreadData, type ThreadRequest, type ThreadRequests } from './thread-messages.ts';

/** What a handler may use beside its input. */
export interface ThreadContext<P> {
  /** True once nobody waits for the answer. Long work asks between its steps and may then answer anything. */
  readonly isCancelled: () => boolean;
  readonly progress: (progress: P) => void;
}

/** What answers each kind of request, in the same turn. */
export type ThreadHandlers<R extends ThreadRequests> = { readonly [K in keyof R]: (input: R[K]['input'], context: ThreadContext<R[K]['progress']>) => R[K]['output'] };

/** The thread's side of worker-thread.ts: gives each request to `respond` until it is ended, then has `onEnd` close what it holds. What `respond` throws is the request's failure. */
export function serveThread(respond: (kind: string, input: unknown, context: ThreadContext<unknown>) => unknown, onEnd: () => void): void {
  const port = parentPort ?? bug('not a worker thread');
  const cancelledId = new Int32Array(startedWith().cancelled);
  const answer = (message: ThreadAnswer): void => port.postMessage(message);
  port.on('message', ({ id, kind, input }: ThreadRequest) => {
    if (kind === endKind) {
      onEnd();
      port.close();
      return;
    }
    try {
      const output = respond(kind, input, { isCancelled: () => Atomics.load(cancelledId, 0) === id, progress: (progress) => answer({ id, kind: 'progress', progress }) });
      answer({ id, kind: 'done', output });
    } catch (error) {
      answer({ id, kind: 'failed', error: toWireError(error) });
    }
  });
}

/** serveThread for a thread that holds nothing: its requests by name. */
export function serveRequests<R extends ThreadRequests>(handlers: ThreadHandlers<R>): void {
  serveThread((kind, input, context) => (handlers[kind] ?? bug('unknown request'))(input, context), () => undefined);
}

/** What the owner handed over. */
export function startedWith(): ThreadData {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- set by createWorkerThread, the only one who starts these programs
  return workerData as ThreadData;
}
