/**
 * What the shell and the engine say to each other over the utility process's own channel (process.parentPort). Windows do not
 * use it: each has a port of its own, handed over with `frame`. No keys and no document text pass here.
 */

/** A child process that the engine wants: an entry of the fixed list, never a path. */
export type ChildEntry = 'extract' | 'ocr' | 'model';

/** Shell to engine. `frame` and `child` come with exactly one transferred port. */
export type ShellToEngine =
  /** First message: where the vault is. `entriesFolder` holds the bundled entries (extract.worker.js, model.worker.js). */
  | { readonly t: 'start'; readonly vaultFolder: string }
  /** A window's frame: its port speaks the bridge's protocol. */
  | { readonly t: 'frame' }
  /** The child asked for with `fork` runs; its port is attached. */
  | { readonly t: 'child'; readonly id: number; readonly pid: number }
  /** That child ended, killed or by itself. */
  | { readonly t: 'child-exit'; readonly id: number; readonly code: number | null }
  /** Finish or roll back, close the databases, exit with 0; the shell kills after two seconds. */
  | { readonly t: 'stop' };

/** Engine to shell. */
export type EngineToShell =
  | { readonly t: 'ready' }
  /** Sent on every change, so that the shell knows whether there is anything to lock. */
  | { readonly t: 'vault'; readonly state: 'absent' | 'locked' | 'open' }
  | { readonly t: 'fork'; readonly id: number; readonly entry: ChildEntry; readonly heapMb: number }
  | { readonly t: 'kill'; readonly id: number };
