import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';

/** Markdown as it is written: its marks are readable, and a citation of the source can be checked. The title is the first heading (CommonMark 4.2, 4.3). */
export async function extractMarkdown(bytes: Uint8Array): Promise<Extracted> {
  const text = canonicalText(decodeText(bytes).text);
  return toExtracted({ type: 'markdown', mediaType: 'text/markdown', extractor: 'markdown 1', text, title: firstHeading(text) });
}

function firstHeading(text: string): string | null {
  const lines = text.slice(0, 8192).split('\n');
  for (const [index, line] of lines.entries()) {
    const atx = /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?$/.exec(line)?.[1];
    if (atx !== undefined && atx !== '') return atx;
    if (/^ {0,3}=+$/.test(line) && index > 0 && (lines[index - 1] ?? '').trim() !== '') return (lines[index - 1] ?? '').trim();
  }
  return null;
}
