/** How many crashes are forgiven, and within what time. */
export interface CrashLimit {
  readonly crashes: number;
  readonly withinMs: number;
}

/** The engine, and each window's page, may crash three times within a minute. */
export const crashLimit: CrashLimit = { crashes: 3, withinMs: 60_000 };

/** What to do after a crash, and the crash times (ms since 1970) to hand in at the next one. */
export interface CrashVerdict {
  readonly decision: 'restart' | 'give-up';
  readonly crashesMs: readonly number[];
}

/**
 * Judges a crash: restart, unless more than `limit.crashes` fell within `limit.withinMs`, this one included. Only the crashes
 * that still count are handed back. A clock that was set back makes earlier crashes count, never forgets them.
 */
export function judgeCrash(earlierMs: readonly number[], nowMs: number, limit: CrashLimit = crashLimit): CrashVerdict {
  const crashesMs = [...earlierMs.filter((atMs) => nowMs - atMs < limit.withinMs), nowMs];
  return { decision: crashesMs.length > limit.crashes ? 'give-up' : 'restart', crashesMs };
}
