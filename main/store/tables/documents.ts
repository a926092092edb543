/** Documents: what stood at a path, or hung on a message. Several may share one content; the first of them is the one that is reviewed. */
import * as z from 'zod';
import { documentState, documentType, marking, verdict, type DocumentId, type Marking, type StateReason, type Verdict } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

const row = z.object({
  document: z.number().int(),
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<DocumentId>(bytes)),
  content: z.number().int().nullable(),
  parent: z.number().int().nullable(),
  duplicate_of: z.number().int().nullable(),
  name: z.string(),
  path: z.string(),
  type: documentType,
  state: documentState,
  reason_code: z.string().nullable(),
  reason_sentence: z.string().nullable(),
  title: z.string(),
  by: z.string(),
  date: z.number().nullable(),
  size_bytes: z.number().nullable(),
  attachments: z.number().int(),
  duplicates: z.number().int(),
  ingested_at: z.number().int(),
});

/** A document row. `document` is its number in the case, 1-based and never used twice. */
export interface DocumentRow {
  readonly document: number;
  readonly id: DocumentId;
  readonly content: number | null;
  readonly parent: number | null;
  readonly duplicateOf: number | null;
  readonly name: string;
  readonly path: string;
  readonly type: z.infer<typeof documentType>;
  readonly state: z.infer<typeof documentState>;
  readonly reason: StateReason | null;
  readonly title: string;
  readonly by: string;
  readonly date: number | null;
  readonly sizeBytes: number | null;
  readonly attachments: number;
  readonly duplicates: number;
  readonly ingestedAt: number;
}

function parse(found: unknown): DocumentRow {
  const { duplicate_of: duplicateOf, reason_code: code, reason_sentence: sentence, size_bytes: sizeBytes, ingested_at: ingestedAt, ...rest } = row.parse(found);
  return { ...rest, duplicateOf, sizeBytes, ingestedAt, reason: code === null ? null : { code, sentence: sentence ?? '' } };
}

