import type { ExtractResult } from './extracted.ts';

/** A file on its way through the pool. Settles once; what comes later is ignored. */
export interface PoolTask {
  readonly id: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Failed tries so far. */
  tries: number;
  readonly settled: Promise<ExtractResult>;
  readonly settle: (result: ExtractResult) => void;
  /** Rejects it. */
  readonly abandon: (reason: unknown) => void;
}

let lastId = 0;

/** A new task. `onSettled` runs once, however the task ends, before its promise does. */
export function poolTask(file: { readonly name: string; readonly bytes: Uint8Array }, signal: AbortSignal | undefined, onSettled: (how: 'settled' | 'abandoned') => void): PoolTask {
  const { promise, resolve, reject } = Promise.withResolvers<ExtractResult>();
  let open = true;
  const close = (how: 'settled' | 'abandoned'): boolean => {
    if (!open) return false;
    open = false;
    signal?.removeEventListener('abort', cancel);
    onSettled(how);
    return true;
  };
  const abandon = (reason: unknown): void => {
    if (close('abandoned')) reject(reason);
  };
  const cancel = (): void => abandon(signal?.reason);
  signal?.addEventListener('abort', cancel);
  return {
    id: ++lastId,
    name: file.name,
    bytes: file.bytes,
    tries: 0,
    settled: promise,
    settle: (result) => {
      if (close('settled')) resolve(result);
    },
    abandon,
  };
}
