import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { StateReason } from '../../../preload/contract/domains/basics.ts';
import { isRecord } from '../../base/is-record.ts';
import { canonicalText } from '../canonical-text.ts';
import { childNames } from '../child-names.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { ChildFile, Extracted } from '../extracted.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { pdfFiles, readPdfAnnotations } from '../pdf-annotations.ts';
import type { PdfFile } from '../pdf-annotations.ts';
import { isUnmapped, needsOcr, worthOf } from '../pdf-page-need.ts';
import { mendedPdf } from '../pdf-mending.ts';
import { openPdfDocument } from '../pdf-document.ts';
import { pdfLibrary } from '../pdf-library.ts';
import { writePdfPage } from '../pdf-page-text.ts';

/**
 * A PDF, read with pdf.js without evaluation, fonts or drawing. The text holds pdf.js's text items in its order, pages parted by an empty
 * line, with the page map and the place of every item; filled-in fields and comments follow the page's items, titles of bookmarks the last page. Embedded and
 * attached files become children. Pages that cannot be read are left empty and the reason says how many (pdf.js finds none behind
 * one whose object is missing); a PDF none of whose pages has text is `no-text`. One that has lost its end is read as far as it goes.
 */
export async function extractPdf(bytes: Uint8Array, _name = '', _mediaType = '', passwords: readonly string[] = []): Promise<Extracted> {
  try {
    return await openedAndRead(bytes, passwords);
  } catch (error) {
    const mended = error instanceof ExtractFailure && error.reason.code === reasons.damaged('').code ? mendedPdf(bytes) : null;
    if (mended === null) throw error;
    const left = await openedAndRead(mended, passwords);
    return { ...left, reason: left.text === '' ? left.reason : reasons.cutShort };
  }
}

async function openedAndRead(bytes: Uint8Array, passwords: readonly string[]): Promise<Extracted> {
  const pdfjs = await pdfLibrary();
  let left = [...passwords];
  const task = await openPdfDocument(bytes, 'text');
  // The library asks again until a password fits; an error given back ends it.
  task.onPassword = (answer: (password: string | Error) => void) => {
    const [next, ...others] = left;
    left = others;
    answer(next ?? new ExtractFailure(passwords.length > 0 ? reasons.passwordNeeded : reasons.pdfPassword));
  };
  try {
    const document = await task.promise.catch((cause: unknown) => {
      if (left.length === 0 && isNamed(cause, 'PasswordException')) throw new ExtractFailure(passwords.length > 0 ? reasons.passwordNeeded : reasons.pdfPassword, cause);
      throw cause instanceof ExtractFailure ? cause : new ExtractFailure(isNamed(cause, 'PasswordException') ? reasons.pdfPassword : reasons.damaged('PDF'), cause);
    });
    return await read(document, `pdf 1 (pdf.js ${pdfjs.version})`, (text) => pdfjs.PDFDateString.toDateObject(text)?.getTime() ?? null);
  } finally {
    await task.destroy();
  }
}

async function read(document: PDFDocumentProxy, extractor: string, dateOf: (text: string) => number | null): Promise<Extracted> {
  const builder = pagedTextBuilder();
  const attached: PdfFile[] = [];
  const { OPS } = await pdfLibrary();
  const ocrPages: number[] = [];
  let lost = 0;
  let unmapped = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    builder.beginPage();
    try {
      const page = await document.getPage(number);
      const content = await page.getTextContent();
      const items = content.items.filter((item) => 'str' in item);
      const worth = worthOf(items.map(({ str }) => str).join(' '));
      // Codes of a font that were passed on as if they were characters are no text: nobody could search for them.
      writePdfPage(builder, isUnmapped(worth) ? items.map((item) => ({ ...item, str: '' })) : items);
      if (isUnmapped(worth)) unmapped += 1;
      if (await needsOcr(page, worth, OPS).catch(() => worth.words === 0)) ocrPages.push(number);
      const { texts, files } = readPdfAnnotations(await page.getAnnotations());
      for (const text of texts) builder.between(`\n\n${text}`);
      attached.push(...files);
      page.cleanup();
    } catch {
      // The page is damaged: counted and told in the reason, the others are read.
      lost += 1;
    }
  }
  const shown = await bookmarks(document);
  if (shown.length > 0) builder.between(`\n\n${shown.join('\n')}`);
  const { text, pages, pageItems } = builder.finish();
  if (lost === document.numPages) throw new ExtractFailure(reasons.damaged('PDF'));
  let reason: StateReason | null = lost > 0 ? reasons.pdfPagesLost(lost, document.numPages) : null;
  if (unmapped > 0) reason ??= reasons.pdfPagesUnmapped(unmapped, document.numPages);
  if (text === '') reason ??= reasons.pdfNoTextLayer;
  return toExtracted({ type: 'pdf', mediaType: 'application/pdf', extractor, text, pages, pageItems, ocrPages, reason, ...(await information(document, dateOf)), children: named([...(await embeddedFiles(document)), ...attached]) });
}

/** Most bookmarks of a PDF that are read. */
const mostBookmarks = 20_000;

/** Titles of the document's outline (ISO 32000-1 12.3.3) in its order, as readers show them beside the pages. A damaged outline costs itself. */
async function bookmarks(document: PDFDocumentProxy): Promise<string[]> {
  const outline: unknown = await document.getOutline().catch(() => null);
  const titles: string[] = [];
  const left: unknown[] = Array.isArray(outline) ? outline.toReversed() : [];
  while (left.length > 0 && titles.length < mostBookmarks) {
    const item = left.pop();
    if (!isRecord(item)) continue;
    if (typeof item['title'] === 'string' && item['title'].trim() !== '') titles.push(item['title'].replace(/\s+/g, ' ').trim());
    if (Array.isArray(item['items'])) left.push(...(item['items'] as readonly unknown[]).toReversed());
  }
  return titles;
}

async function information(document: PDFDocumentProxy, dateOf: (text: string) => number | null): Promise<Pick<Extracted, 'title' | 'author' | 'createdAt' | 'modifiedAt'>> {
  // A damaged information dictionary costs the properties, never the text.
  const metadata = await document.getMetadata().catch(() => null);
  const given: unknown = metadata?.info;
  const info = isRecord(given) ? given : {};
  const line = (key: string): string | null => (typeof info[key] === 'string' ? canonicalText(info[key]).replace(/\s+/g, ' ').trim() || null : null);
  const time = (key: string): number | null => {
    const at = typeof info[key] === 'string' ? dateOf(info[key]) : null;
    return at !== null && Number.isFinite(at) && at >= 0 ? at : null;
  };
  return { title: line('Title'), author: line('Author'), createdAt: time('CreationDate'), modifiedAt: time('ModDate') };
}

async function embeddedFiles(document: PDFDocumentProxy): Promise<PdfFile[]> {
  // A damaged name tree costs the embedded files, never the text.
  const found: unknown = await document.getAttachments().catch(() => null);
  return isRecord(found) ? pdfFiles(Object.values(found)) : [];
}

function named(files: readonly PdfFile[]): ChildFile[] {
  const names = childNames(files.map(({ name }) => ({ name, mediaType: 'application/octet-stream' })));
  return files.map(({ bytes }, index) => ({ name: names[index] ?? `attachment-${index + 1}`, bytes }));
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
