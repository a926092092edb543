/** Pages that are read by OCR. A row waits until its transaction says how it ended; its text stands apart until it is added to the canonical text. */
import * as z from 'zod';
import type { StateReason } from '../../../preload/contract/domains/basics.ts';
import type { OcrReading, WordBox } from '../../base/ocr-reading.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

/** How a page stands: `off` was not wanted, `nothing` holds no words. */
const ocrPageState = z.enum(['waiting', 'off', 'read', 'nothing', 'failed']);
export type OcrPageState = z.infer<typeof ocrPageState>;

const boxBytes = 16;
const unit = 65_535;

/** Sixteen bytes a word, little-endian: start (4), then length, left, top, right, bottom in 1/65,535 of the page, confidence (2 each). */
export function packBoxes(boxes: readonly WordBox[]): Uint8Array {
  const out = Buffer.alloc(boxes.length * boxBytes);
  const share = (value: number): number => Math.round(Math.max(0, Math.min(1, value)) * unit);
  for (const [index, box] of boxes.entries()) {
    const at = index * boxBytes;
    out.writeUInt32LE(box.start, at);
    for (const [field, value] of [Math.min(unit, box.end - box.start), share(box.left), share(box.top), share(box.right), share(box.bottom), Math.round(box.confidence)].entries()) out.writeUInt16LE(value, at + 4 + 2 * field);
  }
  return out;
}

/** What packBoxes packed, to the nearest 1/65,535. */
export function unpackBoxes(packed: Uint8Array): WordBox[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  return Array.from({ length: Math.floor(bytes.length / boxBytes) }, (_, index) => {
    const at = index * boxBytes;
    const start = bytes.readUInt32LE(at);
    const share = (field: number): number => bytes.readUInt16LE(at + 4 + 2 * field) / unit;
    return { start, end: start + bytes.readUInt16LE(at + 4), left: share(1), top: share(2), right: share(3), bottom: share(4), confidence: bytes.readUInt16LE(at + 14) };
  });
}

/** Languages as Tesseract writes several; null stands for what each page shows. */
const written = (languages: readonly string[] | null): string | null => (languages === null ? null : languages.join('+'));

/** Notes the pages of a content that have no usable text, and the languages they are to be read in, null for their own. Pages that are noted already stay as they are. */
export function insertOcrPages(db: WriteDb, content: number, pages: readonly number[], state: 'waiting' | 'off', languages: readonly string[] | null): void {
  for (const page of pages) db.run('INSERT OR IGNORE INTO ocr_pages(content, page, state, languages) VALUES (?,?,?,?)', content, page, state, written(languages));
}

const waitingRow = z.object({ content: z.number().int() });

/** The content whose turn it is, the one that came first; null when no page waits. */
export function nextForOcr(db: ReadDb): number | null {
  const found = db.get("SELECT content FROM ocr_pages WHERE state = 'waiting' ORDER BY content LIMIT 1");
  return found === undefined ? null : waitingRow.parse(found).content;
}

const pageRow = z.object({ page: z.number().int(), languages: z.string().nullable() });

/** Pages of a content that wait and are to be read in the same languages, in order, and which; null: each in its own. */
export function listWaitingPages(db: ReadDb, content: number): { readonly pages: number[]; readonly languages: readonly string[] | null } {
  const rows = db.all("SELECT page, languages FROM ocr_pages WHERE content = ? AND state = 'waiting' ORDER BY page", content).map((found) => pageRow.parse(found));
  const languages = rows[0]?.languages ?? null;
  return { pages: rows.filter((found) => found.languages === languages).map(({ page }) => page), languages: languages === null ? null : languages.split('+') };
}

/**
 * Puts every page that OCR has to do with, of a content, into the queue once more, to be read in these languages. What was read stays in the canonical text; the page
 * has its words again when they are read. How many pages there are.
 */
export function askForOcr(db: WriteDb, content: number, languages: readonly string[] | null): number {
  return db.run(
    "UPDATE ocr_pages SET state = 'waiting', languages = ?, tries = 0, text = NULL, start = NULL, end = NULL, reason_code = NULL, reason_sentence = NULL WHERE content = ?", written(languages), content,
  ).changes;
}

/** Keeps what was read of a page, apart from the canonical text. */
export function keepOcrReading(db: WriteDb, content: number, reading: OcrReading): void {
  db.run(
    "UPDATE ocr_pages SET state = 'read', language = ?, confidence = ?, text = ?, boxes = ?, reason_code = NULL, reason_sentence = NULL WHERE content = ? AND page = ?",
    reading.language, Math.round(reading.confidence), reading.text, packBoxes(reading.boxes), content, reading.page,
  );
}

/** Notes that a page ended without text. */
export function endOcrPage(db: WriteDb, content: number, page: number, state: 'nothing' | 'failed', reason: StateReason | null): void {
  db.run('UPDATE ocr_pages SET state = ?, reason_code = ?, reason_sentence = ? WHERE content = ? AND page = ?', state, reason?.code ?? null, reason?.sentence ?? null, content, page);
}

const triesRow = z.object({ tries: z.number().int() });

/** Counts a try that broke the reader; how many there were. */
export function countOcrTry(db: WriteDb, content: number, page: number): number {
  db.run('UPDATE ocr_pages SET tries = tries + 1 WHERE content = ? AND page = ?', content, page);
  return triesRow.parse(db.get('SELECT tries FROM ocr_pages WHERE content = ? AND page = ?', content, page)).tries;
}

