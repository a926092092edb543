import { canonicalText } from '../canonical-text.ts';
import { foundChildren } from '../embedded-files.ts';
import { binaries } from '../xml-binaries.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { embeddedParts, openOfficePackage, type OfficePackage } from '../office-package.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { pageTexts } from '../open-document-pages.ts';
import { decodeText } from '../text-encoding.ts';
import { walkXml, xmlTime, xmlValues } from '../xml-walk.ts';

/**
 * An OpenDocument text, presentation or drawing (ISO/IEC 26300), packed or flat, read by ours: paragraphs, headings, lists, tables, notes and comments;
 * of presentations and drawings each page is a page. Page headers and footers come after the body, each distinct text once, because markings
 * stand there. Deleted text is left out.
 */
export async function extractOpenDocument(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const isFlat = !(bytes[0] === 0x50 && bytes[1] === 0x4b);
  const parts = isFlat ? null : await openOfficePackage(bytes, 'OpenDocument file');
  if (parts !== null && /encryption-data/.test(await parts.text('META-INF/manifest.xml'))) throw new ExtractFailure(reasons.encryptedOtherwise);
  const content = parts === null ? decodeText(bytes).text : await parts.text('content.xml');
  if (content === '') throw new ExtractFailure(reasons.damaged('OpenDocument file'));
  const styles = parts === null ? content : await parts.text('styles.xml');
  const value = xmlValues(parts === null ? (/<office:meta>[^]*?<\/office:meta>/.exec(content)?.[0] ?? '') : await parts.text('meta.xml'));
  const builder = pagedTextBuilder();
  let pages = 0;
  bodyText(content, builder.between, () => {
    pages += 1;
    builder.beginPage();
  });
  for (const xml of parts === null ? [] : await embeddedContents(parts)) {
    builder.between('\n\n');
    bodyText(xml, builder.between, () => undefined);
  }
  for (const text of pageTexts(styles)) builder.between(`\n\n${text}`);
  const made = builder.finish();
  return toExtracted({
    type: mediaType.includes('presentation') || mediaType.includes('graphics') ? 'other' : 'word', mediaType, extractor: 'open document 1', text: pages === 0 ? canonicalText(made.text) : made.text, pages: pages === 0 ? null : made.pages,
    title: value('title'), author: value('initial-creator') ?? value('creator'), createdAt: xmlTime(value('creation-date')), modifiedAt: xmlTime(value('date')),
    children: parts === null ? foundChildren(binaries(content)) : await embeddedParts(parts, /^(?:Pictures|media)\/[^/]+$|^Object [^/]+$/),
  });
}

/** Charts and other objects that are kept as folders of the same package. */
async function embeddedContents(parts: OfficePackage): Promise<string[]> {
  const contents: string[] = [];
  for (const name of parts.names.filter((part) => /^Object [^/]+\/content\.xml$/.test(part))) contents.push(await parts.text(name));
  return contents;
}

const skippedParts = new Set(['tracked-changes', 'forms', 'scripts', 'font-face-decls', 'styles', 'automatic-styles', 'master-styles', 'meta', 'settings', 'binary-data', 'sequence-decls', 'event-listeners']);

/** What stands within a paragraph and is no part of the word before it or behind it: notes, comments, paragraphs of boxes. */
const apart = new Set(['note', 'note-citation', 'annotation', 'p', 'h']);
/** Who wrote a comment and when; elsewhere they are fields, whose text belongs where it stands. */
const signature = new Set(['creator', 'date', 'sender-initials']);

/** The body in its order. `onPage` is called before the first word of a page of a presentation. */
function bodyText(xml: string, put: (text: string) => void, onPage: () => void): void {
  let skipped = 0;
  let inBody = 0;
  let paragraphs = 0;
  let comments = 0;
  let cellsInRow = 0;
  walkXml(xml, {
    open: (name, attributes) => {
      if (skipped > 0 || skippedParts.has(name)) {
        skipped += 1;
        return;
      }
      if (name === 'annotation') comments += 1;
      if (paragraphs > 0 && inBody > 0 && (apart.has(name) || (comments > 0 && signature.has(name)))) put(' ');
      if (name === 'body') inBody += 1;
      else if (name === 'page') onPage();
      else if (name === 'p' || name === 'h') paragraphs += 1;
      else if (name === 'tab') put('\t');
      else if (name === 'line-break') put('\n');
      else if (name === 's') put(' '.repeat(Math.min(64, Math.max(1, Number(attributes['text:c'] ?? 1) || 1))));
      else if (name === 'table-row') cellsInRow = 0;
      else if (name === 'table-cell' || name === 'covered-table-cell') {
        if (cellsInRow > 0) put('\t');
        cellsInRow += 1;
      }
    },
    text: (text) => {
      if (skipped === 0 && inBody > 0 && paragraphs > 0) put(text.replace(/[ \t\r\n]+/g, ' '));
    },
    close: (name) => {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      if (name === 'annotation') comments -= 1;
      if (name === 'note-citation' || ((name === 'note' || name === 'annotation') && paragraphs > 0)) put(' ');
      if (name === 'body') inBody -= 1;
      else if (name === 'p' || name === 'h') {
        paragraphs = Math.max(0, paragraphs - 1);
        if (inBody > 0) put(cellsInRow > 0 ? ' ' : '\n');
      } else if (name === 'table-row') {
        put('\n');
        cellsInRow = 0;
      }
    },
  });
}
