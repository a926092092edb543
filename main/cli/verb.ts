import type { ParseArgsConfig } from 'node:util';
import type { Session } from './session.ts';

/** Where a verb writes. Progress and warnings go to `err`, results to `out`. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit codes that scripts rely on. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, partly: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export type OptionValue = string | boolean | (string | boolean)[] | undefined;

/** What a verb gets: its words, its options, and the engine. */
export interface VerbRun {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
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
  /** Own options besides the common ones. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Number of words it takes: at least, at most. */
  readonly words: readonly [number, number];
  readonly run: (run: VerbRun) => Promise<ExitCode>;
}

/** The caller asked for something that no verb takes; the message is shown with exit 2. */
export class UsageError extends Error {}

/** A string option, or null when it was not given. */
export function stringOption(options: VerbRun['options'], name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** A string option that must be given. Throws UsageError. */
export function needOption(options: VerbRun['options'], name: string): string {
  const value = stringOption(options, name);
  if (value === null) throw new UsageError(`--${name} is missing`);
  return value;
}

/** A whole number option within bounds, or its default. Throws UsageError. */
export function numberOption(options: VerbRun['options'], name: string, fallback: number, least: number, most: number): number {
  const text = stringOption(options, name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`--${name} takes a whole number from ${least} to ${most}`);
  return value;
}

/** Writes one JSON document on a line of its own. */
export function writeJson(io: CliIo, value: unknown): void {
  io.out(`${JSON.stringify(value)}\n`);
}
