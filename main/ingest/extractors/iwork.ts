import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { heldSource } from '../byte-source.ts';
import { iworkTexts } from '../iwork-archive.ts';
import { embeddedParts, openOfficePackage } from '../office-package.ts';
import type { OfficePackage } from '../office-package.ts';
import { walkXml } from '../xml-walk.ts';
import { zipEntries } from '../zip-directory.ts';

/**
 * A document of Pages, Keynote or Numbers, read by ours: the XML that they wrote until 2009, the archives that they write since 2013. Pages and slides are
 * not told apart: the newer form does not say where they end. Pictures become children; previews are left out.
 */
export async function extractIwork(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openOfficePackage(bytes, 'iWork document');
  const main = parts.names.find((name) => /^(?:[^/]+\/)?index\.(?:xml|apxl)$/.test(name));
  const encrypted = parts.names.some((name) => /(?:^|\/)\.iwp[vh]\d?$/.test(name));
  if (encrypted) throw new ExtractFailure(reasons.encryptedOtherwise);
  const texts = main !== undefined ? xmlTexts(await parts.text(main)) : await archiveTexts(parts);
  return toExtracted({ type: mediaType.includes('numbers') ? 'table' : 'other', mediaType, extractor: 'iwork 1', text: canonicalText(texts.join('\n')), children: await embeddedParts(parts, /^(?:(?:[^/]+\/)?Data\/)?(?!thumbs\/|[ms]t-|[^/]*-small-)[^/]+\.(?:png|jpe?g|tiff?|gif|pdf|heic|mov|mp4|m4a)$/i) });
}

/** Archives, which older packages keep in a ZIP file of their own; what documents show comes before the stylesheets' and the calculation's. */
async function archiveTexts(parts: OfficePackage): Promise<string[]> {
  const inner = await parts.bytes(parts.names.find((name) => /(?:^|\/)Index\.zip$/.test(name)) ?? '');
  const source = inner !== null && (await zipEntries(heldSource(inner))) !== null ? await openOfficePackage(inner, 'iWork document') : parts;
  const texts = new Set<string>();
  const archives = source.names.filter((name) => name.endsWith('.iwa') && !/Stylesheet|ThemeStylesheet|CalculationEngine|ViewState|Metadata|Template|MasterSlide/.test(name));
  const number = (name: string): number => Number(/(\d+)(?:-\d+)?\.iwa$/.exec(name)?.[1] ?? -1);
  for (const name of archives.sort((a, b) => number(a) - number(b))) {
    const content = await source.bytes(name);
    if (content !== null) for (const text of iworkTexts(Buffer.from(content.buffer, content.byteOffset, content.length))) texts.add(text);
  }
  return [...texts];
}

/** Elements whose text is for the program and not for the reader. */
const unread = new Set(['stylesheet', 'metadata', 'version-history', 'theme-list', 'master-slides', 'section-prototypes', 'prototype-drawables', 'annotations-ui', 'publication-info', 'pagesTOC']);

/** Paragraphs, cells (whose texts stand in attributes) and comments. */
function xmlTexts(xml: string): string[] {
  const texts: string[] = [''];
  let skipped = 0;
  let paragraphs = 0;
  walkXml(xml, {
    open: (name, attributes) => {
      if (skipped > 0 || unread.has(name)) {
        skipped += 1;
        return;
      }
      if (name === 'p') paragraphs += 1;
      else if (name === 'ct' || name === 'n' || name === 't' || name === 'd') {
        const shown = name === 'n' ? attributes['sf:v'] : attributes['sfa:s'];
        if (shown !== undefined && shown.trim() !== '') texts.push(shown, '');
      } else if (name === 'tab') texts[texts.length - 1] += '\t';
      else if (name === 'lnbr' || name === 'br' || name === 'crbr') texts[texts.length - 1] += '\n';
    },
    text: (text) => { if (skipped === 0 && paragraphs > 0) texts[texts.length - 1] += text.replace(/\s*\n\s*/g, ' '); },
    close: (name) => {
      if (skipped > 0) skipped -= 1;
      else if (name === 'p') {
        paragraphs = Math.max(0, paragraphs - 1);
        texts.push('');
      }
    },
  });
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
