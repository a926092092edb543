/** Takes what a page shows in its order and lays it out as plain text. */
export interface HtmlWriter {
  /** Running text; blanks in it collapse, except in preformatted parts. */
  readonly text: (text: string) => void;
  /** A line end that the author asked for. */
  readonly newLine: () => void;
  /** The next text begins a new line (1) or a new paragraph (2). */
  readonly breakLines: (lines: 1 | 2) => void;
  readonly openPreformatted: () => void;
  readonly closePreformatted: () => void;
  readonly openList: (numbered: boolean, start: number) => void;
  readonly closeList: () => void;
  readonly listItem: () => void;
  readonly openRow: () => void;
  readonly closeRow: () => void;
  readonly openCell: () => void;
  readonly closeCell: () => void;
  readonly finish: () => string;
}

interface Cell {
  written: boolean;
  severalLines: boolean;
}

/** The writer for htmlText. */
export function htmlWriter(): HtmlWriter {
  const pieces: string[] = [];
  const lists: { readonly numbered: boolean; next: number }[] = [];
  /** Cells that were opened in each row that is open. */
  const rows: number[] = [];
  const cells: Cell[] = [];
  let pendingLines = 0;
  let pendingBlank = false;
  let pendingTabs = 0;
  let pendingMarker = '';
  let preformatted = 0;
  let atLineStart = true;

  const put = (text: string): void => {
    if (pendingLines > 0 && pieces.length > 0) pieces.push('\n'.repeat(pendingLines));
    else if (pendingTabs > 0) pieces.push('\t'.repeat(pendingTabs));
    else if (pendingBlank && !atLineStart) pieces.push(' ');
    if (pendingLines > 0) markCells('severalLines');
    pendingLines = 0;
    pendingTabs = 0;
    pendingBlank = false;
    atLineStart = false;
    pieces.push(pendingMarker, text);
    pendingMarker = '';
    markCells('written');
  };
  /** From the innermost cell outwards, as far as the first that is marked: those around it are too, and a thousand of them may be open. */
  const markCells = (what: keyof Cell): void => {
    for (let at = cells.length - 1; at >= 0; at -= 1) {
      const cell = cells[at];
      if (cell === undefined || cell[what]) return;
      if (what === 'written' || cell.written) cell[what] = true;
    }
  };
  const breakLines = (lines: number): void => {
    // The first paragraph of a list item or of a cell stands in its line.
    if (pendingMarker !== '' || cells.at(-1)?.written === false) return;
    // Items of a list stand close together.
    pendingLines = Math.max(pendingLines, lists.length > 0 ? 1 : lines);
    pendingBlank = false;
    atLineStart = true;
  };

  return {
    text: (text) => {
      if (preformatted > 0) {
        if (text !== '') put(text);
        return;
      }
      const words = text.replace(/[ \t\n\r\f]+/g, ' ');
      if (words === '') return;
      const inner = words.trim();
      if (inner === '' || words.startsWith(' ')) pendingBlank = true;
      if (inner !== '') {
        put(words.slice(words.startsWith(' ') ? 1 : 0, words.endsWith(' ') ? -1 : undefined));
        pendingBlank = words.endsWith(' ');
      }
    },
    newLine: () => {
      if (pendingLines > 0) pendingLines += 1;
      else pendingLines = 1;
      pendingBlank = false;
      atLineStart = true;
    },
    breakLines,
    openPreformatted: () => {
      preformatted += 1;
    },
    closePreformatted: () => {
      preformatted = Math.max(0, preformatted - 1);
    },
    openList: (numbered, start) => {
      breakLines(2);
      lists.push({ numbered, next: Number.isFinite(start) ? start : 1 });
    },
    closeList: () => {
      lists.pop();
      breakLines(2);
    },
    listItem: () => {
      const list = lists.at(-1);
      breakLines(1);
      pendingMarker = `${'  '.repeat(Math.min(Math.max(0, lists.length - 1), 20))}${list?.numbered === true ? `${list.next}.` : '-'} `;
      if (list !== undefined) list.next += 1;
    },
    openRow: () => void rows.push(0),
    closeRow: () => void rows.pop(),
    openCell: () => {
      const before = rows.at(-1) ?? 0;
      if (rows.length > 0) rows[rows.length - 1] = before + 1;
      else breakLines(1);
      if (before > 0 && pendingLines === 0) pendingTabs += 1;
      cells.push({ written: false, severalLines: false });
    },
    closeCell: () => {
      const cell = cells.pop();
      // What a one-line cell asked for at its end is dropped, so that its neighbour follows in the same line.
      if (cell?.written === true && !cell.severalLines && rows.length > 0) pendingLines = 0;
      pendingBlank = false;
    },
    finish: () => pieces.join(''),
  };
}
