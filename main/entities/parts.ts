/** A text is read in parts of about this many UTF-16 units: enough for the context, few enough that a caller can pause between them. */
const partSize = 16_384;
/** How far a cut looks ahead for a blank before it cuts through a row of signs, and how much of that row the next part reads again. */
const lookAhead = 4_096;
const readAgain = 512;

/** Where the part that begins at `start` ends: behind an empty line, a line or a blank, in that order of liking. */
function partEnd(text: string, start: number): number {
  const most = start + partSize;
  if (text.length <= most) return text.length;
  const least = start + partSize / 2;
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = text.lastIndexOf(mark, most - mark.length);
    if (at >= least) return at + mark.length;
  }
  const ahead = /\s/u.exec(text.slice(most, most + lookAhead));
  return Math.min(text.length, most + (ahead === null ? lookAhead : ahead.index + 1));
}

/** The parts of a text, in order. They follow each other; only where no blank is near does one begin before the last has ended. */
export function* partsOf(text: string): Generator<{ readonly start: number; readonly end: number }> {
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start);
    yield { start, end };
    if (end === text.length) return;
    start = /\s/u.test(text.charAt(end - 1)) ? end : end - readAgain;
  }
}
