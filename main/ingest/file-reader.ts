/**
 * Folders walked, files read and hashed on a thread of its own, many to a message: each call of node:fs on the engine's thread costs it more than a small
 * file's text does, and a disk that is slow to answer keeps only this thread waiting.
 */
import { Worker } from 'node:worker_threads';
import { onAbort } from '../base/on-abort.ts';
import { threadEntry } from '../work/index.ts';
import type { WalkEntry } from './walk.ts';

/** A file that the thread is asked for. `flags` are those of open(2). */
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

/** To the thread. A walk gives at most `most` entries at a time, and waits until it is asked for more. */
export type ReaderOrder =
  | { readonly t: 'read'; readonly requests: readonly FileRequest[] }
  | { readonly t: 'walk'; readonly id: number; readonly path: string; readonly most: number }
  | { readonly t: 'walk-on'; readonly id: number; readonly most: number }
  | { readonly t: 'walk-end'; readonly id: number };

/** From the thread. */
export type ReaderAnswer =
  | { readonly t: 'read'; readonly answers: readonly FileAnswer[] }
  | ({ readonly t: 'walked'; readonly id: number } & WalkedPart);

/** Some of what a walk finds, in its order. */
export interface WalkedPart {
  readonly entries: readonly WalkEntry[];
  readonly isLast: boolean;
}

export interface FileReader {
  /** What lies at and below a dropped path, in parts, as walkFiles finds it. Throws the signal's reason, or when the thread died or was closed. */
  readonly walk: (path: string, signal: AbortSignal) => AsyncGenerator<readonly WalkEntry[], void, undefined>;
  /** Reads a file of at most `mostBytes`. Rejects with the signal's reason, or when the thread died or was closed. */
  readonly read: (location: Uint8Array, flags: number, mostBytes: number, signal: AbortSignal) => Promise<FoundAtPlace>;
  /** Ends the thread; what was not answered rejects. */
  readonly close: () => Promise<void>;
}

interface Asked<T> {
  readonly resolve: (found: T) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread with this many files to read is told of more when there are as many again, or when it has answered. */
const busy = 32;
/** Entries of a walk at a time: few at first, so that reading begins at once. */
const firstPart = 16;
const walkPart = 250;

/** A reader; its thread starts with the first file. */
export function createFileReader(): FileReader {
  const entry = threadEntry(import.meta.url, './file-reader.worker.ts');
  const reading = new Map<number, Asked<FoundAtPlace>>();
  const walking = new Map<number, Asked<WalkedPart>>();
  let unsent: FileRequest[] = [];
  /** Files that the thread was told of and has not answered. */
  let sent = 0;
  let worker: Worker | null = null;
  let lastId = 0;

  const fail = (): void => {
    const lost = [...reading.values(), ...walking.values()];
    reading.clear();
    walking.clear();
    unsent = [];
    sent = 0;
    for (const { reject } of lost) reject(new Error('the thread that reads files ended'));
  };
  const start = (): Worker => {
    const started = new Worker(entry, { env: {}, execArgv: [], name: 'file-reader' });
    started.on('message', (answer: ReaderAnswer) => {
      if (answer.t === 'walked') settle(walking, answer.id, answer);
      else {
        sent -= answer.answers.length;
        for (const { id, ...found } of answer.answers) settle(reading, id, found);
        send();
      }
      if (reading.size + walking.size === 0) started.unref();
    });
    started.on('error', () => undefined); // 'exit' follows
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      fail();
    });
    return started;
  };
  const post = (order: ReaderOrder): void => {
    worker ??= start();
    worker.ref();
    worker.postMessage(order);
  };
  /** One message for all that is asked while the thread has enough to do: each costs more than reading a small file. */
  const send = (): void => {
    if (unsent.length === 0 || (sent >= busy && unsent.length < busy)) return;
    sent += unsent.length;
    post({ t: 'read', requests: unsent });
    unsent = [];
  };
  /** A promise for the answer to `id`, which rejects when the signal aborts first. */
  const answerIn = <T>(asked: Map<number, Asked<T>>, id: number, signal: AbortSignal): Promise<T> => new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => asked.get(id)?.reject(signal.reason));
    const after = <V>(how: (value: V) => void) => (value: V): void => {
      stopListening();
      how(value);
    };
    asked.set(id, { resolve: after(resolve), reject: after(reject) });
  });
  const next = (id: number, signal: AbortSignal): Promise<WalkedPart> => {
    signal.throwIfAborted();
    const part = answerIn(walking, id, signal);
    post({ t: 'walk-on', id, most: walkPart });
    return part;
  };
  return {
    walk: async function* (path, signal) {
      signal.throwIfAborted();
      const id = ++lastId;
      const first = answerIn(walking, id, signal);
      post({ t: 'walk', id, path, most: firstPart });
      let isLast = false;
      try {
        for (let part = await first; ; part = await next(id, signal)) {
          isLast = part.isLast;
          yield part.entries;
          if (isLast) return;
        }
      } finally {
        walking.delete(id);
        if (!isLast) worker?.postMessage({ t: 'walk-end', id } satisfies ReaderOrder);
      }
    },
    read: async (location, flags, mostBytes, signal) => {
      signal.throwIfAborted();
      const id = ++lastId;
      if (unsent.length === 0) setImmediate(send);
      unsent.push({ id, location, flags, mostBytes });
      return answerIn(reading, id, signal);
    },
    close: async () => {
      const ending = worker;
      worker = null;
      fail();
      await ending?.terminate();
    },
  };
}

function settle<T>(asked: Map<number, Asked<T>>, id: number, found: T): void {
  asked.get(id)?.resolve(found);
  asked.delete(id);
}
