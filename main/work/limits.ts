import { readFile } from 'node:fs/promises';
import type { Clock } from '../base/clock.ts';
import type { ChildHandle } from './process-host.ts';

/**
 * What a child's task may use. `timeMs` is per task: of the processor where the system tells it, since a child gives way to everything
 * else and may wait long for its turn; by the clock, four times as much anywhere. `memoryMb` is the child's whole resident memory.
 */
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

/** How much longer than its processor time a task may take by the clock. */
const patience = 4;

/** Starts watching. It has no timer of its own: the owner calls `check` a few times a second while the child is busy. */
export function watchChild(child: ChildHandle, limits: TaskLimits, clock: Clock = monotonicClock): Watch {
  let startedAtMs: number | null = null;
  /** Processor time when the running task was first looked at; null before. Asking at its begin would cost more than a small file's text. */
  let usedBefore: number | null = null;
  let residentMb = 0;
  let pid: number | null = null;
  void child.pid.then((value) => {
    pid = value;
  });
  const runningMs = (): number => (startedAtMs === null ? 0 : clock.nowMs() - startedAtMs);
  const isLate = async (): Promise<boolean> => {
    const task = startedAtMs;
    if (task === null) return false;
    if (runningMs() > patience * limits.timeMs) return true;
    if (usedBefore !== null && runningMs() <= limits.timeMs) return false;
    const used = pid === null ? null : await processorMsOf(pid);
    if (used === null || startedAtMs !== task) return false; // another task runs by now
    usedBefore ??= used;
    return used - usedBefore > limits.timeMs;
  };
  return {
    begin: () => {
      startedAtMs = clock.nowMs();
      usedBefore = null;
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
      const excess = residentMb > limits.memoryMb ? 'memory' : await isLate() ? 'time' : null;
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

const tickMs = 10; // USER_HZ is 100 on every Linux

/** Processor time that a process has used, in ms, as Linux tells it (proc_pid_stat(5), utime and stime); null elsewhere and when it has ended. */
export async function processorMsOf(pid: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The second field is the name, in parentheses, and may hold anything.
  const fields = stat === null ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return Number.isFinite(user) && Number.isFinite(system) ? (user + system) * tickMs : null;
}
