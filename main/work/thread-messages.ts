/** What passes between a worker thread and its owner. Only plain values. */
import type { WireError } from '../../preload/contract/errors.ts';

/** Requests by name: what goes in and what comes out. */
export type ThreadRequests = Readonly<Record<string, { readonly input: unknown; readonly output: unknown; readonly progress?: unknown }>>;

/** Handed over when the thread starts. `cancelled` holds the number of the request that nobody waits for any more. */
export interface ThreadData {
  /** What the thread's own program needs; its owner and it agree on what that is. */
  readonly given: unknown;
  readonly cancelled: SharedArrayBuffer;
}

export interface ThreadRequest {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
}

/** The kind of the last message to a thread: it closes what it holds and ends. */
export const endKind = 'end';

export type ThreadAnswer =
  | { readonly id: number; readonly kind: 'done'; readonly output: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly error: WireError }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: unknown };
