/** What stands beside a document's text and is seen all the same: comments with who wrote them, headers and footers, names of what is embedded. */
import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { endingOf } from '../../../main/ingest/file-endings.ts';
import { readPresentation } from '../../../main/ingest/powerpoint-stream.ts';
import { compoundFile, officeRecord, wordStreams } from '../../support/compound-fixtures.ts';
import { storedZip, tinyDocx, tinyPdf, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { noteSection } from '../../support/format-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

test('a comment of a Word document stands behind the name of who wrote it, in its paragraphs', async () => {
  const comments = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="Port &amp; Co" w:initials="P"><w:p><w:r><w:t>Which</w:t></w:r><w:r><w:t> crane?</w:t></w:r></w:p><w:p><w:r><w:t>Ask.</w:t></w:r></w:p></w:comment><w:comment w:id="1"><w:p/></w:comment></w:comments>';
  expect((await read(tinyDocx(wordParagraph('Crane stands.'), { 'word/comments.xml': comments }))).text).toBe('Crane stands.\n\nPort & Co: Which crane?\nAsk.');
});

test('a comment in rich text does not run into the words around it', async () => {
  expect((await read(utf8('{\\rtf1 Berth{\\*\\atnauthor Port office}{\\*\\annotation Which one?}four{\\footnote See log.}is empty}'))).text).toBe('Berth Port office  Which one? four See log. is empty');
});

test('a link in a OneNote section shows its words and not its instruction', async () => {
  expect((await read(noteSection(['See \uFDDFHYPERLINK "http://harbour.example/?id=1"the plan']))).text).toBe('See the plan');
});

test('page headers of an OpenDocument workbook are read, its placeholders for page numbers are not', async () => {
  const style = (body: string): string => `<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:master-styles><style:master-page>${body}</style:master-page></office:master-styles></office:document-styles>`;
  const content = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Log"><table:table-row><table:table-cell office:value-type="string"><text:p>Aurora</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>';
  const book = (styles: string): Uint8Array => storedZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': content, 'styles.xml': style(styles), 'META-INF/manifest.xml': '<manifest/>' });
  expect((await read(book('<style:header><text:p>SECRET <text:sheet-name>???</text:sheet-name></text:p></style:header><style:footer><text:p>Page <text:page-number>1</text:page-number> / <text:page-count>99</text:page-count></text:p></style:footer>'))).text).toBe('Log\nAurora\n\n\nSECRET');
});

test('French in a FictionBook stands in elements called style and is text', async () => {
  expect((await read(utf8('<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><stylesheet>p {}</stylesheet><body><p>Said: <style name="fr">bon soir</style>.</p></body></FictionBook>'))).text).toBe('Said: bon soir.');
});

test("a master's footer is shown on slides, what stands in its other places is a prompt", () => {
  const shape = (text: string, place: number | null): Buffer => officeRecord(0xf004, [officeRecord(0xf00d, [officeRecord(0x0fa8, Buffer.from(text))]), ...(place === null ? [] : [officeRecord(0xf011, [officeRecord(0x0bc3, Buffer.from([0, 0, 0, 0, place, 0, 0, 0]))])])]);
  const master = officeRecord(0x03f8, [officeRecord(0x040c, [shape('Click to edit', 1), shape('Harbour office', 9), shape('Logo', null)])]);
  expect(readPresentation(master, null).footers).toEqual(['Harbour office', 'Logo']);
});

test('an embedded file without a name is called after where it lies and what it is', async () => {
  const inner = storedZip({ 'word/document.xml': '<x/>' });
  const file = compoundFile({ ...wordStreams({ body: 'x' }), 'ObjectPool/_17/Package': inner, 'ObjectPool/_18/CONTENTS': tinyPdf([[]]) });
  expect((await read(file)).children.map(({ name }) => name)).toEqual(['_17.docx', '_18.pdf']);
  expect([endingOf(utf8('{\\rtf1}')), endingOf(compoundFile({ Workbook: utf8('x') })), endingOf(storedZip({ a: 'b' })), endingOf(utf8('prose'))]).toEqual(['rtf', 'xls', 'zip', 'bin']);
});

const namesAndStarts = ({ children }: Extracted): unknown[] => children.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString('latin1').slice(0, 8)]);

test('pictures and files in a OneNote section become children, each once; one that is cut is left out', async () => {
  const stored = (bytes: Uint8Array, said = bytes.length): Buffer => { const length = Buffer.alloc(8); length.writeUInt32LE(said, 0); return Buffer.concat([Buffer.from('e716e3bd65261145a4c48d4d0b7a9eac', 'hex'), length, Buffer.alloc(12), bytes]); };
  const picture = Buffer.from('\x89PNG\r\n\x1a\npicture', 'latin1');
  const section = Buffer.concat([noteSection(['Gate notes']), stored(picture), stored(utf8('%PDF-1.4 plan')), stored(picture), stored(utf8('cut'), 900)]);
  expect(namesAndStarts(await read(section))).toEqual([['attachment-1.png', '\x89PNG\r\n\x1a\n'], ['attachment-2.pdf', '%PDF-1.4']]);
});

test('pictures of books and of XML documents become children', async () => {
  const book = '<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body><p>Harbour</p></body><binary id="cover.jpg" content-type="image/jpeg">cGljdHVyZQ==</binary></FictionBook>';
  expect(namesAndStarts(await read(utf8(book)))).toEqual([['cover.jpg', 'picture']]);
  const flat = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Plan<office:binary-data>R0lGODlh\ncGlj</office:binary-data></text:p></office:text></office:body></office:document>';
  const { text, children } = await read(utf8(flat));
  expect([text, children.map(({ name }) => name)]).toEqual(['Plan', ['attachment-1.gif']]);
  const epub = storedZip({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>', 'o.opf': '<package><manifest><item id="a" href="a.html"/></manifest><spine><itemref idref="a"/></spine></package>', 'a.html': '<html><body>Harbour</body></html>', 'images/map.png': 'map', 'images/thumbs/map.png': 'small' });
  expect(namesAndStarts(await read(epub))).toEqual([['map.png', 'map']]);
});
