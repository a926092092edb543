import { expect, test } from 'vitest';
import { languageChooser, mostInk } from '../../../main/ingest/ocr/page-language.ts';
import { whiteRaster } from '../../../main/ingest/ocr/raster.ts';
import type { ReadWord } from '../../../main/ingest/ocr/tesseract-core.ts';

const wordsOf = (text: string, confidence: number): ReadWord[] => text.split(' ').filter((word) => word !== '').map((word) => ({ text: word, confidence, left: 0, top: 0, right: 1, bottom: 1, startsLine: false, startsParagraph: false, language: 'eng' }));

/** A reader that reads a page as it was told, by language; what it was asked is kept. */
function readerOf(pages: Readonly<Record<string, readonly ReadWord[]>>): { readonly core: Parameters<typeof languageChooser>[0]; readonly asked: string[] } {
  const asked: string[] = [];
  return { asked, core: { read: (_raster, _dpi, languages) => {
    asked.push(languages.join('+'));
    return [...(pages[languages.join('+')] ?? [])];
  } } };
}
const page = whiteRaster(10, 10);

test('the model that is surer of a page reads it', () => {
  const { core, asked } = readerOf({ eng: wordsOf('HopT HapyWHbI YnpaBneHve nopta', 51), rus: wordsOf('норт управление порта закрыто', 92) });
  expect(languageChooser(core, ['eng', 'rus'])(page, 300)).toEqual(['rus']);
  expect(asked).toEqual(['eng', 'rus']);
});

test('among models that are nearly as sure, the common words of its language decide', () => {
  const { core } = readerOf({ eng: wordsOf('der Hafenmeister hat fur die Prufung der Krane keine Strasse frei', 88), deu: wordsOf('der Hafenmeister hat für die Prüfung der Kräne keine Straße frei', 90) });
  expect(languageChooser(core, ['eng', 'deu'])(page, 300)).toEqual(['deu']);
});

test('where two are as near as that, both read; where there are too few words, the page is read as the one before', () => {
  const pages: Record<string, readonly ReadWord[]> = { eng: wordsOf('Invoice 7742 Total 1200', 90), deu: wordsOf('Invoice 7742 Total 1200', 89), fra: wordsOf('Invoice 7742 Total 1200', 70) };
  const choose = languageChooser(readerOf(pages).core, ['eng', 'deu', 'fra']);
  expect(choose(page, 300)).toEqual(['eng', 'deu']);
  for (const code of Object.keys(pages)) pages[code] = wordsOf('7', 80);
  expect(choose(page, 300)).toEqual(['eng', 'deu']);
  expect(languageChooser(readerOf(pages).core, ['eng', 'deu', 'fra'])(page, 300)).toEqual(['eng', 'deu', 'fra']);
});

test('with one language nothing is tried', () => {
  const { core, asked } = readerOf({});
  expect(languageChooser(core, ['eng'])(page, 300)).toEqual(['eng']);
  expect(asked).toEqual([]);
});

test('the part of a page that is tried is the one with letters on it', () => {
  const tall = whiteRaster(40, 2000);
  for (let y = 1500; y < 1560; y += 1) for (let x = 0; x < 40; x += 2) tall.pixels[y * 40 + x] = 0;
  const band = mostInk(tall);
  expect([band.width, band.height]).toEqual([40, 420]);
  expect(band.pixels.reduce((dark, tone) => dark + (tone === 0 ? 1 : 0), 0)).toBe(60 * 20);
  expect(mostInk(page)).toEqual(page);
});
