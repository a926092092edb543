import { utils, write } from '@e965/xlsx';
import type { BookType, CellObject } from '@e965/xlsx';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import type { DocumentLine } from '../../../preload/contract/domains/documents.ts';
import { madeZip } from '../../support/archive-fixtures.ts';
import { addCase, createdEngine, ingested } from '../../support/engines.ts';
import { mailLines, storedZip, tinyDocx, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { workbook } from '../../support/office-fixtures.ts';
import { tempFolder } from '../../support/vaults.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const textOfBook = 'Berths\nBerth\tShip\n4\t\tCrane stands\n1234.5\n\n\nPort log\nü 日';

test.each<BookType>(['xlsx', 'xlsm', 'xlsb', 'biff8', 'ods'])('a workbook as %s gives its sheets as pages and the place of every cell', async (bookType) => {
  const { text, type, pages, sheets } = await read(workbook(bookType));
  expect([type, text]).toEqual(['table', textOfBook]);
  expect(pages?.map(({ page }) => page)).toEqual([1, 2]);
  const cells = sheets?.flatMap(({ name, cells: of }) => Array.from({ length: of.length / 4 }, (_, at) => [name, of[at * 4 + 2], of[at * 4 + 3], text.slice(of[at * 4], of[at * 4 + 1])]));
  expect(cells).toEqual([['Berths', 0, 0, 'Berth'], ['Berths', 0, 1, 'Ship'], ['Berths', 2, 0, '4'], ['Berths', 2, 2, 'Crane stands'], ['Berths', 3, 0, '1234.5'], ['Port log', 0, 0, 'ü 日']]);
});

test('a table of separated values keeps its text as written and the place of every cell', async () => {
  const { text, sheets, pages } = await read(utf8('berth;ship;note\n4;"A ""B"";\nC";\n;D;x\n7;E;y\n8;F;z\n'), 'x.csv');
  const cells = sheets?.[0]?.cells ?? new Uint32Array();
  expect(pages).toBeNull();
  expect(Array.from({ length: cells.length / 4 }, (_, at) => [cells[at * 4 + 2], cells[at * 4 + 3], text.slice(cells[at * 4], cells[at * 4 + 1])])).toEqual([
    [0, 0, 'berth'], [0, 1, 'ship'], [0, 2, 'note'], [1, 0, '4'], [1, 1, 'A ""B"";\nC'], [2, 1, 'D'], [2, 2, 'x'], [3, 0, '7'], [3, 1, 'E'], [3, 2, 'y'], [4, 0, '8'], [4, 1, 'F'], [4, 2, 'z'],
  ]);
});

test('a workbook tells its title, its author, its comments, its page headers and what it embeds', async () => {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet([['a', 'b']]);
  utils.book_append_sheet(book, sheet, 'One');
  const commented: CellObject = { t: 's', v: 'b' };
  utils.cell_add_comment(commented, 'look here', 'Clerk');
  sheet['B1'] = commented;
  book.Props = { Title: 'Gate log', Author: 'Port office' };
  const made = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  const { text, title, author } = await read(Uint8Array.from(made));
  expect([text, title, author]).toEqual(['One\na\tb\n\nB1 (Clerk): look here', 'Gate log', 'Port office']);
});

test('a workbook that unfolds without end, and one that is encrypted or damaged, is held with the reason', async () => {
  const bomb = madeZip([{ name: 'xl/workbook.xml', bytes: utf8('<workbook/>'), saidBytes: 2 ** 31 }]);
  expect(await extract(bomb, 'x.xlsx')).toMatchObject({ kind: 'failed', reason: { code: 'file.unfolds-too-large' } });
  expect(await extract(storedZip({ 'xl/workbook.xml': '<nothing' }), 'x.xlsx')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
  const torn = madeZip([{ name: 'xl/workbook.xml', bytes: utf8('<workbook/>') }, { name: 'xl/worksheets/sheet1.xml', bytes: utf8('<worksheet/>'), crc: 7 }]);
  expect(await extract(torn, 'x.xlsx')).toMatchObject({ kind: 'failed', reason: { code: 'file.cut' } });
  const locked = storedZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'META-INF/manifest.xml': '<manifest:encryption-data/>', 'content.xml': 'x' });
  expect(await extract(locked, 'x.odt')).toMatchObject({ kind: 'failed', reason: { code: 'encrypted.no-reader' } });
});