const textRow = z.object({ page: z.number().int(), text: z.string() });

/** Pages that were read and are not yet part of the canonical text, in order. */
export function listUnplacedPages(db: ReadDb, content: number): { readonly page: number; readonly text: string }[] {
  return db.all("SELECT page, text FROM ocr_pages WHERE content = ? AND state = 'read' AND start IS NULL ORDER BY page", content).map((found) => textRow.parse(found));
}

/** Says where a page's text came to stand; the text itself is in the canonical text from now on. */
export function placeOcrPage(db: WriteDb, content: number, page: number, start: number, end: number): void {
  db.run('UPDATE ocr_pages SET start = ?, end = ?, text = NULL WHERE content = ? AND page = ?', start, end, content, page);
}

const tallyRow = z.object({ state: ocrPageState, pages: z.number().int(), placed: z.number().int() });

/** Pages by how they stand, of one content or of all. */
export interface OcrTally {
  readonly byState: Readonly<Record<OcrPageState, number>>;
  /** Of those that were read, how many are part of the canonical text. */
  readonly placed: number;
}

/** Counts pages. */
export function tallyOcr(db: ReadDb, content: number | null): OcrTally {
  const byState: Record<OcrPageState, number> = { waiting: 0, off: 0, read: 0, nothing: 0, failed: 0 };
  let placed = 0;
  const select = 'SELECT state, count(*) AS pages, count(start) AS placed FROM ocr_pages';
  for (const found of content === null ? db.all(`${select} GROUP BY state`) : db.all(`${select} WHERE content = ? GROUP BY state`, content)) {
    const row = tallyRow.parse(found);
    byState[row.state] = row.pages;
    placed += row.placed;
  }
  return { byState, placed };
}

const readRow = z.object({ confidence: z.number().nullable(), languages: z.string().nullable() });

/** Mean confidence and the languages of the pages of a content that were read; null and none before the first. */
export function ocrLanguages(db: ReadDb, content: number): { readonly confidence: number | null; readonly languages: string[] } {
  const { confidence, languages } = readRow.parse(db.get("SELECT avg(confidence) AS confidence, group_concat(DISTINCT language) AS languages FROM ocr_pages WHERE content = ? AND state = 'read'", content));
  return { confidence: confidence === null ? null : Math.round(confidence), languages: languages === null ? [] : languages.split(',').sort() };
}

const contentsRow = z.object({ contents: z.number().int() });

/** Contents with a page in a state. */
export function countOcrContents(db: ReadDb, state: OcrPageState): number {
  return contentsRow.parse(db.get('SELECT count(DISTINCT content) AS contents FROM ocr_pages WHERE state = ?', state)).contents;
}

/** Puts pages that were not wanted into the queue; the contents that they belong to. */
export function wantOcr(db: WriteDb): number[] {
  const contents = db.all("SELECT DISTINCT content FROM ocr_pages WHERE state = 'off' ORDER BY content").map((found) => waitingRow.parse(found).content);
  db.run("UPDATE ocr_pages SET state = 'waiting' WHERE state = 'off'");
  return contents;
}

/** Puts pages of a content, and of what lies in its documents, that were not wanted into the queue, and those that wanted a password; the contents that they belong to. */
export function wantFamilyOcr(db: WriteDb, content: number): number[] {
  const contents = db.all(
    `WITH RECURSIVE family(document, content) AS (SELECT document, content FROM documents WHERE content = ?
      UNION SELECT d.document, d.content FROM family f JOIN documents d ON d.parent = f.document)
    SELECT DISTINCT p.content FROM family f JOIN ocr_pages p ON p.content = f.content WHERE p.state = 'off' OR (p.state = 'failed' AND p.reason_code = 'password.needed') ORDER BY p.content`,
    content,
  ).map((found) => waitingRow.parse(found).content);
  for (const one of contents) db.run("UPDATE ocr_pages SET state = 'waiting', reason_code = NULL, reason_sentence = NULL WHERE content = ? AND (state = 'off' OR (state = 'failed' AND reason_code = 'password.needed'))", one);
  return contents;
}

const failureRow = z.object({ reason_code: z.string(), reason_sentence: z.string() });

/** Why the first page that failed did; null when none has. */
export function firstOcrFailure(db: ReadDb, content: number): StateReason | null {
  const found = db.get("SELECT reason_code, reason_sentence FROM ocr_pages WHERE content = ? AND state = 'failed' AND reason_code IS NOT NULL ORDER BY page LIMIT 1", content);
  if (found === undefined) return null;
  const raw = failureRow.parse(found);
  return { code: raw.reason_code, sentence: raw.reason_sentence };
}

const boxesRow = z.object({ start: z.number().int(), end: z.number().int(), confidence: z.number().int(), language: z.string(), boxes: z.instanceof(Uint8Array) });

/** A page as OCR read it: its span of the canonical text and its words; null when it was not read, or is not part of the text yet. */
export function readOcrPage(db: ReadDb, content: number, page: number): { readonly start: number; readonly end: number; readonly confidence: number; readonly language: string; readonly boxes: readonly WordBox[] } | null {
  const found = db.get('SELECT start, end, confidence, language, boxes FROM ocr_pages WHERE content = ? AND page = ? AND start IS NOT NULL', content, page);
  if (found === undefined) return null;
  const raw = boxesRow.parse(found);
  return { ...raw, boxes: unpackBoxes(raw.boxes) };
}
