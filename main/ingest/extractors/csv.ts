import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { separatedCells } from '../separated-cells.ts';
import { decodeText } from '../text-encoding.ts';
import { delimiterOf } from '../text-kinds.ts';

/**
 * A table of separated values (RFC 4180) as it is written, so that every offset of the text is one of the file's own characters, with the
 * place of every cell; it is one sheet without a name.
 */
export async function extractCsv(bytes: Uint8Array, name: string, mediaType = 'text/csv'): Promise<Extracted> {
  const text = canonicalText(decodeText(bytes).text);
  const delimiter = delimiterOf(text.slice(0, 64 * 1024), /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '');
  return toExtracted({ type: 'table', mediaType, extractor: 'table 2', text, sheets: delimiter === null ? null : [{ page: 1, name: '', cells: separatedCells(text, delimiter) }] });
}
