import mammoth from 'mammoth';
import library from 'mammoth/package.json' with { type: 'json' };
import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { embeddedParts } from '../office-package.ts';
import { openPackage } from '../ooxml-package.ts';
import type { OoxmlPackage } from '../ooxml-package.ts';

const extractor = `word 1 (mammoth ${library.version})`;

/** Comments are content: mammoth leaves them out unless their references are given a form. */
const styleMap = ['comment-reference => sup'];

/**
 * A Word document (ECMA-376), read with mammoth: paragraphs, lists, tables, notes, comments. Page headers come before the body and
 * footers after it, each distinct text once, because that is where markings stand; charts and diagrams follow the body. Pictures and embedded
 * documents become children. There are no pages, since only a layout engine knows them.
 */
export async function extractWord(bytes: Uint8Array, _name: string, mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'): Promise<Extracted> {
  let parts: OoxmlPackage;
  let body: string;
  try {
    parts = await openPackage(bytes, 'Word document');
    body = await shownBody(bytes, parts);
  } catch (cause) {
    throw cause instanceof ExtractFailure ? cause : new ExtractFailure(reasons.damaged('Word document'), cause);
  }
  const headers = await parts.paragraphs(/^word\/header\d*\.xml$/);
  const footers = await parts.paragraphs(/^word\/footer\d*\.xml$/);
  const beside = [...(await parts.paragraphs(/^word\/diagrams\/data\d*\.xml$/)), ...(await parts.charts(/^word\/charts\/[^/]+\.xml$/))];
  const text = canonicalText([...headers, body, ...beside, ...footers].filter((part) => part.trim() !== '').join('\n\n'));
  return toExtracted({ type: 'word', mediaType, extractor, text, ...(await parts.properties()), children: await embeddedParts(parts, /^word\/(?:embeddings|media)\//) });
}

/** The body as mammoth reads it; where a part is damaged or missing that mammoth needs, its paragraphs alone. */
async function shownBody(bytes: Uint8Array, parts: OoxmlPackage): Promise<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const html = await mammoth.convertToHtml({ buffer }, { styleMap, convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false });
    return htmlText(html.value).text;
  } catch (error) {
    const paragraphs = await parts.paragraphs(/^word\/document\d*\.xml$/);
    if (paragraphs.length === 0) throw error;
    return paragraphs.join('\n\n');
  }
}
