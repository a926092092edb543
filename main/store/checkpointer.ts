/**
 * Folding the write-ahead log into the database beside the writer. Each page that is folded is decrypted, encrypted and made durable:
 * sixteen megabytes of them would hold the engine up for a tenth of a second, and would be paid by whoever commits next. A thread with
 * a connection of its own does it instead; the writer only folds the little that was added meanwhile, after which SQLite starts the
 * log anew. Durability does not hang on any of this: a commit is durable in the log. Where the thread cannot run, SQLite folds as it
 * always does, at the commit that makes the log long.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { isAppError } from '../base/errors.ts';
import type { CheckpointOrder, CheckpointThreadData } from './checkpoint-thread.ts';
import type { OpenDatabase, OpenOptions } from './connection.ts';

/** Keeps the log of one database short. The writer's owner closes it. */
export interface Checkpointer {
  /** Told after each commit; cheap. */
  readonly committed: () => void;
  /** Ends the thread and waits for it. Called before the writer closes. */
  readonly close: () => void;
}

/** Pages of log (16 KiB each) from which the thread folds; below it is not even started. */
const foldFromPages = 400;
/** Pages from which SQLite folds at a commit after all: when the thread cannot keep up, and when there is none. */
const longestPages = 16_000;
const usualPages = 1000;
const closeMs = 5000;

const entry = join(dirname(fileURLToPath(import.meta.url)), import.meta.url.endsWith('.ts') ? 'checkpoint.worker.ts' : 'checkpoint.worker.js');
const logRow = z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() });

/** Watches the log of a database that `options` opens. */
export function createCheckpointer(db: OpenDatabase, options: OpenOptions): Checkpointer {
  let thread: { readonly worker: Worker; readonly closed: Int32Array } | null = null;
  let isFolding = false;
  let isHopeless = false;
  db.exec(`PRAGMA wal_autocheckpoint=${longestPages}`);

  /** Folds what was added while the thread was at it, so that SQLite can start the log anew. */
  const foldRest = (): void => {
    try {
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch (error) {
      if (!isAppError(error)) throw error; // a full disk stops the folding, not what is in the log; the next commit meets it too
    }
  };
  const start = (): Worker => {
    const closed = new SharedArrayBuffer(4);
    const worker = new Worker(entry, { workerData: { options, closed } satisfies CheckpointThreadData, env: {}, execArgv: [], name: 'checkpoint' });
    worker.unref();
    worker.on('message', () => {
      isFolding = false;
      if (thread?.worker === worker) foldRest();
    });
    worker.on('error', () => undefined); // 'exit' follows
    worker.on('exit', () => {
      if (thread?.worker !== worker) return;
      thread = null;
      isHopeless = true;
      db.exec(`PRAGMA wal_autocheckpoint=${usualPages}`);
    });
    thread = { worker, closed: new Int32Array(closed) };
    return worker;
  };

  return {
    committed: () => {
      if (isFolding || isHopeless) return;
      const { log, checkpointed } = logRow.parse(db.read.get('PRAGMA wal_checkpoint(NOOP)'));
      if (log - checkpointed < foldFromPages) return;
      isFolding = true;
      (thread?.worker ?? start()).postMessage('fold' satisfies CheckpointOrder);
    },
    close: () => {
      const ending = thread;
      thread = null;
      if (ending === null) return;
      ending.worker.postMessage('close' satisfies CheckpointOrder);
      Atomics.wait(ending.closed, 0, 0, closeMs); // it answers after the fold it is at
      void ending.worker.terminate();
    },
  };
}
