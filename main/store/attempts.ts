/**
 * Failed tries to open the vault. The audit trail is inside the vault, so a failed try is kept beside it, in the clear (times
 * only), and goes into the trail at the next unlock. Each try is written down before it is made: pulling the plug does not help.
 */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { replaceFile } from './durable-file.ts';

const attemptsFile = z.object({ failed: z.array(z.number().int().nonnegative()).max(100_000) });

/** Tries without delay. */
const freeTries = 3;
const longestWaitMs = 5 * 60_000;

/** Times of the failed tries since the last unlock, oldest first. A damaged file counts as four tries: damage must not help a guesser. */
export function readAttempts(file: string): readonly number[] {
  if (!existsSync(file)) return [];
  try {
    return attemptsFile.parse(JSON.parse(readFileSync(file, 'utf8'))).failed;
  } catch {
    return [0, 0, 0, 0]; // unreadable: neither trusted nor fatal
  }
}

/** Keeps the list, durably. */
export function writeAttempts(file: string, failed: readonly number[]): void {
  replaceFile(file, JSON.stringify({ failed }));
}

/** When the next try may be made: at once for the first three, then after 2, 4, 8 ... seconds, at most five minutes. Null when now. */
export function waitUntil(failed: readonly number[], nowMs: number): number | null {
  const last = failed.at(-1);
  if (last === undefined || failed.length < freeTries) return null;
  const waitMs = Math.min(longestWaitMs, 1000 * 2 ** Math.min(20, failed.length - freeTries + 1));
  // A clock that went back must not lock anyone out for longer than the delay itself.
  const until = last > nowMs ? nowMs + waitMs : last + waitMs;
  return until > nowMs ? until : null;
}
