/** The program of a file reader's thread: walks folders, opens, reads and hashes what it is told to, in order, with calls that wait for the disk. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { FileAnswer, FileRequest, ReaderAnswer, ReaderOrder } from './file-reader.ts';
import { walkFiles, type WalkEntry } from './walk.ts';

/** Bytes that may be read before what was read is handed over. */
const answerBytes = 1024 * 1024;
/** How long a walk goes on before files that wait to be read have their turn. */
const walkTurnMs = 50;

/** The bytes of an open file. One read serves a file that is as long as it was said to be, with room for one byte more to see that it ended. */
function readWhole(handle: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size + 1);
  const read = readSync(handle, bytes, 0, bytes.length, 0);
  return read === size ? bytes.subarray(0, size) : Uint8Array.from(readFileSync(handle)); // a file that changes, or that the system tells no size of
}

function answerTo({ id, location, flags, mostBytes }: FileRequest): FileAnswer {
  try {
    const handle = openSync(Buffer.from(location), flags);
    try {
      const stats = fstatSync(handle);
      if (!stats.isFile()) return { id, kind: 'special' };
      if (stats.size > mostBytes) return { id, kind: 'large' };
      const bytes = readWhole(handle, stats.size);
      return { id, kind: 'bytes', bytes, sha256: createHash('sha256').update(bytes).digest() };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return { id, kind: 'failed', code: error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null };
  }
}

const post = (answer: ReaderAnswer, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(answer, transfer);

function readAll(requests: readonly FileRequest[]): void {
  let answers: FileAnswer[] = [];
  let held = 0;
  const hand = (): void => {
    post({ t: 'read', answers }, answers.flatMap((answer) => (answer.kind === 'bytes' ? [answer.bytes.buffer] : [])));
    answers = [];
    held = 0;
  };
  for (const request of requests) {
    const answer = answerTo(request);
    answers.push(answer);
    if (answer.kind === 'bytes') held += answer.bytes.length;
    if (held >= answerBytes) hand();
  }
  if (answers.length > 0) hand();
}

const walks = new Map<number, Generator<WalkEntry, void, undefined>>();

/** The next entries of a walk. A folder that holds few of them, or a slow one, does not keep what was found waiting. */
function walkOn(id: number, most: number): void {
  const walk = walks.get(id);
  if (walk === undefined) return;
  const entries: WalkEntry[] = [];
  const began = performance.now();
  let isLast = false;
  while (entries.length < most && performance.now() - began < walkTurnMs) {
    const next = walk.next();
    if (next.done === true) {
      isLast = true;
      walks.delete(id);
      break;
    }
    entries.push(next.value);
  }
  post({ t: 'walked', id, entries, isLast });
}

parentPort?.on('message', (order: ReaderOrder) => {
  switch (order.t) {
    case 'read':
      return readAll(order.requests);
    case 'walk':
      walks.set(order.id, walkFiles(order.path));
      return walkOn(order.id, order.most);
    case 'walk-on':
      return walkOn(order.id, order.most);
    case 'walk-end':
      walks.delete(order.id);
      return undefined;
  }
});
