import { constants, setPriority } from 'node:os';

/** Lets every process of ordinary priority go first: whoever waits for a search waits less, and work in the background is as fast while nobody waits. */
export function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that forbids it: the work is done at the ordinary priority.
  }
}
