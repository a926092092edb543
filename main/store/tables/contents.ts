/** Contents: unique bytes with what was read from them. One content, any number of documents. */
import * as z from 'zod';
import { documentState, documentType, type StateReason } from '../../../preload/contract/domains/basics.ts';
import { mailHeaders, properties, type MailHeaders, type PageSpan, type Property } from '../../../preload/contract/domains/documents.ts';
import type { BlobPlace } from '../blobs.ts';
import type { ReadDb, WriteDb } from '../connection.ts';
import { forgetNearText } from './keep-groups.ts';

const row = z.object({
  content: z.number().int(),
  sha256: z.instanceof(Uint8Array),
  size_bytes: z.number().int(),
  pack: z.string(),
  pack_offset: z.number().int(),
  sealed_bytes: z.number().int(),
  type: documentType,
  media_type: z.string(),
  state: documentState,
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  extractor: z.string().nullable(),
  title: z.string().nullable(),
  author: z.string().nullable(),
  created_at: z.number().nullable(),
  modified_at: z.number().nullable(),
  mail: z.string().nullable(),
  chars: z.number().int(),
  page_count: z.number().int().nullable(),
  language: z.string().nullable(),
  text_version: z.number().int(),
  properties: z.string().nullable(),
});

/** What was read from a content: the extractors' result without its text. */
export interface ContentReading {
  readonly type: z.infer<typeof documentType>;
  readonly mediaType: string;
  readonly state: z.infer<typeof documentState>;
  readonly reason: StateReason | null;
  readonly extractor: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly mail: MailHeaders | null;
  /** ISO 639-1; null or absent where it cannot be told. */
  readonly language?: string | null;
  readonly chars: number;
  readonly pageCount: number | null;
  /** What the file says of itself that has no field of its own. */
  readonly properties?: readonly Property[];
}

export interface ContentRow extends ContentReading {
  readonly content: number;
  readonly sha256: Uint8Array;
  readonly place: BlobPlace;
  readonly properties: readonly Property[];
  /** Rises when the text is read anew. */
  readonly textVersion: number;
}

function parse(found: unknown): ContentRow {
  const raw = row.parse(found);
  return {
    content: raw.content,
    sha256: raw.sha256,
    place: { pack: raw.pack, offset: raw.pack_offset, sealedBytes: raw.sealed_bytes, sizeBytes: raw.size_bytes },
    type: raw.type,
    mediaType: raw.media_type,
    state: raw.state,
    reason: raw.reason_code === null ? null : { code: raw.reason_code, sentence: raw.reason_sentence ?? '' },
    extractor: raw.extractor,
    title: raw.title,
    author: raw.author,
    createdAt: raw.created_at,
    modifiedAt: raw.modified_at,
    mail: raw.mail === null ? null : mailHeaders.parse(JSON.parse(raw.mail)),
    chars: raw.chars,
    pageCount: raw.page_count,
    language: raw.language,
    textVersion: raw.text_version,
    properties: raw.properties === null ? [] : properties.parse(JSON.parse(raw.properties)),
  };
}

const known = z.object({ content: z.number().int() });

/** The content with this SHA-256, or null. */
export function findContent(db: ReadDb, sha256: Uint8Array): number | null {
  const found = db.get('SELECT content FROM contents WHERE sha256 = ?', sha256);
  return found === undefined ? null : known.parse(found).content;
}

/** A content by its number. */
export function readContent(db: ReadDb, content: number): ContentRow {
  return parse(db.get('SELECT * FROM contents WHERE content = ?', content));
}

/** Every content, for verification and export. */
export function* iterateContents(db: ReadDb): Generator<ContentRow> {
  for (const found of db.iterate('SELECT * FROM contents ORDER BY content')) yield parse(found);
}

function readingValues(reading: ContentReading): [string, string, string, string | null, string | null, string | null, string | null, string | null, number | null, number | null, string | null, number, number | null, string | null, string | null] {
  return [
    reading.type, reading.mediaType, reading.state, reading.reason?.code ?? null, reading.reason?.sentence ?? null, reading.extractor, reading.title, reading.author,
    reading.createdAt, reading.modifiedAt, reading.mail === null ? null : JSON.stringify(reading.mail), reading.chars, reading.pageCount, reading.language ?? null,
    (reading.properties ?? []).length === 0 ? null : JSON.stringify(reading.properties),
  ];
}

