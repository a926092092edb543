import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { helpFiles } from '../help-directory.ts';
import { htmlText } from '../html-text.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { decodeText } from '../text-encoding.ts';

/** Compiled help (CHM), read by ours: its topics in the order of their names, each a page as it shows them. Pictures and the program's own tables are left out. */
export async function extractHelpFile(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const files = helpFiles(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), /\.(?:html?|txt)$/i);
  if (files === null) throw new ExtractFailure(reasons.damaged('help file'));
  const builder = pagedTextBuilder();
  let lost = 0;
  for (const content of files) {
    if (content === null) {
      lost += 1;
      continue;
    }
    const source = decodeText(content, /charset=["']?([\w-]+)/i.exec(content.toString('latin1', 0, 2048))?.[1] ?? null).text;
    const { text, title } = htmlText(source);
    builder.beginPage();
    builder.between(title === null || text.trim().startsWith(title) ? text : `${title}\n\n${text}`);
  }
  const { text, pages } = builder.finish();
  return toExtracted({ type: 'web-page', mediaType, extractor: 'help file 1', text, pages: pages.length > 0 ? pages : null, reason: lost > 0 ? reasons.membersLost(lost, files.length) : null });
}
