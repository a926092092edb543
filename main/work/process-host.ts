/** A child process that may be asked for: an entry of the fixed list, never a path. */
export type ChildEntry = 'extract' | 'ocr' | 'model';

/** What a child may use at most. `heapMb` bounds its JavaScript heap; resident memory is watched from outside (limits.ts). */
export interface ChildHeapLimit {
  readonly heapMb: number;
  /** The one file besides its program that it is there to read, absolute; absent for none. Enforced where `isolation` says so. */
  readonly reads?: string;
}

/** How a child ended. `code` is null when a signal ended it or when it never started; `signal` is null where the system tells none. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One running child. Messages are structured clones; nothing is transferred. The owner calls `kill` when it is done with it. */
export interface ChildHandle {
  /** Null when the child ended before it had one. */
  readonly pid: Promise<number | null>;
  /** Messages posted before the child listens are kept for it; after its end they are dropped. */
  readonly post: (message: unknown) => void;
  /** One listener; set it in the turn in which the child was forked, or messages may be lost. */
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Settles once, never rejects: a child that could not start has exited with a null code. */
  readonly exited: Promise<ChildExit>;
  /** Ends the child at once, whatever it is doing. Harmless after its end. */
  readonly kill: () => void;
}

/** Which walls stand around a host's children on this machine, for the audit record and the ingest view. */
export interface Isolation {
  /** `namespace`: the kernel gives the child no network. `blocked-in-process`: the child took its own network away before parsing. */
  readonly network: 'namespace' | 'blocked-in-process';
  /**
   * `permission-model`: Node refuses files outside the program, processes, threads and native code. `permission-model-but-native`: the
   * same for JavaScript, while the native code that the child is there to run is bound by the system alone. `own-root`: the permission
   * model, and behind it the kernel, for which the child's whole disk is the program, read-only.
   */
  readonly files: 'own-root' | 'permission-model' | 'permission-model-but-native' | 'none';
  /** `kernel`: limits that hold even when nobody watches (jail.ts). `watched`: the owner looks and ends the child. */
  readonly limits: 'kernel' | 'watched';
  /** `resident`: the system's own figure is watched; `reported`: the child's figure, which a busy child sends late. */
  readonly memory: 'resident' | 'reported';
}

/** Starts children that may be fed hostile input. Implementations: nodeProcessHost, shellProcessHost. */
export interface ProcessHost {
  readonly fork: (entry: ChildEntry, limit: ChildHeapLimit) => ChildHandle;
  readonly isolation: (entry?: ChildEntry) => Isolation;
}
