import mammoth from 'mammoth';
import library from 'mammoth/package.json' with { type: 'json' };
import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { numberedDocument } from '../docx-numbers.ts';
import { storedPackage, type PackagePart } from '../mended-package.ts';
import { embeddedParts } from '../office-package.ts';
import { openPackage } from '../ooxml-package.ts';
import type { OoxmlPackage } from '../ooxml-package.ts';
import { localName, walkXml } from '../xml-walk.ts';

const extractor = `word 1 (mammoth ${library.version})`;

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
  const text = canonicalText([...headers, body, ...(await comments(parts)), ...beside, ...footers].filter((part) => part.trim() !== '').join('\n\n'));
  return toExtracted({ type: 'word', mediaType, extractor, text, ...(await parts.properties()), children: await embeddedParts(parts, /^word\/(?:embeddings|media)\//) });
}

/** Comments (ECMA-376 17.13.4), each behind the name of who wrote it, as Word shows them. */
async function comments(parts: OoxmlPackage): Promise<string[]> {
  const found: string[] = [];
  let author = '';
  let lines: string[] = [];
  let inText = false;
  walkXml(await parts.text('word/comments.xml'), {
    open: (name, attributes) => {
      inText = name === 't';
      if (name !== 'comment') return;
      [author, lines] = [Object.entries(attributes).find(([key]) => localName(key) === 'author')?.[1].trim() ?? '', ['']];
    },
    text: (text) => { if (inText) lines[lines.length - 1] += text; },
    close: (name) => {
      inText = false;
      if (name === 'p') lines.push('');
      if (name !== 'comment') return;
      const text = lines.join('\n').trim();
      if (text !== '') found.push(author === '' ? text : `${author}: ${text}`);
    },
  });
  return found;
}

/** The body as mammoth reads it; where a part is damaged or missing that mammoth needs, its paragraphs alone. */
async function shownBody(bytes: Uint8Array, parts: OoxmlPackage): Promise<string> {
  const numbered = parts.names.includes('word/numbering.xml') ? await numberedPackage(parts) : null;
  const file = numbered ?? bytes;
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.length);
  try {
    const html = await mammoth.convertToHtml({ buffer }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false });
    return htmlText(html.value).text;
  } catch (error) {
    const paragraphs = await parts.paragraphs(/^word\/document\d*\.xml$/);
    if (paragraphs.length === 0) throw error;
    return paragraphs.join('\n\n');
  }
}

/** The parts that mammoth reads, with the numbers of lists in the text and not as lists; null where mammoth shows them as Word does. */
async function numberedPackage(parts: OoxmlPackage): Promise<Uint8Array | null> {
  const document = numberedDocument(await parts.text('word/document.xml'), await parts.text('word/numbering.xml'), await parts.text('word/styles.xml'));
  if (document === null) return null;
  const kept: PackagePart[] = [{ path: 'word/document.xml', bytes: Buffer.from(document) }];
  for (const path of parts.names.filter((name) => /\.(?:xml|rels)$/i.test(name) && !/^word\/(?:document|numbering)\.xml$/.test(name))) {
    const content = await parts.bytes(path);
    if (content !== null) kept.push({ path, bytes: content });
  }
  return storedPackage(kept);
}
