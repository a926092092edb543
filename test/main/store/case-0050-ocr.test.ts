import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { growText, insertPages, insertText, readBody, readContent, readPages } from '../../../main/store/tables/contents.ts';
import { insertOcrPages, keepOcrReading, listUnplacedPages, listWaitingPages, nextForOcr, packBoxes, placeOcrPage, readOcrPage, tallyOcr, unpackBoxes } from '../../../main/store/tables/ocr.ts';
import { findText, pageOf } from '../../../main/store/tables/text-index.ts';
import { tempFolder } from '../../support/vaults.ts';

test('a case of before gains the queue, and its jobs count as wanting OCR', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 50), 'the test');
  db.write((write) => {
    write.run("INSERT INTO jobs(id, label, roots, state, finding, workers, started_at) VALUES (x'00', 'a', '[]', 'done', 0, 1, 0)");
    write.run("INSERT INTO contents(content, sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, chars) VALUES (7, x'00', 1, 'p', 0, 1, 'pdf', 'application/pdf', 'text', 5)");
    insertText(write, 7, { subject: 'a.pdf', people: '', body: 'typed' });
    insertPages(write, 7, [{ page: 1, start: 0, end: 5 }, { page: 2, start: 5, end: 5 }], null);
  });
  migrate(db, options, caseMigrations, 'the test');
  expect(db.read.all('SELECT ocr FROM jobs')).toEqual([{ ocr: 1 }]);
  expect(readContent(db.read, 7).properties).toEqual([]);

  db.write((write) => insertOcrPages(write, 7, [2], 'waiting', null));
  expect([nextForOcr(db.read), listWaitingPages(db.read, 7)]).toEqual([7, { pages: [2], languages: null }]);
  db.write((write) => keepOcrReading(write, 7, { page: 2, text: 'scanned', boxes: [{ start: 0, end: 7, left: 0.1, top: 0.2, right: 0.3, bottom: 0.4, confidence: 88 }], confidence: 87.6, language: 'eng' }));
  expect(nextForOcr(db.read)).toBeNull();
  expect(listUnplacedPages(db.read, 7)).toEqual([{ page: 2, text: 'scanned' }]);
  expect(readOcrPage(db.read, 7, 2)).toBeNull();
  db.write((write) => {
    placeOcrPage(write, 7, 2, 7, 14);
    growText(write, 7, '\n\nscanned', { state: 'text', reason: null, extractor: 'pdf + tesseract' }, { subject: '', people: '' });
  });
  expect(readBody(db.read, 7)).toBe('typed\n\nscanned');
  expect(readPages(db.read, 7)).toEqual([{ page: 1, start: 0, end: 5 }, { page: 2, start: 5, end: 5 }, { page: 2, start: 7, end: 14, ocr: 88 }]);
  expect([0, 4, 7, 13].map((offset) => pageOf(db.read, 7, offset))).toEqual([1, 1, 2, 2]);
  expect(['typed', 'scanned', 'neither'].map((word) => findText(db.read, word))).toEqual([7, 7, null]);
  expect(readContent(db.read, 7)).toMatchObject({ chars: 14, textVersion: 1 });
  expect(tallyOcr(db.read, null)).toEqual({ byState: { waiting: 0, off: 0, read: 1, nothing: 0, failed: 0 }, placed: 1 });
  db.close();
});

test('boxes come back as they were packed, to a part of a pixel', () => {
  const boxes = [{ start: 0, end: 4, left: 0, top: 0.25, right: 1, bottom: 0.5, confidence: 100 }, { start: 70_000, end: 70_001, left: 0.123456, top: 0.9, right: 0.2, bottom: 0.95, confidence: 3 }];
  const back = unpackBoxes(packBoxes(boxes));
  expect(packBoxes(boxes)).toHaveLength(32);
  for (const [index, box] of boxes.entries()) {
    expect(back[index]).toMatchObject({ start: box.start, end: box.end, confidence: box.confidence });
    for (const side of ['left', 'top', 'right', 'bottom'] as const) expect(back[index]?.[side]).toBeCloseTo(box[side], 4);
  }
});
