import type { AppError } from '../../base/errors.ts';
import type { FaultTarget } from '../server-fault.ts';
import type { Frame, Framing } from './frame.ts';
import { longestFrame, tooLong } from './too-long.ts';

/** Lines of JSON, each ended by LF or CRLF; the last may lack its end. Linear in the length, however the lines are cut. */
export function createLines(target: FaultTarget): Framing {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let heldLength = 0;
  let fault: AppError | null = null;
  const frame = (line: string): Frame[] => (line.trim() === '' ? [] : [{ event: null, data: line, code: null }]);
  const takeHeld = (): string => {
    const line = pieces.join('');
    pieces = [];
    heldLength = 0;
    return line;
  };
  return {
    feed: (bytes) => {
      const [first = '', ...rest] = decoder.decode(bytes, { stream: true }).split('\n');
      pieces.push(first);
      heldLength += first.length;
      const frames: Frame[] = [];
      for (const begin of rest) {
        frames.push(...frame(takeHeld()));
        pieces.push(begin);
        heldLength += begin.length;
      }
      if (heldLength > longestFrame) fault ??= tooLong(target);
      return frames;
    },
    end: () => frame(takeHeld()),
    fault: () => fault,
  };
}
