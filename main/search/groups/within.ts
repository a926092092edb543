/** Whether a message says anything that a later one of its thread does not carry along. */

/** Texts longer than this are not compared. */
const mostChars = 400_000;
/** Shorter words of one's own ("Thanks") stand in many a message by chance. */
const leastChars = 24;

/** A message's own words and what it quotes, as letters and digits alone: quote marks, line breaks and blanks come and go with replying. */
export function squeezed(body: string, start: number): string {
  if (body.length > mostChars) return '';
  const first = body.slice(0, start).split('\n').find((line) => line.trim() !== '')?.trim();
  // The running head of a printed page stands again at its foot, and in no reply.
  const lines = body.slice(start).split('\n');
  const own = first === undefined ? lines : lines.filter((line) => line.trim() !== first);
  return own.join('\n').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

export interface Carried {
  readonly text: string;
  /** Hashes of what hangs on it. */
  readonly attachments: readonly number[];
}

/** True when all of `inner`, what hangs on it too, stands in `outer`, which is the longer one. */
export function isCarriedBy(inner: Carried, outer: Carried): boolean {
  if (inner.text.length < leastChars || outer.text.length <= inner.text.length) return false;
  return inner.attachments.every((one) => outer.attachments.includes(one)) && outer.text.includes(inner.text);
}
