import type { Pseudonyms } from './pseudonyms.ts';
import { longestStandIn, standInStart } from './stand-ins.ts';

/** Restores a text that comes in pieces. What it gives out, put together, is what `restore` makes of the whole. */
export interface Restorer {
  /** What can be shown now; a piece that may be the beginning of a stand-in is held until the rest has come. */
  readonly push: (piece: string) => string;
  /** The rest. */
  readonly end: () => string;
}

const isHighSurrogate = (sign: string): boolean => /[\uD800-\uDBFF]$/u.test(sign);

/** A restorer for one answer. */
export function createRestorer(pseudonyms: Pick<Pseudonyms, 'restore'>): Restorer {
  let held = '';
  // The last sign given out: what stands before a stand-in decides whether it is one.
  let before = '';

  const giveOut = (text: string, isLast: boolean): string => {
    const cut = isLast ? text.length : safeEnd(text);
    held = text.slice(cut);
    const safe = text.slice(0, cut);
    // A sign that restore never changes stands for the rest, so that what ends here is seen to end.
    const restored = pseudonyms.restore(before + safe).slice(before.length);
    if (safe !== '') before = [...safe].at(-1) ?? '';
    return restored;
  };

  return { push: (piece) => giveOut(held + piece, false), end: () => giveOut(held, true) };
}

/** Where the part ends that no further sign can change. */
function safeEnd(text: string): number {
  const whole = isHighSurrogate(text) ? text.length - 1 : text.length;
  for (let start = Math.max(0, whole - longestStandIn); start < whole; start += 1) {
    const isInsideWord = start > 0 && !text.startsWith('[', start) && /[\p{L}\p{N}_]/u.test(text.charAt(start - 1));
    if (!isInsideWord && standInStart.test(text.slice(start, whole))) return start;
  }
  return whole;
}
