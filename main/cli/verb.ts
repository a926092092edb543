import type { ParseArgsConfig } from 'node:util';
import type { CliIo, Options } from './options.ts';
import type { Session } from './session.ts';

/** Exit codes that scripts rely on. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, partly: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a verb gets: its words, its options, and the engine. */
export interface VerbRun {
  readonly words: readonly string[];
  readonly options: Options;
  readonly session: Session;
  readonly io: CliIo;
  /** True when results are wanted as JSON. */
  readonly json: boolean;
}

/** A verb: its name as typed, how it is used, and what it does. */
export interface Verb {
  /** One or two words: `vault create`. */
  readonly name: string;
  /** What stands behind the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  /** More lines for --help: the form of a file it takes. */
  readonly details?: readonly string[];
  /** Own options besides the common ones. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Number of words it takes: at least, at most. */
  readonly words: readonly [number, number];
  /** False for a verb that works without a vault; left out, it needs one. */
  readonly needsVault?: boolean;
  readonly run: (run: VerbRun) => Promise<ExitCode>;
}
