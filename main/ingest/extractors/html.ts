import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { decodeText } from '../text-encoding.ts';

/** A web page, read with htmlparser2: its title, which a browser shows above it, then what stands on it. The encoding that the page names counts only where its bytes do not tell. */
export async function extractHtml(bytes: Uint8Array): Promise<Extracted> {
  const { text, title, author } = htmlText(decodeText(bytes, declaredEncoding(bytes)).text);
  const page = canonicalText(text);
  return toExtracted({ type: 'web-page', mediaType: 'text/html', extractor: 'html 2 (htmlparser2)', text: title === null || page.startsWith(title) ? page : canonicalText(`${title}\n\n${page}`), title, author });
}

/** The encoding named in the first 1,024 bytes (HTML Living Standard 13.2.3.2), by a meta element or an XML declaration. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  const found = /<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head) ?? /<\?xml[^>]+encoding\s*=\s*["']([\w:-]+)/i.exec(head);
  return found?.[1] ?? null;
}