test('a citation of a table names its cell', async () => {
  const place = tempFolder();
  mkdirSync(join(place, 'dump'));
  writeFileSync(join(place, 'dump', 'berths.xlsx'), workbook('xlsx'));
  const engine = await createdEngine(join(place, 'vault'));
  onTestFinished(() => engine.close());
  const id = await addCase(engine, 'Harbour');
  await ingested(engine, id, [join(place, 'dump')]);
  const lines: DocumentLine[] = [];
  await engine.call('documents.list', { case: id }, (part) => void lines.push(...part.lines));
  const document = lines[0]?.id;
  if (document === undefined) throw new Error('no document');
  const cell = async (of: string, within = 0) => (await engine.call('documents.cell', { case: id, document, offset: textOfBook.indexOf(of) + within })).cell;
  expect(await cell('Crane', 3)).toEqual({ sheet: 'Berths', row: 3, column: 3, name: 'Berths!C3' });
  expect(await cell('ü')).toEqual({ sheet: 'Port log', row: 1, column: 1, name: "'Port log'!A1" });
  expect(await cell('\t')).toBeNull();
  expect(await cell('Port log')).toBeNull();
});

const slide = (...texts: readonly string[]): string => `<p:sld xmlns:p="p" xmlns:a="a">${texts.map((text) => `<p:sp><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sp>`).join('')}</p:sld>`;
const relations = (...targets: readonly (readonly [id: string, type: string, target: string])[]): string => `<Relationships>${targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`).join('')}</Relationships>`;

test('a presentation gives its slides as pages in the order of the show, with notes, the footers of its masters and what it embeds', async () => {
  const { text, pages, children } = await read(storedZip({
    'ppt/presentation.xml': '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId r:id="b"/><p:sldId r:id="a"/></p:sldIdLst></p:presentation>',
    'ppt/_rels/presentation.xml.rels': relations(['a', 'slide', 'slides/slide1.xml'], ['b', 'slide', 'slides/slide2.xml']),
    'ppt/slides/slide1.xml': slide('second', 'more'), 'ppt/slides/slide2.xml': slide('first'), 'ppt/slides/slide3.xml': slide('unlisted'),
    'ppt/slides/_rels/slide2.xml.rels': relations(['n', 'notesSlide', '../notesSlides/notesSlide1.xml'], ['x', 'notesSlide', '../../../outside.xml']),
    'ppt/notesSlides/notesSlide1.xml': slide('a note'),
    'ppt/slideMasters/slideMaster1.xml': '<p:sldMaster xmlns:p="p" xmlns:a="a"><p:sp><p:ph type="title"/><a:p><a:t>Click to edit</a:t></a:p></p:sp><p:sp><p:ph type="ftr"/><a:p><a:t>INTERNAL</a:t></a:p></p:sp></p:sldMaster>',
    'ppt/embeddings/plan.docx': 'x',
  }));
  expect(text).toBe('first\n\n\na note\n\nsecond\nmore\n\n\nunlisted\n\n\nINTERNAL');
  expect(pages).toHaveLength(3);
  expect(children.map(({ name }) => name)).toEqual(['plan.docx']);
});

const openDocument = (kind: string, body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array => storedZip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': `<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`, ...parts });

test('an OpenDocument text gives its paragraphs, tables and page headers, and no deleted text', async () => {
  const { text, title, author, createdAt } = await read(openDocument('text', '<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Gate</text:h><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p><table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>', {
    'styles.xml': '<office:master-styles><style:header><text:p>INTERNAL</text:p></style:header><style:header-left><text:p>INTERNAL</text:p></style:header-left></office:master-styles>',
    'meta.xml': '<office:meta><dc:title>Gate log</dc:title><meta:initial-creator>Port office</meta:initial-creator><meta:creation-date>2024-03-12T07:15:00Z</meta:creation-date></office:meta>',
  }));
  expect(text.replace(/ +\t/g, '\t')).toBe('Gate\na  b\tc\nd\n1\t2\n\n\nINTERNAL');
  expect({ title, author, createdAt }).toEqual({ title: 'Gate log', author: 'Port office', createdAt: Date.UTC(2024, 2, 12, 7, 15) });
});

test('an OpenDocument presentation gives its pages', async () => {
  const { text, pages } = await read(openDocument('presentation', '<draw:page><draw:frame><draw:text-box><text:p>one</text:p></draw:text-box></draw:frame></draw:page><draw:page><text:p>two</text:p></draw:page>'));
  expect([text, pages?.map(({ start, end }) => text.slice(start, end).trim())]).toEqual(['one\n\n\ntwo', ['one', 'two']]);
});

test('a flat OpenDocument file is read as a packed one', async () => {
  expect((await read(utf8('<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>T</dc:title></office:meta><office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>')))).toMatchObject({ text: 'flat', title: 'T', type: 'word' });
  const alone = '<?xml version="1.0"?><office:document-content><office:automatic-styles><style:style style:name="P1"/></office:automatic-styles><office:body><office:text><text:p>Berth</text:p><text:p>four</text:p></office:text></office:body></office:document-content>';
  expect(await read(utf8(alone))).toMatchObject({ text: 'Berth\nfour', type: 'word' });
});

test('notes, comments and boxes within a paragraph of OpenDocument are no part of its words', async () => {
  const flat = '<?xml version="1.0"?><office:document-content><office:body><office:text><text:p>Berth<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>See log</text:p></text:note-body></text:note> four<office:annotation><dc:creator>Port office</dc:creator><dc:date>2024-03-12</dc:date><text:p>Which one?</text:p></office:annotation>is<draw:frame><draw:text-box><text:p>Box</text:p></draw:text-box></draw:frame>empty</text:p></office:text></office:body></office:document-content>';
  expect((await read(utf8(flat))).text.match(/[^\s]+/g)).toEqual(['Berth', '7', 'See', 'log', 'four', 'Port', 'office', '2024-03-12', 'Which', 'one?', 'is', 'Box', 'empty']);
});

test('a book gives its chapters in the order of its spine, and one that is locked is held', async () => {
  const parts = {
    mimetype: 'application/epub+zip', 'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    'OPS/book.opf': '<package><metadata><dc:title>Log</dc:title><dc:creator>Clerk</dc:creator></metadata><manifest><item id="a" href="a.xhtml"/><item id="b" href="b%20b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>',
    'OPS/a.xhtml': '<html><body><p>last</p></body></html>', 'OPS/b b.xhtml': '<html><body><p>first</p></body></html>',
  };
  expect(await read(storedZip(parts))).toMatchObject({ text: 'first\n\nlast', title: 'Log', author: 'Clerk', pages: [{ page: 1 }, { page: 2 }] });
  expect(await extract(storedZip({ ...parts, 'META-INF/encryption.xml': '<CipherReference URI="OPS/a.xhtml"/>' }), 'x')).toMatchObject({ kind: 'failed', reason: { code: 'encrypted.no-reader' } });
});

test('a saved page is its page, with what it was saved with as children', async () => {
  const page = mailLines('From: <Saved by a browser>', 'Snapshot-Content-Location: http://port.example/', 'Subject: Berths', 'MIME-Version: 1.0', 'Content-Type: multipart/related; type="text/html"; boundary=b', '', '--b', 'Content-Type: text/html', '', '<title>Berths</title><p>empty<script>x</script></p>', '--b', 'Content-Type: text/css', 'Content-Location: http://port.example/a.css', '', 'p{}', '--b--');
  expect(await read(page)).toMatchObject({ type: 'web-page', text: 'empty', title: 'Berths', mail: null, mediaType: 'multipart/related' });
});

test('a drawing gives its words and no script', async () => {
  expect(await read(utf8('<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg><title>Quay</title><style>p{}</style><script>x</script><g><text>Berth <tspan>4</tspan></text></g></svg>'))).toMatchObject({ text: 'Quay\nBerth 4', title: 'Quay', type: 'image' });
});

test('neither entities that unfold nor entities from outside have any effect', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><svg><text>&b;&c;</text></svg>`;
  expect((await read(utf8(laughs))).text).toBe('&b;&c;');
});

test('an archive of documents is an archive, also when it keeps their bytes as they are', async () => {
  const archive = await read(madeZip([{ name: 'plan.docx', bytes: tinyDocx(wordParagraph('plan')), method: 0 }]));
  expect(archive).toMatchObject({ mediaType: 'application/zip', text: 'plan.docx' });
});
