import { readdirSync, readFileSync } from 'node:fs';

/** A process and when it began, so that a reused number is not taken for it. */
export interface SeenProcess {
  readonly pid: number;
  readonly startedAt: string;
}

/** Parent and start time from /proc/<pid>/stat (proc_pid_stat(5)); null when the process is gone or only waits to be reaped. */
function look(pid: number): { readonly parent: number; readonly startedAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from field 3 on
    return fields[0] === 'Z' || fields[0] === 'X' ? null : { parent: Number(fields[1]), startedAt: fields[19] ?? '' };
  } catch {
    return null; // it ended while we looked
  }
}

/** Everything that descends from a process. Linux only: elsewhere the answer is empty. */
export function descendantsOf(root: number): SeenProcess[] {
  if (process.platform !== 'linux') return [];
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const seen = new Map(all.map((pid) => [pid, look(pid)]));
  const isBelow = (pid: number): boolean => {
    const parent = seen.get(pid)?.parent;
    return parent !== undefined && (parent === root || (parent > 1 && isBelow(parent)));
  };
  return all.filter(isBelow).map((pid) => ({ pid, startedAt: seen.get(pid)?.startedAt ?? '' }));
}

/** Those of the processes that still run after at most `withinMs`. */
export async function stillRunning(processes: readonly SeenProcess[], withinMs: number): Promise<SeenProcess[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const left = processes.filter(({ pid, startedAt }) => look(pid)?.startedAt === startedAt);
    if (left.length === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}
