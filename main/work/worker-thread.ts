/**
 * A worker thread that answers requests, one after another; what is cancelled before its turn never reaches the thread. A thread that
 * dies fails the request it was at and is started again for the next.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../base/errors.ts';
import { endKind, type ThreadAnswer, type ThreadData, type ThreadRequest, type ThreadRequests } from './thread-messages.ts';

/** How a request may be watched and ended. */
export interface AskOptions<P = unknown> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: P) => void) | undefined;
}

export interface WorkerThread<R extends ThreadRequests> {
  /** Rejects with the signal's reason when cancelled, with the handler's AppError, or with bridge.internal when the thread died. */
  readonly ask: <K extends keyof R & string>(kind: K, input: R[K]['input'], options?: AskOptions<R[K]['progress']>) => Promise<R[K]['output']>;
  /** Ends the thread; what was not answered fails with bridge.closed. */
  readonly close: () => Promise<void>;
}

interface Job {
  readonly request: ThreadRequest;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** How long a closing thread may finish what it is at; the vault's lock has two seconds in all. */
const patienceMs = 1000;

/** What a thread is started from. */
export interface ThreadOptions {
  /** Its program, a file path. */
  readonly entry: string;
  readonly name: string;
  /** Handed to the program as it starts: plain values. */
  readonly given: unknown;
  /** What a person reads when the thread died, and when it was closed before it answered. */
  readonly sentences: { readonly died: string; readonly closed: string };
}

/** Prepares a thread; it starts with the first request. */
export function createWorkerThread<R extends ThreadRequests>({ entry, name, given, sentences }: ThreadOptions): WorkerThread<R> {
  const cancelled = new SharedArrayBuffer(4);
  const cancelledId = new Int32Array(cancelled);
  let worker: Worker | null = null;
  let current: Job | null = null;
  let waiting: Job[] = [];
  let lastId = 0;
  let isClosed = false;

  const closed = (): AppError => new AppError('bridge.closed', sentences.closed);
  const start = (): Worker => {
    const data: ThreadData = { given, cancelled };
    const started = new Worker(entry, { workerData: data, env: {}, execArgv: [], name });
    started.on('message', (answer: ThreadAnswer) => take(answer));
    started.on('error', () => undefined); // 'exit' follows and tells the owner
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      const lost = current;
      current = null;
      lost?.reject(new AppError('bridge.internal', sentences.died, { data: { thread: name } }));
      next();
    });
    return started;
  };
  const next = (): void => {
    if (current !== null || isClosed) return;
    current = waiting.shift() ?? null;
    if (current === null) {
      worker?.unref(); // an idle thread keeps no program alive
      return;
    }
    worker ??= start();
    worker.ref();
    worker.postMessage(current.request);
  };
  const take = (answer: ThreadAnswer): void => {
    const job = current;
    if (job === null || job.request.id !== answer.id) return;
    if (answer.kind === 'progress') return job.onProgress?.(answer.progress);
    current = null;
    if (answer.kind === 'done') job.resolve(answer.output);
    else job.reject(new AppError(answer.error.code, answer.error.message, { data: answer.error.data ?? {} }));
    return next();
  };
  const ask: WorkerThread<R>['ask'] = (kind, input, { signal, onProgress } = {}) => new Promise((resolve, reject) => {
    if (isClosed) return reject(closed());
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
    if (signal?.aborted === true) return reject(signal.reason);
    lastId += 1;
    const id = lastId;
    const cancel = (): void => {
      Atomics.store(cancelledId, 0, id); // a request that runs looks here between its steps
      waiting = waiting.filter(({ request }) => request.id !== id);
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const settle = <T>(how: (value: T) => void) => (value: T): void => {
      signal?.removeEventListener('abort', cancel);
      how(value);
    };
    waiting.push({ request: { id, kind, input }, resolve: settle(resolve), reject: settle(reject), onProgress });
    return next();
  });
  const close = async (): Promise<void> => {
    isClosed = true;
    for (const job of [current, ...waiting]) job?.reject(closed());
    if (current !== null) Atomics.store(cancelledId, 0, current.request.id);
    current = null;
    waiting = [];
    const ending = worker;
    worker = null;
    if (ending === null) return;
    // The thread closes its own connection: ending it from outside in the middle of the driver's work can take the process along.
    const ended = once(ending, 'exit');
    ending.ref();
    const request: ThreadRequest = { id: 0, kind: endKind, input: null };
    ending.postMessage(request);
    const late = setTimeout(() => void ending.terminate(), patienceMs);
    await ended;
    clearTimeout(late);
  };
  return { ask, close };
}
