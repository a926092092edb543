import { plainJson } from '../base/written-out.ts';

/** Where a verb writes. Progress and warnings go to `err`, results to `out`. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type OptionValue = string | boolean | (string | boolean)[] | undefined;
export type Options = Readonly<Record<string, OptionValue>>;

/** The caller asked for something that no verb takes; the message is shown with exit 2. */
export class UsageError extends Error {}

/** A string option, or null when it was not given. */
export function stringOption(options: Options, name: string): string | null {
  const value = options[name];
  return typeof value === 'string' ? value : null;
}

/** A string option that must be given. Throws UsageError. */
export function needOption(options: Options, name: string): string {
  const value = stringOption(options, name);
  if (value === null) throw new UsageError(`--${name} is missing`);
  return value;
}

/** A whole number option within bounds, or its default. Throws UsageError. */
export function numberOption(options: Options, name: string, fallback: number, least: number, most: number): number {
  const text = stringOption(options, name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`--${name} takes a whole number from ${least} to ${most}`);
  return value;
}

/** Writes one JSON document on a line of its own, hidden characters of its strings escaped. */
export function writeJson(io: CliIo, value: unknown): void {
  io.out(`${plainJson(JSON.stringify(value))}\n`);
}