/** Adds a content; its number is the answer. */
export function insertContent(db: WriteDb, sha256: Uint8Array, place: BlobPlace, reading: ContentReading): number {
  return db.run(
    `INSERT INTO contents(sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, reason_code, reason_sentence, extractor, title, author, created_at, modified_at, mail, chars, page_count, language, properties)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    sha256, place.sizeBytes, place.pack, place.offset, place.sealedBytes, ...readingValues(reading),
  ).rowid;
}

/** Puts a new reading in the place of one that had no text. */
export function replaceReading(db: WriteDb, content: number, reading: ContentReading): void {
  db.run(
    `UPDATE contents SET type=?, media_type=?, state=?, reason_code=?, reason_sentence=?, extractor=?, title=?, author=?, created_at=?, modified_at=?, mail=?, chars=?, page_count=?, language=?, properties=?, text_version=text_version+1 WHERE content=?`,
    ...readingValues(reading), content,
  );
}

/** Changes what is said of a content's state, and nothing else of it. */
export function changeReason(db: WriteDb, content: number, reason: StateReason | null): void {
  db.run('UPDATE contents SET reason_code=?, reason_sentence=? WHERE content=?', reason?.code ?? null, reason?.sentence ?? null, content);
}

/** Keeps and indexes a canonical text. `people` holds "from: Name <address>" lines. */
export function insertText(db: WriteDb, content: number, text: { readonly subject: string; readonly people: string; readonly body: string }): void {
  db.run('INSERT INTO texts(content, subject, people, body) VALUES (?,?,?,?)', content, text.subject, text.people, text.body);
  db.run('INSERT INTO text_index(rowid, subject, people, body) VALUES (?,?,?,?)', content, text.subject, text.people, text.body);
}

const textRow = z.object({ subject: z.string(), people: z.string(), body: z.string() });

/**
 * Adds to the end of a canonical text, and indexes it anew; null `text` for a content that had none. What stood there stays where it was,
 * so that every offset into it keeps its meaning, and the text's version stays too. What it is nearly alike to is compared again.
 */
export function growText(db: WriteDb, content: number, added: string, reading: { readonly state: ContentReading['state']; readonly reason: StateReason | null; readonly extractor: string; readonly language?: string | null }, ifNone: { readonly subject: string; readonly people: string }): void {
  const found = db.get('SELECT subject, people, body FROM texts WHERE content = ?', content);
  const before = found === undefined ? null : textRow.parse(found);
  const after = { ...(before ?? ifNone), body: (before?.body ?? '') + added };
  if (after.body !== '') {
    if (before === null) insertText(db, content, after);
    else if (added !== '') {
      forgetNearText(db, content);
      db.run("INSERT INTO text_index(text_index, rowid, subject, people, body) VALUES('delete',?,?,?,?)", content, before.subject, before.people, before.body);
      db.run('UPDATE texts SET body = ? WHERE content = ?', after.body, content);
      db.run('INSERT INTO text_index(rowid, subject, people, body) VALUES (?,?,?,?)', content, after.subject, after.people, after.body);
    }
  }
  db.run('UPDATE contents SET state = ?, reason_code = ?, reason_sentence = ?, extractor = ?, chars = ?, language = coalesce(language, ?) WHERE content = ?', reading.state, reading.reason?.code ?? null, reading.reason?.sentence ?? null, reading.extractor, after.body.length, reading.language ?? null, content);
}

const body = z.object({ body: z.string() });

/** The canonical text of a content, or null when it has none. */
export function readBody(db: ReadDb, content: number): string | null {
  const found = db.get('SELECT body FROM texts WHERE content = ?', content);
  return found === undefined ? null : body.parse(found).body;
}

/** Keeps the page map. `items` holds, per page, start and end offsets of the page's text items as little-endian 32-bit pairs. */
export function insertPages(db: WriteDb, content: number, pages: readonly PageSpan[], items: readonly Uint32Array[] | null): void {
  for (const [index, page] of pages.entries()) {
    const of = items?.[index];
    db.run('INSERT INTO pages(content, page, start, end, items) VALUES (?,?,?,?,?)', content, page.page, page.start, page.end, of === undefined ? null : new Uint8Array(of.buffer, of.byteOffset, of.byteLength));
  }
}

const pageRow = z.object({ page: z.number().int(), start: z.number().int(), end: z.number().int() });
const ocrPageRow = pageRow.extend({ ocr: z.number().int() });

/** The page map of a content in the order of its text; empty where the format has no pages. What OCR read of a page is a span of its own behind all others. */
export function readPages(db: ReadDb, content: number): PageSpan[] {
  const own = db.all('SELECT page, start, end FROM pages WHERE content = ? ORDER BY page', content).map((found) => pageRow.parse(found));
  const read = db.all('SELECT page, start, end, confidence AS ocr FROM ocr_pages WHERE content = ? AND start IS NOT NULL ORDER BY start', content).map((found) => ocrPageRow.parse(found));
  return [...own, ...read];
}

const itemsRow = z.object({ items: z.instanceof(Uint8Array).nullable() });

/** Start and end pairs of one page's text items, or null for no such page. */
export function readPageItems(db: ReadDb, content: number, page: number): Uint32Array | null {
  const found = db.get('SELECT items FROM pages WHERE content = ? AND page = ?', content, page);
  if (found === undefined) return null;
  const { items } = itemsRow.parse(found);
  if (items === null) return new Uint32Array();
  const copy = items.slice(); // SQLite's bytes need not lie on a multiple of four
  return new Uint32Array(copy.buffer, copy.byteOffset, copy.byteLength / 4);
}

/** The page that holds an offset; null where the format has no pages. Pages in the order of the text. */
export function pageAt(pages: readonly PageSpan[], offset: number): number | null {
  let found: number | null = null;
  for (const page of pages) if (page.start <= offset) found = page.page;
  return found;
}
