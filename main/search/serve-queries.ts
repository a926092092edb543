import { parentPort, workerData } from 'node:worker_threads';
import { bug, toWireError } from '../base/errors.ts';
import { openReader, type ReadDb, type Reader } from '../store/reader.ts';
import { endKind, type ThreadAnswer, type ThreadData, type ThreadRequest, type ThreadRequests } from './thread-messages.ts';

/** What a handler may use beside its input. */
export interface QueryContext<P> {
  readonly db: ReadDb;
  /** True once nobody waits for the answer. Long work asks between its steps and may then answer anything. */
  readonly isCancelled: () => boolean;
  readonly progress: (progress: P) => void;
}

export type QueryHandlers<R extends ThreadRequests> = { readonly [K in keyof R]: (input: R[K]['input'], context: QueryContext<R[K]['progress']>) => R[K]['output'] };

/** The thread's side of query-thread.ts: opens the database at the first request and answers until it is ended. */
export function serveQueries<R extends ThreadRequests>(handlers: QueryHandlers<R>): void {
  const port = parentPort ?? bug('not a worker thread');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- set by createQueryThread, the only one who starts this program
  const { options, cancelled } = workerData as ThreadData;
  const cancelledId = new Int32Array(cancelled);
  let reader: Reader | null = null;
  const answer = (message: ThreadAnswer): void => port.postMessage(message);
  port.on('message', ({ id, kind, input }: ThreadRequest) => {
    if (kind === endKind) {
      reader?.close();
      port.close();
      return;
    }
    try {
      reader ??= openReader(options, 'this case');
      const handler = handlers[kind] ?? bug('unknown request');
      const output = reader.read((db) => handler(input, { db, isCancelled: () => Atomics.load(cancelledId, 0) === id, progress: (progress) => answer({ id, kind: 'progress', progress }) }));
      answer({ id, kind: 'done', output });
    } catch (error) {
      answer({ id, kind: 'failed', error: toWireError(error) });
    }
  });
}
