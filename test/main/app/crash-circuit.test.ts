import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crashLimit, judgeCrash } from '../../../main/app/crash-circuit.ts';

function crashAt(timesMs: readonly number[]): readonly string[] {
  let crashesMs: readonly number[] = [];
  return timesMs.map((atMs) => {
    const verdict = judgeCrash(crashesMs, atMs);
    crashesMs = verdict.crashesMs;
    return verdict.decision;
  });
}

describe('the crash circuit', () => {
  it('restarts three times within a minute and gives up at the fourth', () => {
    expect(crashAt([0, 1, 2, 3])).toEqual(['restart', 'restart', 'restart', 'give-up']);
  });

  it('forgets a crash after exactly a minute', () => {
    expect(crashAt([0, 20_000, 40_000, 60_000])).toEqual(['restart', 'restart', 'restart', 'restart']);
    expect(crashAt([0, 20_000, 40_000, 59_999]).at(-1)).toBe('give-up');
  });

  it('does not forgive because the clock was set back', () => {
    expect(crashAt([1_000_000, 999_000, 998_000, 500]).at(-1)).toBe('give-up');
  });

  it('gives up exactly when more than the limit fell within the time, whatever the times', () => {
    fc.assert(fc.property(fc.array(fc.nat(200_000), { minLength: 1, maxLength: 30 }), (times) => {
      const rising = times.toSorted((a, b) => a - b);
      crashAt(rising).forEach((decision, index) => {
        const now = rising[index] ?? 0;
        const recent = rising.slice(0, index + 1).filter((atMs) => now - atMs < crashLimit.withinMs).length;
        expect(decision).toBe(recent > crashLimit.crashes ? 'give-up' : 'restart');
      });
    }));
  });
});
