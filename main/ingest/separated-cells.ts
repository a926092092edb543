/** Cells of a table that are given a place; a larger one keeps its text and places for its beginning. */
const mostCells = 1_000_000;

/** The cells of a table of separated values (RFC 4180): start, end, row and column of each in its order, from 0. Quotes stand outside of their cell; empty cells have no place. */
export function separatedCells(text: string, delimiter: string): Uint32Array {
  const cells: number[] = [];
  let row = 0;
  let column = 0;
  for (let at = 0; at <= text.length && cells.length < mostCells * 4; at += 1) {
    let start = at;
    let end = at;
    if (text[at] === '"') {
      start += 1;
      end = closingQuote(text, start);
      at = end;
    }
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1;
    if (from === start) end = at;
    if (end > start) cells.push(start, end, row, column);
    if (at >= text.length) break;
    if (text[at] === '\n') [row, column] = [row + 1, 0];
    else column += 1;
  }
  return Uint32Array.from(cells);
}

/** Where a quoted cell ends: at a quote that is not doubled, or with the text. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return text.length;
}
