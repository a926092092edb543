import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { decodePage } from '../../../main/ingest/ocr/image-page.ts';
import { imageShape } from '../../../main/ingest/ocr/image-shape.ts';
import { drawPdfPage } from '../../../main/ingest/ocr/pdf-page-raster.ts';
import { pageReading } from '../../../main/ingest/ocr/page-words.ts';
import { upright, whiteRaster } from '../../../main/ingest/ocr/raster.ts';
import { readPage } from '../../../main/ingest/ocr/read-page.ts';
import { tesseractCore } from '../../../main/ingest/ocr/tesseract-core.ts';
import { openPdfDocument } from '../../../main/ingest/pdf-document.ts';
import { pdfLibrary } from '../../../main/ingest/pdf-library.ts';
import { tinyPdf } from '../../support/file-fixtures.ts';
import { sampleAvif, sampleHeic, sampleJpeg, sampleWebp } from '../../support/picture-samples.ts';
import { bmpOf, drawnLines, gifOf, greyJpegTiff, pngOf, runLengthBmp, scannedPdf, tiffOf } from '../../support/pictures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const words = ['The harbour office closed', 'at noon on Thursday'];

test('each format is known by its bytes and its picture gives the words back', async () => {
  const drawn = await drawnLines(...words);
  const core = await tesseractCore();
  const files: readonly (readonly [mediaType: string, bytes: Uint8Array, text: RegExp])[] = [
    ['image/png', pngOf(drawn), /harbour office closed[^]*noon on Thursday/],
    ['image/bmp', bmpOf(drawn), /harbour office closed[^]*noon on Thursday/],
    ['image/gif', gifOf(drawn), /harbour office closed[^]*noon on Thursday/],
    ['image/tiff', tiffOf([drawn]), /harbour office closed[^]*noon on Thursday/],
    ['image/webp', sampleWebp, /Cranes at the western quay[^]*stood still since Monday/],
    ['image/jpeg', sampleJpeg, /Cranes at the western quay[^]*stood still since Monday/],
  ];
  for (const [mediaType, bytes, text] of files) {
    const { type, state, reason, ocrPages, ...found } = await read(bytes);
    expect({ type, state, reason: reason?.code, ocrPages, mediaType: found.mediaType }).toEqual({ type: 'image', state: 'no-text', reason: 'image.not-read', ocrPages: [1], mediaType });
    expect(`${mediaType}: ${readPage(core, 1, await decodePage(core, bytes, mediaType, 1, 1), null, ['eng'])?.text}`).toMatch(text);
  }
});

test.each([['whole', false], ['with its tables apart', true]])('a grey JPEG within a TIFF, %s, gives the words back', async (_, isSplit) => {
  const core = await tesseractCore();
  const shape = imageShape(sampleJpeg, 'image/jpeg');
  if (shape === null) throw new Error('no shape');
  const file = greyJpegTiff(sampleJpeg, shape, isSplit);
  expect(readPage(core, 1, await decodePage(core, file, 'image/tiff', 1, 1), null, ['eng'])?.text).toMatch(/Cranes at the western quay[^]*stood still since Monday/);
});

test.each([8, 4] as const)('a bitmap in runs of %i bits has the pixels that were packed; one of a kind that is not read does not count as damaged', async (bits) => {
  const core = await tesseractCore();
  const drawn = await drawnLines('Berth four is empty');
  const { width, height, pixels } = await decodePage(core, runLengthBmp(drawn, bits), 'image/bmp', 1, 1);
  expect([width, height]).toEqual([drawn.width, drawn.height]);
  expect(Buffer.from(pixels).equals(Buffer.from(drawn.pixels.map((tone) => (tone > 127 ? 255 : 0))))).toBe(true);
  await expect(decodePage(core, runLengthBmp(drawn, bits, 4), 'image/bmp', 1, 1)).rejects.toThrow('not-decoded');
});

test('every page of a TIFF is a page, and each has its own words', async () => {
  const core = await tesseractCore();
  const file = tiffOf([await drawnLines('First sheet of three'), await drawnLines('Second sheet'), await drawnLines('Last sheet here')]);
  expect(await read(file)).toMatchObject({ pages: [{ page: 1 }, { page: 2 }, { page: 3 }], ocrPages: [1, 2, 3] });
  expect(await Promise.all([1, 2, 3].map(async (page) => readPage(core, page, await decodePage(core, file, 'image/tiff', page, 1), null, ['eng'])?.text))).toEqual(['First sheet of three', 'Second sheet', 'Last sheet here']);
});

