/** Many that wait for one signal: the signal itself goes through all its listeners for each that comes or goes. */
const waitingBySignal = new WeakMap<AbortSignal, Set<() => void>>();

/** Runs `run` when the signal aborts; the answer takes that back. A signal that has aborted already runs nothing. */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  const waiting = waitingBySignal.get(signal) ?? waitFor(signal);
  waiting.add(run);
  return () => { waiting.delete(run); };
}

function waitFor(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  waitingBySignal.set(signal, waiting);
  signal.addEventListener('abort', () => {
    for (const run of waiting) run();
    waiting.clear();
  }, { once: true });
  return waiting;
}
