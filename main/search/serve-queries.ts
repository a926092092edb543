import { bug } from '../base/errors.ts';
import { openReader, type OpenOptions, type ReadDb, type Reader } from '../store/reader.ts';
import { serveThread, startedWith, type ThreadContext, type ThreadRequests } from '../work/index.ts';

/** What a handler may use beside its input. */
export interface QueryContext<P> extends ThreadContext<P> {
  readonly db: ReadDb;
}

export type QueryHandlers<R extends ThreadRequests> = { readonly [K in keyof R]: (input: R[K]['input'], context: QueryContext<R[K]['progress']>) => R[K]['output'] };

/** The thread's side of query-thread.ts: opens the database at the first request and answers until it is ended. */
export function serveQueries<R extends ThreadRequests>(handlers: QueryHandlers<R>): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- set by createQueryThread, the only one who starts this program
  const options = startedWith().given as OpenOptions;
  let reader: Reader | null = null;
  serveThread((kind, input, context) => {
    reader ??= openReader(options, 'this case');
    const handler = handlers[kind] ?? bug('unknown request');
    return reader.read((db) => handler(input, { ...context, db }));
  }, () => reader?.close());
}
