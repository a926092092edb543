import { readFile } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { ChildHandle } from './process-host.ts';

/** What a child's task may use. `timeMs` is per task; `memoryMb` is the child's whole resident memory. */
export interface TaskLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** Which limit a task went past. */
export type Excess = 'time' | 'memory';

/** Time that no one sets and that stands still while the computer sleeps: a task is not blamed for a closed lid. */
export const monotonicClock: Clock = { nowMs: () => performance.now() };

/** Watches one child. Between `begin` and `end` a task runs and its time counts; memory counts always. */
export interface Watch {
  /** A task begins; time starts anew. */
  readonly begin: () => void;
  readonly end: () => void;
  /** Milliseconds that the running task has taken; 0 when none runs. */
  readonly runningMs: () => number;
  /** The child's own figure, used where the system tells none. */
  readonly reportResident: (bytes: number) => void;
  /** The last known resident memory in MB. */
  readonly residentMb: () => number;
  /** Looks once. Ends the child and answers the limit that was passed, or null. */
  readonly check: () => Promise<Excess | null>;
}

/** Starts watching. It has no timer of its own: the owner calls `check` a few times a second while the child is busy. */
export function watchChild(child: ChildHandle, limits: TaskLimits, clock: Clock = monotonicClock): Watch {
  let startedAtMs: number | null = null;
  let residentMb = 0;
  let pid: number | null = null;
  void child.pid.then((value) => {
    pid = value;
  });
  const runningMs = (): number => (startedAtMs === null ? 0 : clock.nowMs() - startedAtMs);
  return {
    begin: () => {
      startedAtMs = clock.nowMs();
    },
    end: () => {
      startedAtMs = null;
    },
    runningMs,
    reportResident: (bytes) => {
      residentMb = bytes / 2 ** 20;
    },
    residentMb: () => residentMb,
    check: async () => {
      const known = pid === null ? null : await residentMbOf(pid);
      if (known !== null) residentMb = known;
      const excess = residentMb > limits.memoryMb ? 'memory' : runningMs() > limits.timeMs ? 'time' : null;
      if (excess !== null) child.kill();
      return excess;
    },
  };
}

/** Resident memory of a process in MB as Linux tells it (proc_pid_status(5), VmRSS, in kB); null elsewhere and when it has ended. */
export async function residentMbOf(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  const kilobytes = status === null ? null : /^VmRSS:\s*(\d+) kB/m.exec(status);
  return kilobytes?.[1] === undefined ? null : Number(kilobytes[1]) / 1024;
}
