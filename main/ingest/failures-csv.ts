/** The files that gave no text as a table for spreadsheets (RFC 4180), which must not run what a hostile file is called. */
import { listFailedDocuments, listFailedItems, type FailureRow, type ReadDb } from '../store/index.ts';
import { adviceFor } from './advice.ts';

const page = 500;
const heading = ['path', 'state', 'code', 'why', 'what to do', 'bytes', 'times read', 'last read', 'job', 'document', 'marking'];

/**
 * A value as a cell: quoted where it must be, and with an apostrophe before what a spreadsheet would take for a formula (OWASP, "CSV
 * Injection": = + - @, tab and carriage return at the start, also behind blanks and in their full-width forms).
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lineOf(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function failureLine(row: FailureRow, marking: string): string {
  const code = row.reason_code ?? 'unknown';
  return lineOf([row.path, row.state, code, row.reason_sentence, adviceFor(code), row.size_bytes, row.tries, new Date(row.at).toISOString(), row.job, row.document, marking]);
}

/** The table in pieces, its heading first; each piece is read when it is asked for. Answers how many files it lists. */
export function* failuresCsv(db: ReadDb, marking: string): Generator<string, number> {
  yield lineOf(heading);
  let total = 0;
  for (const list of [listFailedDocuments, listFailedItems]) {
    for (let after = 0; ; ) {
      const rows = list(db, after, page);
      if (rows.length > 0) yield rows.map((row) => failureLine(row, marking)).join('');
      total += rows.length;
      after = rows.at(-1)?.position ?? after;
      if (rows.length < page) break;
    }
  }
  return total;
}
