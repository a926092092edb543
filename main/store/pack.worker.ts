/** The program of a pack writer's thread: seals blobs into packs and makes them durable, one pack after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '../base/errors.ts';
import { openBlobs } from './blobs.ts';
import { nodeCrypto } from './crypto.ts';
import type { PackAnswer, PackOrder, PackThreadData } from './pack-writer.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pack-writer.ts is the only one that starts this
const { folder, key } = workerData as PackThreadData;
let pack = '';
const blobs = openBlobs(folder, key, nodeCrypto, () => pack);
key.fill(0);
let last: Promise<void> = Promise.resolve();

async function write({ pack: wanted, bytes, lengths }: PackOrder): Promise<void> {
  let at = 0;
  const contents = lengths.map((length) => bytes.subarray(at, (at += length)));
  let answer: PackAnswer;
  try {
    pack = wanted;
    answer = { kind: 'written', places: await blobs.writePack(contents) };
  } catch (error) {
    answer = { kind: 'failed', code: isAppError(error) ? error.code : null, message: isAppError(error) ? error.message : 'The pack could not be written.' };
  }
  parentPort?.postMessage(answer);
}

parentPort?.on('message', (order: PackOrder) => {
  last = last.then(() => write(order));
});