/** Adds a document; its number is the answer. Counts itself at its parent and at the first of its kind. */
export function insertDocument(db: WriteDb, entry: Omit<DocumentRow, 'document' | 'attachments' | 'duplicates'>): number {
  const { rowid } = db.run(
    `INSERT INTO documents(id, content, parent, duplicate_of, name, path, type, state, reason_code, reason_sentence, title, by, date, size_bytes, ingested_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    idBytes(entry.id), entry.content, entry.parent, entry.duplicateOf, entry.name, entry.path, entry.type, entry.state, entry.reason?.code ?? null, entry.reason?.sentence ?? null,
    entry.title, entry.by, entry.date, entry.sizeBytes, entry.ingestedAt,
  );
  if (entry.parent !== null) db.run('UPDATE documents SET attachments = attachments + 1 WHERE document = ?', entry.parent);
  if (entry.duplicateOf !== null) db.run('UPDATE documents SET duplicates = duplicates + 1 WHERE document = ?', entry.duplicateOf);
  return rowid;
}

/** Changes what a document shows of itself after its content was read again. */
export function updateDocuments(db: WriteDb, content: number, entry: Pick<DocumentRow, 'type' | 'state' | 'reason' | 'title' | 'by' | 'date'>): void {
  db.run('UPDATE documents SET type=?, state=?, reason_code=?, reason_sentence=?, title=?, by=?, date=? WHERE content=?', entry.type, entry.state, entry.reason?.code ?? null, entry.reason?.sentence ?? null, entry.title, entry.by, entry.date, content);
}

/** Changes the state of every document of a content, and nothing else that it shows. */
export function updateDocumentStates(db: WriteDb, content: number, state: DocumentRow['state'], reason: StateReason | null): void {
  db.run('UPDATE documents SET state=?, reason_code=?, reason_sentence=? WHERE content=?', state, reason?.code ?? null, reason?.sentence ?? null, content);
}

/** Says anew why a document without bytes could not be read. */
export function updateDocumentReason(db: WriteDb, document: number, reason: StateReason): void {
  db.run('UPDATE documents SET reason_code=?, reason_sentence=? WHERE document=?', reason.code, reason.sentence, document);
}

/** Gives bytes to a document that could not be read at all before. */
export function attachContent(db: WriteDb, document: number, content: number, entry: Pick<DocumentRow, 'type' | 'state' | 'reason' | 'title' | 'by' | 'date' | 'sizeBytes' | 'duplicateOf'>): void {
  db.run(
    'UPDATE documents SET content=?, type=?, state=?, reason_code=?, reason_sentence=?, title=?, by=?, date=?, size_bytes=?, duplicate_of=? WHERE document=?',
    content, entry.type, entry.state, entry.reason?.code ?? null, entry.reason?.sentence ?? null, entry.title, entry.by, entry.date, entry.sizeBytes, entry.duplicateOf, document,
  );
  if (entry.duplicateOf !== null) db.run('UPDATE documents SET duplicates = duplicates + 1 WHERE document = ?', entry.duplicateOf);
}

/** The document with the id, or null. */
export function findDocument(db: ReadDb, id: DocumentId): DocumentRow | null {
  const found = db.get('SELECT * FROM documents WHERE id = ?', idBytes(id));
  return found === undefined ? null : parse(found);
}

/** The document with the number. */
export function readDocument(db: ReadDb, document: number): DocumentRow {
  return parse(db.get('SELECT * FROM documents WHERE document = ?', document));
}

/** The attachments of a document, in their order. */
export function listChildren(db: ReadDb, document: number): DocumentRow[] {
  return db.all('SELECT * FROM documents WHERE parent = ? ORDER BY document', document).map(parse);
}

/** The attachment of a document at this path, or null. Looked up by the path: a container may have many attachments. */
export function childAt(db: ReadDb, document: number, path: string): { readonly document: number; readonly content: number | null } | null {
  const found = db.get('SELECT document, content FROM documents WHERE path = ? AND +parent = ?', path, document);
  return found === undefined ? null : childRow.parse(found);
}

const childRow = z.object({ document: z.number().int(), content: z.number().int().nullable() });

/** All documents that hold a content, first one first. */
export function listByContent(db: ReadDb, content: number): DocumentRow[] {
  return db.all('SELECT * FROM documents WHERE content = ? ORDER BY document', content).map(parse);
}

const numberRow = z.object({ document: z.number().int() });

/** The first document of a content, or null. */
export function firstOfContent(db: ReadDb, content: number): number | null {
  const found = db.get('SELECT document FROM documents WHERE content = ? ORDER BY document LIMIT 1', content);
  return found === undefined ? null : numberRow.parse(found).document;
}

/** The document that stands at this path without a parent and holds this content (null: could not be read), or null. */
export function findAtPath(db: ReadDb, path: string, content: number | null): number | null {
  const found = content === null
    ? db.get('SELECT document FROM documents WHERE path = ? AND content IS NULL AND parent IS NULL', path)
    : db.get('SELECT document FROM documents WHERE path = ? AND content = ? AND parent IS NULL', path, content);
  return found === undefined ? null : numberRow.parse(found).document;
}

/** The documents at a path, as lists show it, in the order of their numbers. */
export function listAtPath(db: ReadDb, path: string): DocumentRow[] {
  return db.all('SELECT * FROM documents WHERE path = ? ORDER BY document', path).map(parse);
}

/** Every document in the order of its number. */
export function* iterateDocuments(db: ReadDb): Generator<DocumentRow> {
  for (const found of db.iterate('SELECT * FROM documents ORDER BY document')) yield parse(found);
}

const countRow = z.object({ count: z.number().int() });

/** Documents of the case, attachments and duplicates included. */
export function countDocuments(db: ReadDb): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM documents')).count;
}

const stateRow = z.object({
  verdict: verdict.nullable(),
  note: z.string().nullable(),
  marking: z.string().nullable(),
});

/** What people decided on a document; nothing yet is three nulls. */
export function readDocumentState(db: ReadDb, document: number): { readonly verdict: Verdict | null; readonly note: string | null; readonly marking: Marking | null } {
  const found = db.get('SELECT verdict, note, marking FROM document_state WHERE document = ?', document);
  if (found === undefined) return { verdict: null, note: null, marking: null };
  const raw = stateRow.parse(found);
  return { verdict: raw.verdict, note: raw.note, marking: raw.marking === null ? null : marking.parse(JSON.parse(raw.marking)) };
}

const verdictCounts = z.array(z.object({ verdict, count: z.number().int() }));

/** How many first-of-their-kind documents there are, and how many carry each verdict. */
export function countVerdicts(db: ReadDb): { readonly total: number; readonly byVerdict: Readonly<Record<Verdict, number>> } {
  const total = countRow.parse(db.get('SELECT count(*) AS count FROM documents WHERE duplicate_of IS NULL')).count;
  const byVerdict: Record<Verdict, number> = { relevant: 0, 'not-relevant': 0, deferred: 0 };
  for (const { verdict: name, count } of verdictCounts.parse(db.all('SELECT verdict, count(*) AS count FROM document_state WHERE verdict IS NOT NULL GROUP BY verdict'))) byVerdict[name] = count;
  return { total, byVerdict };
}

/** Documents whose standing verdict is from `sinceMs` or later. */
export function countCodedSince(db: ReadDb, sinceMs: number): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM document_state WHERE coded_at >= ?', sinceMs)).count;
}

const codedRow = z.object({ document: z.number().int() });

/** Numbers of the documents that carry a verdict or a note, in order. */
export function listDecided(db: ReadDb): number[] {
  return db.all('SELECT document FROM document_state WHERE verdict IS NOT NULL ORDER BY document').map((found) => codedRow.parse(found).document);
}
