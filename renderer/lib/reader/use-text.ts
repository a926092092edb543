/** The canonical text of one document, fetched in windows and cut into what is drawn. */
import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaseId, DocumentId, DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { PageSpan } from '../../../preload/contract/domains/documents.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { call } from '../client.ts';
import { keyOf } from '../queries.ts';
import { delimiterOf, type TableRow, tableRowsOf } from './csv-cells.ts';
import { blocksOf, type Chunk, chunksOf } from './text-blocks.ts';

type Window = Output<'documents.text'>;

/** Records of a table that are drawn and left out together. */
export interface RowChunk {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rows: readonly TableRow[];
}

/** A document's text as far as it is there. A table has `rowChunks`, everything else `chunks`. */
export interface LoadedText {
  readonly chunks: readonly Chunk[];
  readonly rowChunks: readonly RowChunk[] | null;
  readonly pages: readonly PageSpan[];
  /** Canonical text from 0 to `loaded`. */
  readonly text: string;
  readonly loaded: number;
  readonly chars: number | null;
  readonly error: Error | null;
  readonly isLoading: boolean;
  /** Fetches on until the text is there up to an offset; Infinity for all of it. */
  readonly loadTo: (offset: number) => void;
  readonly retry: () => void;
}

interface Parsed {
  readonly carry: string;
  readonly isLast: boolean;
  readonly delimiter: string | null;
  readonly chunks: readonly Chunk[];
  readonly rowChunks: readonly RowChunk[];
  readonly rest: string;
}

const rowsInChunk = 40;
const none: readonly number[] = [];
// A window is cut once, however often the reader renders; the key is the answer itself, which the query cache keeps.
const parsedByWindow = new WeakMap<Window, Parsed>();

function rowChunksOf(rows: readonly TableRow[], text: string, base: number): readonly RowChunk[] {
  const chunks: RowChunk[] = [];
  for (let at = 0; at < rows.length; at += rowsInChunk) {
    const some = rows.slice(at, at + rowsInChunk);
    const start = some[0]?.start ?? base;
    const end = some.at(-1)?.end ?? start;
    chunks.push({ start, end, rows: some, text: text.slice(start - base, end - base) });
  }
  return chunks;
}

function parse(window: Window, carry: string, delimiter: string | null): Parsed {
  const isLast = window.from + window.text.length >= window.chars;
  const known = parsedByWindow.get(window);
  if (known !== undefined && known.carry === carry && known.delimiter === delimiter) return known;
  const text = carry + window.text;
  const base = window.from - carry.length;
  let parsed: Parsed;
  if (delimiter === null) {
    const { blocks, rest } = blocksOf(text, base, isLast, window.pages);
    parsed = { carry, isLast, delimiter, chunks: chunksOf(blocks, text, base), rowChunks: [], rest: text.slice(rest - base) };
  } else {
    const { rows, rest } = tableRowsOf(text, base, delimiter, isLast);
    parsed = { carry, isLast, delimiter, chunks: [], rowChunks: rowChunksOf(rows, text, base), rest: text.slice(rest - base) };
  }
  parsedByWindow.set(window, parsed);
  return parsed;
}

/** The windows up to the first that is not there. */
function contiguous(windows: readonly (Window | undefined)[]): readonly Window[] {
  const missing = windows.indexOf(undefined);
  return (missing === -1 ? windows : windows.slice(0, missing)).filter((window) => window !== undefined);
}

/** The list of before while it holds the same windows. */
function useSame(windows: readonly Window[]): readonly Window[] {
  const kept = useRef(windows);
  if (windows.length !== kept.current.length || windows.some((window, at) => window !== kept.current[at])) kept.current = windows;
  return kept.current;
}

/** Reads a document's text: its first window at once, the others as they are asked for. */
export function useText(caseId: CaseId, document: DocumentId, type: DocumentType, enabled: boolean): LoadedText {
  const [later, setLater] = useState<{ readonly document: DocumentId; readonly froms: readonly number[] }>({ document, froms: [] });
  const [wanted, setWanted] = useState(0);
  const froms = later.document === document ? later.froms : none;
  // The first window is asked for without its place, as those who prefetch it do.
  const inputs = enabled ? [{ case: caseId, document }, ...froms.map((from) => ({ case: caseId, document, from }))] : [];
  const answers = useQueries({
    queries: inputs.map((input) => ({
      queryKey: keyOf('documents.text', input),
      queryFn: ({ signal }: { signal: AbortSignal }) => call('documents.text', input, { signal }),
    })),
  });
  const windows = useSame(contiguous(answers.map((answer) => answer.data)));
  const last = windows.at(-1);
  const loaded = last === undefined ? 0 : last.from + last.text.length;
  const chars = last?.chars ?? null;
  const isWhole = windows.length === inputs.length;

  useEffect(() => {
    if (!isWhole || last === undefined || loaded >= last.chars || loaded >= wanted) return;
    setLater({ document, froms: [...froms, loaded] });
  }, [isWhole, last, loaded, wanted, document, froms]);
  useEffect(() => setWanted(0), [document]);

  const loadTo = useCallback((offset: number) => setWanted((before) => Math.max(before, offset)), []);
  const drawn = useMemo(() => {
    const chunks: Chunk[] = [];
    const rowChunks: RowChunk[] = [];
    // Each window brings the whole page map; the last one fetched knows most of what OCR has read.
    const pages: readonly PageSpan[] = windows.at(-1)?.pages ?? [];
    const delimiter = type === 'table' && windows[0] !== undefined ? delimiterOf(windows[0].text) : null;
    let carry = '';
    for (const window of windows) {
      const parsed = parse(window, carry, delimiter);
      chunks.push(...parsed.chunks);
      rowChunks.push(...parsed.rowChunks);
      carry = parsed.rest;
    }
    return { chunks, rowChunks: delimiter === null ? null : rowChunks, pages, text: windows.map((window) => window.text).join('') };
  }, [windows, type]);

  const failed = answers.find((answer) => answer.isError);
  return { ...drawn, loaded, chars, error: failed?.error ?? null, isLoading: answers.some((answer) => answer.isPending), loadTo, retry: () => { void failed?.refetch(); } };
}
