import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { embeddedParts, openOfficePackage } from '../office-package.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { walkXml, xmlTime, xmlValues } from '../xml-walk.ts';

/** A book (EPUB 2 and 3): its chapters in the order of the spine, each a page, as their pages show them. Pictures become children. A book whose chapters are encrypted (OCF 3.3, encryption.xml) is held. */
export async function extractBook(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openOfficePackage(bytes, 'EPUB book');
  let packagePart = '';
  walkXml(await parts.text('META-INF/container.xml'), { open: (name, attributes) => { if (name === 'rootfile') packagePart ||= attributes['full-path'] ?? ''; } });
  const opf = await parts.text(packagePart);
  if (opf === '') throw new ExtractFailure(reasons.damaged('EPUB book'));
  const encrypted = await parts.text('META-INF/encryption.xml');
  const folder = packagePart.includes('/') ? packagePart.slice(0, packagePart.lastIndexOf('/') + 1) : '';
  const hrefById = new Map<string, string>();
  const chapters: string[] = [];
  walkXml(opf, {
    open: (name, attributes) => {
      if (name === 'item') hrefById.set(attributes['id'] ?? '', attributes['href'] ?? '');
      else if (name === 'itemref') chapters.push(hrefById.get(attributes['idref'] ?? '') ?? '');
    },
  });
  const builder = pagedTextBuilder();
  for (const href of new Set(chapters.filter((chapter) => chapter !== ''))) {
    const part = folder + decoded(href);
    if (encrypted.includes(`"${part}"`)) throw new ExtractFailure(reasons.encryptedOtherwise);
    builder.beginPage();
    builder.between(htmlText(await parts.text(part)).text);
  }
  const { text, pages } = builder.finish();
  const value = xmlValues(opf);
  return toExtracted({ type: 'web-page', mediaType, extractor: 'book 1', text, pages: pages.length > 0 ? pages : null, title: value('title'), author: value('creator'), createdAt: xmlTime(value('date')), children: await embeddedParts(parts, /^(?!META-INF\/)(?!.*\/thumbs\/).+\.(?:png|jpe?g|gif|webp|tiff?|bmp)$/i) });
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href.replace(/#.*$/, ''));
  } catch {
    return href;
  }
}
