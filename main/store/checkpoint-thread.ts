import type { OpenOptions } from './sqlite.ts';

/** Handed to a checkpointer's thread when it starts. `closed` becomes 1 when it has closed its connection. */
export interface CheckpointThreadData {
  readonly options: OpenOptions;
  readonly closed: SharedArrayBuffer;
}

/** What the thread is told. It answers `folded` to the first and ends after the second. */
export type CheckpointOrder = 'fold' | 'close';