test('words stand in boxes on the page as it is shown, also when it lay on its side', async () => {
  const core = await tesseractCore();
  const drawn = await drawnLines('Nobody came to the western', 'quay before the evening', 'tide and all the cranes', 'stood still in the rain');
  const straight = readPage(core, 1, drawn, 300, ['eng']);
  expect(straight?.text.split(/\n+/)).toEqual(['Nobody came to the western', 'quay before the evening', 'tide and all the cranes', 'stood still in the rain']);
  const at = (text: string) => straight?.boxes.find(({ start, end }) => straight.text.slice(start, end) === text);
  expect(at('Nobody')?.left).toBeCloseTo(0.04, 1);
  expect(at('Nobody')?.top).toBeCloseTo(0.14, 1);
  expect(at('rain')?.top).toBeGreaterThan(0.6);
  for (const turn of [6, 8, 3]) {
    const turned = readPage(core, 1, upright(drawn, turn), 300, ['eng']);
    expect(turned?.text.replace(/\n+/g, ' ')).toContain('tide and all the cranes');
    const [first, last] = ['Nobody', 'rain'].map((text) => turned?.boxes.find(({ start, end }) => turned.text.slice(start, end) === text));
    // Turned clockwise the first line runs down the right side; the other way round it runs up the left one.
    if (turn === 6) expect([(first?.left ?? 0) > 0.6, (last?.left ?? 1) < 0.4]).toEqual([true, true]);
    if (turn === 8) expect([(first?.left ?? 1) < 0.4, (last?.left ?? 0) > 0.6]).toEqual([true, true]);
    if (turn === 3) expect([(first?.top ?? 0) > 0.6, (last?.top ?? 1) < 0.4]).toEqual([true, true]);
  }
});

test('EXIF orientation is put right before reading', async () => {
  const core = await tesseractCore();
  const drawn = await drawnLines('Berth four is empty');
  // A camera that was turned writes the pixels sideways and says so: what turns 8 back is 6.
  const file = tiffOf([upright(drawn, 8)], [[274, 6]]);
  expect(readPage(core, 1, await decodePage(core, file, 'image/tiff', 1, 6), 300, ['eng'])?.text).toBe('Berth four is empty');
});

test('a blank page holds nothing, and specks are no words', async () => {
  expect(readPage(await tesseractCore(), 1, whiteRaster(600, 800), 300, ['eng'])).toBeNull();
  const speck = { left: 0, top: 0, right: 9, bottom: 9, startsLine: true, startsParagraph: true, language: 'eng' };
  expect(pageReading(1, [{ ...speck, text: '—', confidence: 31 }], 100, 100)).toBeNull();
  expect(pageReading(1, [{ ...speck, text: 'yA', confidence: 12 }], 100, 100)).toBeNull();
});

test('a picture that claims to be a wall is not decoded, and says why', async () => {
  const bomb = pngOf(whiteRaster(8, 8), { Description: 'A wall' }, { width: 60_000, height: 60_000 });
  expect(imageShape(bomb, 'image/png')).toEqual({ width: 60_000, height: 60_000, pages: 1 });
  const core = await tesseractCore();
  await expect(decodePage(core, bomb, 'image/png', 1, 1)).rejects.toThrow('too-large');
  expect(await read(bomb)).toMatchObject({ ocrPages: [], reason: { code: 'image.too-large' }, text: 'A wall' });
});

