import type { PagedTextBuilder } from './page-text.ts';

/** The parts of a pdf.js text item that the layout needs. `transform[4]`, `transform[5]` are its origin, y upwards, in units of 1/72 inch. */
export interface PdfTextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly transform: readonly unknown[];
  readonly width: number;
  readonly height: number;
}

/** Lines further apart than this many line heights belong to different paragraphs. */
const paragraphGap = 1.75;

/**
 * Writes a page's items in the order of pdf.js. pdf.js itself reports blanks between words as items and marks line ends; from the
 * geometry come paragraphs: an empty line where the next line stands well below, or above, as at the top of the next column.
 */
export function writePdfPage(builder: PagedTextBuilder, items: readonly PdfTextItem[]): void {
  // The last item with visible text: blanks carry no reliable place.
  let before: PdfTextItem | null = null;
  let ended = false;
  for (const item of items) {
    const visible = item.str.trim() !== '';
    if (visible && before !== null) {
      const gap = gapBetween(before, item);
      if (ended) builder.between(gap === 'paragraph' ? '\n\n' : '\n');
      else if (gap !== 'none') builder.between('\n');
    }
    if (visible) ended = false;
    // Blanks after a line's end would only indent the next line.
    if (visible || !ended) builder.item(item.str);
    else builder.item('');
    if (item.hasEOL) ended = true;
    if (visible) before = item;
  }
}

function gapBetween(before: PdfTextItem, after: PdfTextItem): 'none' | 'line' | 'paragraph' {
  const height = Math.max(before.height, after.height, 1);
  const down = numberAt(before, 5) - numberAt(after, 5);
  const across = numberAt(after, 4) - numberAt(before, 4);
  // Text that runs upwards or downwards changes y within a line.
  if (numberAt(before, 1) !== 0 || numberAt(after, 1) !== 0) return 'none';
  if (down > paragraphGap * height || down < -paragraphGap * height) return 'paragraph';
  return Math.abs(down) > 0.6 * height && across < 0 ? 'line' : 'none';
}

function numberAt(item: PdfTextItem, index: number): number {
  const value = item.transform[index];
  return typeof value === 'number' ? value : 0;
}
