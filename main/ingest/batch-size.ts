/** How many families a batch takes: large ones cost less a file, small ones let the engine answer in between. */
export interface BatchSize {
  readonly families: () => number;
  /** Told after each batch how long its transaction worked, and how many families it had. */
  readonly took: (workedMs: number, families: number) => void;
}

/**
 * How long a batch's transaction may work on the thread: a key press that comes at its beginning waits this long. While nobody is there
 * to press one, batches are larger: each costs a merge of the index, a sealing of the pages it touched and a wait for the disk.
 */
const wantedMs = { attended: 20, alone: 100 } as const;
const fewest = 4;
const most = 512;
/** Of each batch's own figure; the rest is what was known before, so that one batch with a checkpoint in it changes little. */
const weight = 0.25;

/** A size that follows what the files cost, and whether a person is at the case. Time is the thread's own: waiting for the disk comes once a batch, and smaller batches would only wait more often. */
export function batchSize(isAttended: () => boolean): BatchSize {
  let msEach = 0.5;
  return {
    families: () => Math.min(most, Math.max(fewest, Math.floor(wantedMs[isAttended() ? 'attended' : 'alone'] / msEach))),
    took: (workedMs, families) => {
      msEach += weight * (workedMs / Math.max(1, families) - msEach);
    },
  };
}