test('a JPEG that is cut short gives the words that are left, or says that it is damaged', async () => {
  const core = await tesseractCore();
  const half = sampleJpeg.slice(0, Math.floor(sampleJpeg.length * 0.6));
  expect(readPage(core, 1, await decodePage(core, half, 'image/jpeg', 1, 1), null, ['eng'])?.text).toContain('Cranes at the western');
  expect(await extract(sampleJpeg.slice(0, 40), 'x.jpg')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged', sentence: 'The JPEG picture is damaged and could not be read.' } });
});

test('what people wrote into a picture is its text, what the camera wrote are properties', async () => {
  const png = pngOf(await drawnLines('x'), { Title: 'Gate log', Description: 'Photographed from the crane', Author: 'Port office' });
  expect(await read(png)).toMatchObject({ state: 'text', text: 'Gate log\nPhotographed from the crane\nPort office', title: 'Gate log', author: 'Port office', properties: [{ name: 'Size', value: '1500 × 175' }] });
});

test('HEIC is read upright by its own codec, AVIF as it says that it lies', async () => {
  const core = await tesseractCore();
  expect(await read(sampleHeic)).toMatchObject({ type: 'image', mediaType: 'image/heic', state: 'no-text', ocrPages: [1], properties: [{ name: 'Size', value: '1500 × 260' }] });
  // What EXIF says of a HEIC is for information: the file's own boxes turn it.
  const heic = await decodePage(core, sampleHeic, 'image/heic', 1, 6);
  expect([heic.width, heic.height]).toEqual([1500, 260]);
  expect(readPage(core, 1, heic, null, ['eng'])?.text.split(/\n+/)).toEqual(words);
  expect(await read(sampleAvif)).toMatchObject({ mediaType: 'image/avif', ocrPages: [1], properties: [{ name: 'Size', value: '260 × 1500' }] });
  const avif = await decodePage(core, sampleAvif, 'image/avif', 1, 1);
  expect([avif.width, avif.height]).toEqual([260, 1500]);
  // Turned to the left: what turns it back is a turn to the right.
  expect(readPage(core, 1, upright(avif, 6), null, ['eng'])?.text.split(/\n+/)).toEqual(words);
});

test('a HEIC without a picture, cut short, or claiming to be a wall is not decoded', async () => {
  const core = await tesseractCore();
  const empty = Uint8Array.from(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08free', 'latin1'));
  expect(await extract(empty, 'x.heic')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
  const cut = sampleHeic.slice(0, 1500);
  await expect(decodePage(core, cut, 'image/heic', 1, 1)).rejects.toThrow('damaged');
  // 23008-12, 6.5.3: `ispe` holds version and flags, then width and height.
  const wall = Buffer.from(sampleHeic);
  wall.writeUInt32BE(60_000, wall.indexOf('ispe', 0, 'latin1') + 8);
  expect(imageShape(wall, 'image/heic')).toMatchObject({ width: 60_000, height: 260 });
  expect(await read(wall)).toMatchObject({ ocrPages: [], reason: { code: 'image.too-large' } });
});

test.each([['image/heic', sampleHeic], ['image/avif', sampleAvif]] as const)('hostile bytes in the boxes of %s end in a shape or in none', (mediaType, sample) => {
  const boxes = Math.min(sample.length, 700);
  for (let at = 0; at < boxes; at += 1) {
    for (const byte of [0, 1, 0x7f, 0xff]) {
      const bytes = Uint8Array.from(sample);
      bytes[at] = byte;
      const shape = imageShape(bytes, mediaType);
      expect(shape === null || (shape.width > 0 && shape.height > 0)).toBe(true);
    }
  }
});

test('a scan is drawn at its own resolution and its words come back', async () => {
  const { OPS } = await pdfLibrary();
  const drawn = await drawnLines(...words);
  const task = await openPdfDocument(scannedPdf([{ picture: drawn }]), 'drawing');
  const { raster, dpi } = await drawPdfPage(await (await task.promise).getPage(1), OPS);
  await task.destroy();
  expect(Math.round(dpi)).toBe(300);
  expect(readPage(await tesseractCore(), 1, raster, dpi, ['eng'])?.text.split(/\n+/)).toEqual(words);
});

test('pages are judged by what their characters are worth: scans, stamped scans and fonts without a map are read by OCR, text and its pictures are not', async () => {
  const picture = await drawnLines(...words);
  expect(await read(scannedPdf([{ text: 'A page of text' }, { picture }, { picture, text: 'Stamp 0001' }, {}]))).toMatchObject({ state: 'text', text: 'A page of text\n\n\nStamp 0001', ocrPages: [2, 3, 4] });
  // An earlier reading's layer is the page's text; what is painted over it is a stamp.
  expect(await read(scannedPdf([{ picture, text: 'The harbour office closed', isHidden: true }, { picture, text: 'Stamp 0001' }]))).toMatchObject({ text: 'The harbour office closed\n\nStamp 0001', ocrPages: [2] });
  // Codes of a font that names no characters come as private use characters.
  const unmapped = '<< /Type /Font /Subtype /Type0 /BaseFont /Nameless /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Nameless /Flags 4 >> >>] >>';
  expect(await read(tinyPdf([[{ text: 'E001E002E003E004E005', y: 700 }]], { hexFont: unmapped }))).toMatchObject({ state: 'no-text', ocrPages: [1], reason: { code: 'pdf.no-character-map' } });
});
