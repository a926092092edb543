/** How many families a batch takes: large ones cost less a file, small ones let the engine answer in between. */
export interface BatchSize {
  readonly families: () => number;
  /** Told after each batch how long its transaction held the thread, and how many families it had. */
  readonly took: (blockedMs: number, families: number) => void;
}

/** How long a batch's transaction may hold the thread; a key press that comes at its beginning waits this long. */
const wantedMs = Number(process.env['WM'] ?? 24);
const fewest = Number(process.env['FW'] ?? 32);
const most = 192;
/** Of each batch's own figure; the rest is what was known before, so that one slow write to the disk changes little. */
const weight = 0.25;

/** A size that follows how fast this computer commits. */
export function batchSize(): BatchSize {
  let msEach = 0.6;
  return {
    families: () => Math.min(most, Math.max(fewest, Math.floor(wantedMs / msEach))),
    took: (blockedMs, families) => {
      ((globalThis as any).TOOK ??= []).push([blockedMs, families]);
      msEach += weight * (blockedMs / Math.max(1, families) - msEach);
    },
  };
}
