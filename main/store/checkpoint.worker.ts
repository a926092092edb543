/** The program of a checkpointer's thread: folds the log into the database whenever it is told to. It writes nothing of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import type { CheckpointOrder, CheckpointThreadData } from './checkpoint-thread.ts';
import { openSqlite } from './sqlite.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checkpointer.ts is the only one that starts this
const { options, closed } = workerData as CheckpointThreadData;
const folded = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })]);
const mostRounds = 4;
const flag = new Int32Array(closed);
const db = openSqlite({ ...options, cacheMb: 1 }, 'this case');

parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'fold') {
    // What was committed meanwhile is folded here as well, as far as it goes: what is left the writer folds, and waits for the disk.
    for (let round = 0; round < mostRounds; round += 1) {
      const [{ log, checkpointed }] = folded.parse(db.pragma('wal_checkpoint(PASSIVE)'));
      if (checkpointed >= log) break;
    }
    parentPort?.postMessage('folded');
    return;
  }
  db.close();
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
  parentPort?.close();
});
