/**
 * Files read and hashed on a thread of its own, many to a message: each call of node:fs on the engine's thread costs it more than a small
 * file's text does, and a disk that is slow to answer keeps only this thread waiting.
 */
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../search/index.ts';

/** What the thread is asked. `flags` are those of open(2). */
export interface FileRequest {
  readonly id: number;
  readonly location: Uint8Array;
  readonly flags: number;
  readonly mostBytes: number;
}

/** What was found at a place: a file's bytes and SHA-256, that it has more than the bytes asked for, that it is no file, or the system's code of a failure. */
export type FoundAtPlace =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly sha256: Uint8Array }
  | { readonly kind: 'large' }
  | { readonly kind: 'special' }
  | { readonly kind: 'failed'; readonly code: string | null };

export type FileAnswer = FoundAtPlace & { readonly id: number };

export interface FileReader {
  /** Reads a file of at most `mostBytes`. Rejects with the signal's reason, or when the thread died or was closed. */
  readonly read: (location: Uint8Array, flags: number, mostBytes: number, signal: AbortSignal) => Promise<FoundAtPlace>;
  /** Ends the thread; what was not answered rejects. */
  readonly close: () => Promise<void>;
}

interface Asked {
  readonly resolve: (found: FoundAtPlace) => void;
  readonly reject: (error: unknown) => void;
}

/** A reader; its thread starts with the first file. */
export function createFileReader(): FileReader {
  const entry = threadEntry(import.meta.url, './file-reader.worker.ts');
  const asked = new Map<number, Asked>();
  let unsent: FileRequest[] = [];
  let worker: Worker | null = null;
  let lastId = 0;

  const fail = (): void => {
    const lost = [...asked.values()];
    asked.clear();
    unsent = [];
    for (const { reject } of lost) reject(new Error('the thread that reads files ended'));
  };
  const start = (): Worker => {
    const started = new Worker(entry, { env: {}, execArgv: [], name: 'file-reader' });
    started.on('message', (answers: readonly FileAnswer[]) => {
      for (const { id, ...found } of answers) {
        asked.get(id)?.resolve(found);
        asked.delete(id);
      }
      if (asked.size === 0) started.unref();
    });
    started.on('error', () => undefined); // 'exit' follows
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      fail();
    });
    return started;
  };
  /** One message for all that is asked in a turn. */
  const send = (): void => {
    if (unsent.length === 0) return;
    worker ??= start();
    worker.ref();
    worker.postMessage(unsent);
    unsent = [];
  };
  return {
    read: (location, flags, mostBytes, signal) => new Promise((resolve, reject) => {
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      if (signal.aborted) return reject(signal.reason);
      const id = ++lastId;
      const cancel = (): void => asked.get(id)?.reject(signal.reason);
      signal.addEventListener('abort', cancel, { once: true });
      const settle = <T>(how: (value: T) => void) => (value: T): void => {
        signal.removeEventListener('abort', cancel);
        how(value);
      };
      asked.set(id, { resolve: settle(resolve), reject: settle(reject) });
      if (unsent.length === 0) setImmediate(send);
      unsent.push({ id, location, flags, mostBytes });
      return undefined;
    }),
    close: async () => {
      const ending = worker;
      worker = null;
      fail();
      await ending?.terminate();
    },
  };
}
