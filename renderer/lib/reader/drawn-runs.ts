/** What is put on the screen for a run of text: the text itself, and what is hidden or would reorder it written out. Pure. */
import { visibleRuns } from '../visible-text.ts';
import type { Leaf } from './text-blocks.ts';

/** A piece of text to draw and the canonical span it stands for. */
export interface DrawnText extends Leaf {
  readonly text: string;
  readonly isEscape: boolean;
}

const plain = /^[\t\n\x20-\x7e]*$/;

/** The pieces that draw `text`, which stands at `start`. Their spans follow one another without a gap. */
export function drawnTexts(text: string, start: number): readonly DrawnText[] {
  if (plain.test(text)) return [{ start, end: start + text.length, text, isEscape: false }];
  const drawn: DrawnText[] = [];
  let at = start;
  // A carriage return before a line feed is dropped by visibleRuns; it is drawn with its line feed here, so that spans stay whole.
  for (const line of text.split(/(?<=\r\n)/)) {
    const isCut = line.endsWith('\r\n');
    for (const run of visibleRuns(isCut ? line.slice(0, -2) : line)) {
      const length = run.isEscape ? String.fromCodePoint(Number.parseInt(run.text.slice(3, -1), 16)).length : run.text.length;
      drawn.push({ start: at, end: at + length, text: run.text, isEscape: run.isEscape });
      at += length;
    }
    if (isCut) {
      drawn.push({ start: at, end: at + 2, text: '\n', isEscape: false });
      at += 2;
    }
  }
  return drawn;
}
