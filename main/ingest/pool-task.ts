import { onAbort } from '../base/on-abort.ts';
import type { ChildFile, ExtractResult, LostChild } from './extracted.ts';
import type { Room } from './members.ts';

/** One file to read. `name` is its last path segment, a hint only. */
export interface ExtractTask {
  readonly name: string;
  /** Empty when the file is given in `ranges`. */
  readonly bytes: Uint8Array;
  /** A file too large to send: given out as the child asks, at most `longestRange` bytes a time. */
  readonly ranges?: { readonly sizeBytes: number; readonly read: (at: number, length: number) => Uint8Array } | undefined;
  /** Takes what a container holds, as it comes; without it a container's members are refused. */
  readonly members?: MemberReceiver | undefined;
  /** Tried on what is encrypted, in their order. Never kept and never told. */
  readonly passwords?: readonly string[] | undefined;
}

/** What takes the members of one container. */
export interface MemberReceiver {
  readonly room: Room;
  /** False when there is no room for it. A rejection ends the child's task, and the pool's promise with it. */
  readonly take: (member: ChildFile | LostChild) => Promise<boolean>;
  /** The container is read again from its start: what came so far comes again. */
  readonly restart: () => void;
}

/** The most bytes that a child gets in one answer: opening more would hold the engine up. */
export const longestRange = 4 * 2 ** 20;

/** A file on its way through the pool. Settles once; what comes later is ignored. */
export interface PoolTask {
  readonly id: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly ranges: ExtractTask['ranges'];
  readonly members: ExtractTask['members'];
  readonly passwords: readonly string[];
  /** Failed tries so far. */
  tries: number;
  /** It was in a child that ended, read or waiting: which of those ended it may not be known. */
  isSuspect: boolean;
  readonly settled: Promise<ExtractResult>;
  readonly settle: (result: ExtractResult) => void;
  /** Rejects it. */
  readonly abandon: (reason: unknown) => void;
}

let lastId = 0;

/** A new task. `onSettled` runs once, however the task ends, before its promise does. */
export function poolTask(file: ExtractTask, signal: AbortSignal | undefined, onSettled: (how: 'settled' | 'abandoned') => void): PoolTask {
  const { promise, resolve, reject } = Promise.withResolvers<ExtractResult>();
  let open = true;
  const close = (how: 'settled' | 'abandoned'): boolean => {
    if (!open) return false;
    open = false;
    stopListening();
    onSettled(how);
    return true;
  };
  const abandon = (reason: unknown): void => {
    if (close('abandoned')) reject(reason);
  };
  const cancel = (): void => abandon(signal?.reason);
  const stopListening = signal === undefined ? () => undefined : onAbort(signal, cancel);
  return {
    id: ++lastId,
    name: file.name,
    bytes: file.bytes,
    ranges: file.ranges,
    members: file.members,
    passwords: file.passwords ?? [],
    tries: 0,
    isSuspect: false,
    settled: promise,
    settle: (result) => {
      if (close('settled')) resolve(result);
    },
    abandon,
  };
}
