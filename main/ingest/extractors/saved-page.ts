import type { Extracted } from '../extracted.ts';
import { extractMail } from './mail.ts';

/** A web page saved as one file (MHTML, RFC 2557): the page's text as it is shown; what it was saved with becomes its children. The file is built as a mail and read as one, but is none. */
export async function extractSavedPage(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const read = await extractMail(bytes);
  return { ...read, type: 'web-page', mediaType, author: null, mail: null, createdAt: read.mail?.sentAt ?? null };
}
