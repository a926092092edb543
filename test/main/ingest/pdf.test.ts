import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { tinyPdf } from '../../support/file-fixtures.ts';

async function read(bytes: Uint8Array): Promise<Extracted> {
  const result = await extract(bytes, 'x.pdf');
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

test('lines, paragraphs and pages stand in reading order, and every item is found at its offsets', async () => {
  const { text, pages, pageItems } = await read(
    tinyPdf([
      [{ text: 'The crane stands', y: 700 }, { text: 'still since noon.', y: 686 }, { text: 'Nobody came.', y: 640 }],
      [],
      [{ text: 'Second sheet', y: 700 }],
    ]),
  );
  expect(text).toBe('The crane stands\nstill since noon.\n\nNobody came.\n\n\nSecond sheet');
  expect(pages?.map(({ start, end }) => text.slice(start, end))).toEqual(['The crane stands\nstill since noon.\n\nNobody came.', '', 'Second sheet']);
  const items = pageItems?.[0] ?? new Uint32Array();
  const shown = Array.from({ length: items.length / 2 }, (_, item) => text.slice(items[2 * item], items[2 * item + 1])).filter((item) => item !== '');
  expect(shown).toEqual(['The crane stands', 'still since noon.', 'Nobody came.']);
});

test('the second column follows the first', async () => {
  const { text } = await read(tinyPdf([[{ text: 'left one', y: 700 }, { text: 'left two', y: 686 }, { text: 'right one', x: 320, y: 700 }, { text: 'right two', x: 320, y: 686 }]]));
  expect(text.replace(/\n+/g, '\n').split('\n')).toEqual(['left one', 'left two', 'right one', 'right two']);
});

test('the document says its title, author and dates', async () => {
  const { title, author, createdAt, modifiedAt } = await read(tinyPdf([[{ text: 'x', y: 700 }]], { info: '/Title (Gate log) /Author (Port office) /CreationDate (D:20240312081500+01\'00\') /ModDate (nonsense)' }));
  expect({ title, author, createdAt, modifiedAt }).toEqual({ title: 'Gate log', author: 'Port office', createdAt: Date.UTC(2024, 2, 12, 7, 15), modifiedAt: null });
});

test('a PDF of pictures ends without text but keeps its pages', async () => {
  expect(await read(tinyPdf([[], []]))).toMatchObject({ state: 'no-text', reason: { code: 'pdf.no-text-layer' }, pages: [{ page: 1, start: 0, end: 0 }, { page: 2, start: 0, end: 0 }] });
});

test('pages that are lost are counted and the others are read', async () => {
  const page = [{ text: 'whole', y: 700 }];
  const { text, pages, reason } = await read(tinyPdf([page, page, page], { lost: [2] }));
  expect(text).toBe('whole\n\nwhole');
  expect(pages).toHaveLength(3);
  expect(reason).toEqual({ code: 'pdf.pages-damaged', sentence: 'The PDF is damaged: 1 of the 3 pages that were found could not be read.' });
});

test('a file that only begins like a PDF is held', async () => {
  expect(await extract(Uint8Array.from(Buffer.from('%PDF-1.7\nnothing')), 'x.pdf')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
});

test('an embedded file becomes a child', async () => {
  const { children } = await read(
    tinyPdf([[{ text: 'x', y: 700 }]], {
      catalog: '/Names << /EmbeddedFiles << /Names [(log) 100 0 R] >> >>',
      objects: ['<< /Type /Filespec /F (log.txt) /UF (log.txt) /EF << /F 101 0 R >> >>', '<< /Type /EmbeddedFile /Length 5 >>\nstream\nwords\nendstream'],
    }),
  );
  expect(children.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString()])).toEqual([['log.txt', 'words']]);
});

test('East Asian text whose letters come from a predefined character map is read', async () => {
  const descendant = '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> /FontDescriptor << /Type /FontDescriptor /FontName /Test /Flags 4 >> >>';
  const { text } = await read(tinyPdf([[{ text: '65E5672C', y: 700 }]], { hexFont: `<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /UniJIS-UTF16-H /DescendantFonts [${descendant}] >>` }));
  expect(text).toBe('日本');
});
