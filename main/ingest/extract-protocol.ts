import type { ChildFile, ExtractResult, LostChild } from './extracted.ts';
import type { Room } from './members.ts';

/**
 * Pool to child: orders that were given in one turn, in one message. Tasks are read one at a time in the order of arrival; `forget` takes back those that have not begun. A file too large
 * to send is opened by its size, and `range` answers what the child wants of it. `taken` answers a member; not accepted, it is the last.
 * A suspect was in a child that ended: all results before it are told before it is begun, so that an end can be laid to it.
 */
export type ToExtractor =
  | { readonly t: 'extract'; readonly id: number; readonly name: string; readonly bytes: Uint8Array; readonly room: Room; readonly passwords: readonly string[]; readonly isSuspect: boolean }
  | { readonly t: 'open'; readonly id: number; readonly name: string; readonly sizeBytes: number; readonly room: Room; readonly passwords: readonly string[] }
  | { readonly t: 'range'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly t: 'taken'; readonly id: number; readonly accepted: boolean }
  | { readonly t: 'forget'; readonly ids: readonly number[] };

export type ToExtractorMessage = readonly ToExtractor[];

/** What became of one task. */
export interface TaskResult {
  readonly id: number;
  readonly result: ExtractResult;
}

/**
 * Child to pool. `ready` once, when the program is loaded. That a task has begun is not told apart: tasks run in order, so the next one
 * begins when the one before it is done; `reading` names what it is as soon as that is known, unless it is small text. Results of small text come several at a time, in their order; all come before
 * anything that is said of a later task. Members of a
 * container come one by one, each after the one before it was taken.
 */
export type FromExtractor =
  | { readonly t: 'ready' }
  | { readonly t: 'reading'; readonly id: number; readonly label: string }
  | { readonly t: 'want'; readonly id: number; readonly at: number; readonly length: number }
  | { readonly t: 'member'; readonly id: number; readonly member: ChildFile | LostChild }
  | { readonly t: 'done'; readonly results: readonly TaskResult[] }
  | { readonly t: 'resident'; readonly bytes: number };
