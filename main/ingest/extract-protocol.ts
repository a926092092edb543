import type { ExtractResult } from './extracted.ts';

/** Pool to child. Tasks are read one at a time in the order of arrival; `forget` takes back those that have not begun. */
export type ToExtractor =
  | { readonly t: 'extract'; readonly id: number; readonly name: string; readonly bytes: Uint8Array }
  | { readonly t: 'forget'; readonly ids: readonly number[] };

/**
 * Child to pool. `ready` once, when the program is loaded. That a task has begun is not told apart: tasks run in order, so the next one
 * begins when the one before it is done; `reading` names what it is as soon as that is known, unless it is small text.
 */
export type FromExtractor =
  | { readonly t: 'ready' }
  | { readonly t: 'reading'; readonly id: number; readonly label: string }
  | { readonly t: 'done'; readonly id: number; readonly result: ExtractResult }
  | { readonly t: 'resident'; readonly bytes: number };
