/** Many that wait for one signal: the signal itself goes through all its listeners for each that comes or goes. */
interface Waiting {
  readonly runs: Set<() => void>;
  readonly heard: () => void;
}

const waitingBySignal = new WeakMap<AbortSignal, Waiting>();

/** Runs `run` when the signal aborts; the answer takes that back. A signal that has aborted already runs nothing. `run` must not throw. */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  const waiting = waitingBySignal.get(signal) ?? waitFor(signal);
  waiting.runs.add(run);
  return () => {
    waiting.runs.delete(run);
    if (waiting.runs.size > 0) return;
    signal.removeEventListener('abort', waiting.heard);
    if (waitingBySignal.get(signal) === waiting) waitingBySignal.delete(signal);
  };
}

function waitFor(signal: AbortSignal): Waiting {
  const runs = new Set<() => void>();
  const heard = (): void => {
    for (const run of runs) run();
  };
  signal.addEventListener('abort', heard, { once: true });
  const waiting = { runs, heard };
  waitingBySignal.set(signal, waiting);
  return waiting;
}
