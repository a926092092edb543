import { canonicalText } from '../canonical-text.ts';
import { foundChildren } from '../embedded-files.ts';
import { binaries } from '../xml-binaries.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { decodeText, declaredInXml } from '../text-encoding.ts';
import { walkXml, xmlValues } from '../xml-walk.ts';

/** Elements whose content a reader does not see. */
const unread = new Set(['binary', 'binaryData', 'stylesheet', 'style', 'script', 'binData', 'docOleData', 'fonts', 'lists', 'styles', 'docPr', 'instrText', 'delText', 'prolog', 'titlealts', 'header-only']);
/** Elements that stand within a line. */
const inline = new Set(['emphasis', 'strong', 'b', 'i', 'u', 'sub', 'sup', 'a', 'ph', 'em', 'span', 'xref', 'link', 'ulink', 'term', 'keyword', 'uicontrol', 'codeph', 'r', 't', 'rPr', 'g', 'x', 'bpt', 'ept', 'mrk', 'hi', 'ref', 'name', 'date', 'first-name', 'last-name', 'middle-name', 'br', 'metadata-only', 'style', 'proofErr', 'smartTag']);
/** Elements of feeds whose text is a page of its own. */
const pages = new Set(['description', 'summary', 'content', 'encoded']);

/**
 * XML that was written to be read: feeds (RSS, Atom), DITA, DocBook, FictionBook, TEI, subtitles (TTML), translations (XLIFF, TMX), Word's XML of 2003.
 * The text of its elements, a line for each that is no part of a line; what a feed keeps as a page is shown as one. Attributes are left out; pictures that stand in it in base64 become children.
 */
export async function extractProseMarkup(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const xml = decodeText(bytes, declaredInXml(bytes)).text;
  const out: string[] = [];
  let skipped = 0;
  let page: string[] | null = null;
  // FictionBook calls a span of text a style.
  const isUnread = (name: string): boolean => unread.has(name) && !(name === 'style' && mediaType === 'application/x-fictionbook+xml');
  walkXml(xml, {
    open: (name) => {
      if (skipped > 0 || isUnread(name)) {
        skipped += 1;
        return;
      }
      if (pages.has(name)) page = [];
      if (name === 'tab') out.push('\t');
      else if (name === 'br' || !inline.has(name)) out.push('\n');
    },
    text: (text) => {
      if (skipped > 0) return;
      if (page === null) out.push(text.replace(/\s+/g, ' '));
      else page.push(text);
    },
    close: (name) => {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      if (page !== null && pages.has(name)) {
        const kept = page.join('');
        out.push(/<[a-z!][^>]*>/i.test(kept) ? htmlText(kept).text : kept);
        page = null;
      }
      if (!inline.has(name)) out.push('\n');
    },
  });
  const text = out.join('').split('\n').map((line) => line.trim()).filter((line, index, lines) => line !== '' || lines[index - 1] !== '').join('\n');
  const value = xmlValues(xml);
  return toExtracted({ type: 'text', mediaType, extractor: 'prose markup 1', text: canonicalText(text), title: value('title') ?? value('book-title'), author: null, children: foundChildren(binaries(xml)) });
}
