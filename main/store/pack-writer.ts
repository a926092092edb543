/**
 * Sealing small originals into packs beside the engine: a key for each blob, its encryption and the wait for the disk would take the
 * engine's thread longer than the blob's row and its words in the index. The thread does what blobs.ts does, with the same key.
 */
import { Worker } from 'node:worker_threads';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { AppError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import type { BlobPlace, BlobStore } from './blobs.ts';

/** Handed to the thread when it starts; it empties its copy of the key. */
export interface PackThreadData {
  readonly folder: string;
  readonly key: Uint8Array;
}

/** One pack: its name, and the contents one behind the other. */
export interface PackOrder {
  readonly pack: string;
  readonly bytes: Uint8Array;
  readonly lengths: readonly number[];
}

/** To each order, in their order. `code` is null for a failure that has none of ours. */
export type PackAnswer =
  | { readonly kind: 'written'; readonly places: BlobPlace[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string };

export interface PackWriter extends Pick<BlobStore, 'writePack'> {
  /** Ends the thread; what was not written rejects. */
  readonly close: () => void;
}

interface Asked {
  readonly resolve: (places: BlobPlace[]) => void;
  readonly reject: (error: unknown) => void;
}

const entry = join(dirname(fileURLToPath(import.meta.url)), import.meta.url.endsWith('.ts') ? 'pack.worker.ts' : 'pack.worker.js');

/** A writer into the blobs folder of a case; its thread starts with the first pack. `key` is the 32-byte blob key. */
export function createPackWriter(folder: string, key: Uint8Array, ids: Ids): PackWriter {
  let asked: Asked[] = [];
  let worker: Worker | null = null;

  const start = (): Worker => {
    const data: PackThreadData = { folder, key: Uint8Array.from(key) };
    const started = new Worker(entry, { workerData: data, env: {}, execArgv: [], name: 'pack' });
    data.key.fill(0);
    started.on('message', (answer: PackAnswer) => {
      const first = asked.shift();
      if (asked.length === 0) started.unref();
      if (answer.kind === 'written') first?.resolve(answer.places);
      else first?.reject(answer.code === null ? new Error(answer.message) : new AppError(answer.code, answer.message));
    });
    started.on('error', () => undefined); // 'exit' follows
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      fail();
    });
    return started;
  };
  const fail = (): void => {
    const lost = asked;
    asked = [];
    for (const { reject } of lost) reject(new Error('the thread that writes packs ended'));
  };
  return {
    writePack: (blobs) => new Promise((resolve, reject) => {
      const bytes = Buffer.allocUnsafeSlow(blobs.reduce((sum, blob) => sum + blob.length, 0));
      let at = 0;
      for (const blob of blobs) {
        bytes.set(blob, at);
        at += blob.length;
      }
      asked.push({ resolve, reject });
      worker ??= start();
      worker.ref();
      worker.postMessage({ pack: ids(), bytes, lengths: blobs.map(({ length }) => length) } satisfies PackOrder, [bytes.buffer]);
    }),
    close: () => {
      const ending = worker;
      worker = null;
      fail();
      void ending?.terminate();
    },
  };
}
