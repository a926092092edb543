import type { MessagePortMain } from 'electron';
import * as z from 'zod';
import type { ChildEntry, EngineToShell, ShellToEngine } from '../engine/shell-link.ts';

/** A running utility process, as far as the shell uses it. */
export interface ChildProcess {
  /** Undefined until it has started and after it has ended. */
  readonly pid: number | undefined;
  readonly postMessage: (message: ShellToEngine | ChildStart, ports?: MessagePortMain[]) => void;
  /** Ends it at once: nothing in it can refuse or delay this. */
  readonly end: () => void;
  readonly onMessage: (listener: (data: unknown) => void) => void;
  readonly onStarted: (listener: () => void) => void;
  /** Called exactly once; null when it did not end by itself. */
  readonly onExit: (listener: (code: number | null) => void) => void;
}

/** The first and only message to a child of the engine over its own channel; the engine's port comes with it. */
export interface ChildStart {
  readonly t: 'port';
}

/** What the shell can start: the engine, or one of its children with a heap limit. */
export type ChildKind = { readonly entry: 'engine' } | { readonly entry: ChildEntry; readonly heapMb: number };

/** Starts child processes and joins them with ports. */
export interface ChildStarter {
  readonly start: (kind: ChildKind) => ChildProcess;
  /** Two ends of a fresh channel. */
  readonly channel: () => readonly [MessagePortMain, MessagePortMain];
}

const smallestHeapMb = 32;
const largestHeapMb = 4096;

const engineMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready') }),
  z.object({ t: z.literal('vault'), state: z.enum(['absent', 'locked', 'open']) }),
  z.object({ t: z.literal('fork'), id: z.number().int(), entry: z.enum(['extract', 'ocr', 'model']), heapMb: z.number().min(smallestHeapMb).max(largestHeapMb) }),
  z.object({ t: z.literal('kill'), id: z.number().int() }),
]) satisfies z.ZodType<EngineToShell>;

/** A message of the engine, checked; null when it is none. */
export function readEngineMessage(data: unknown): EngineToShell | null {
  const parsed = engineMessage.safeParse(data);
  return parsed.success ? parsed.data : null;
}
