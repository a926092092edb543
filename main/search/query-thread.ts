import type { OpenOptions } from '../store/reader.ts';
import { createWorkerThread, type ThreadRequests, type WorkerThread } from '../work/index.ts';

/** A worker thread with a reading connection of its own; serve-queries.ts is its side. It starts with the first request. `entry` is its program, a file path. */
export function createQueryThread<R extends ThreadRequests>({ entry, readerOptions, name }: { readonly entry: string; readonly readerOptions: OpenOptions; readonly name: string }): WorkerThread<R> {
  return createWorkerThread<R>({
    entry, name, given: readerOptions,
    sentences: { died: 'The search stopped while it worked on this. It starts again with the next request.', closed: 'The case was closed before the search answered.' },
  });
}
