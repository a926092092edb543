/** The words of the lock screen. */
import type { EngineEnd } from '../../lib/engine-state.ts';
import { clock, count, counted, day, duration } from '../../lib/format.ts';

/** A time of today as 14:02 UTC, of another day with its date. */
export function minuteOf(timeMs: number, nowMs: number): string {
  const minute = `${clock(timeMs).slice(0, 5)} UTC`;
  return day(timeMs) === day(nowMs) ? minute : `${day(timeMs)}, ${minute}`;
}

/** Why and when the vault was locked, and what that means. `idleMinutes` is the setting of this computer. */
export function lockedBecause(ended: EngineEnd | null, idleMinutes: number | undefined, nowMs: number): string {
  const gone = 'The keys are gone from memory.';
  if (ended?.kind !== 'locked') return 'What it holds stays encrypted until you unlock it.';
  const at = `Locked at ${minuteOf(ended.at, nowMs)}`;
  switch (ended.reason) {
    case 'key': return `${at}. ${gone}`;
    case 'idle': return `${at} after ${idleMinutes === undefined ? 'a time' : counted(idleMinutes, 'minute')} without a key or pointer. ${gone}`;
    case 'suspend': return `${at} when the computer went to sleep. ${gone}`;
    case 'screen-lock': return `${at} when the screen was locked. ${gone}`;
    case 'vault-changed': return 'Another vault was chosen. The one before is locked.';
  }
}

/** "1 since the last unlock, last at 14:10 UTC"; null when there was none. */
export function failedTries(tries: number, lastAt: number | null, nowMs: number): string | null {
  if (tries === 0) return null;
  return `${count(tries)} since the last unlock${lastAt === null ? '' : `, last at ${minuteOf(lastAt, nowMs)}`}`;
}

/** Time left before the next try, in whole seconds: "12 s", "1 min 5 s". */
export function waitWords(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  return seconds < 10 ? `${seconds} s` : duration(seconds * 1000);
}
