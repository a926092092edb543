/** What is typed and not yet saved: fields that save by themselves say so here, so that locking can wait for them. */
import { useEffect, useRef } from 'react';

const mostWaitMs = 500;
const flushes = new Set<() => Promise<void>>();
const running = new Set<Promise<unknown>>();

/** Keeps a save among those that locking waits for, until it has ended. Returns it. */
export function trackSave<T>(save: Promise<T>): Promise<T> {
  running.add(save);
  const end = (): void => { running.delete(save); };
  save.then(end, end);
  return save;
}

/** Calls `flush` before the vault is locked, while the calling component is mounted. */
export function useSaveBeforeLock(flush: () => Promise<void>): void {
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    const own = (): Promise<void> => latest.current();
    flushes.add(own);
    return () => { flushes.delete(own); };
  }, []);
}

/** Saves what is typed and waits for it, half a second at most. Never rejects: a field shows its own fault. */
export async function savePending(): Promise<void> {
  for (const flush of flushes) void trackSave(flush());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => { timer = setTimeout(resolve, mostWaitMs); });
  await Promise.race([Promise.allSettled(running), late]);
  clearTimeout(timer);
}
