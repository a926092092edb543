/** Putting read families into the case: originals into one durable pack first, then everything else in one transaction with its audit record. */
import type { DocumentId, JobId, StateReason } from '../../preload/contract/domains/basics.ts';
import { audited } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import {
  attachContent, changeReason, childAt, endItem, findAtPath, findContent, firstOfContent, insertContent, insertFoundDates, insertDocument, insertOcrPages, insertPages, insertSheets, insertText, listChildren, readContent, readDocument, replaceReading, updateDocumentReason, updateDocuments, updateDocumentStates, wantFamilyOcr,
  type BlobPlace, type CaseStore, type ContentReading, type DocumentRow, type ItemState, type WriteDb,
} from '../store/index.ts';
import { reasons } from './extracted.ts';
import type { Extracted, ExtractResult } from './extracted.ts';
import { familyMembers } from './held-members.ts';
import { reasonWhileWaiting, sayThatOcrWaits } from './ocr/grow-by-ocr.ts';
import type { Family, FileNode, LostNode, MemberNode } from './read-family.ts';

/** A family with the job item that it came from. */
export interface ReadItem {
  readonly item: number;
  readonly path: string;
  /** The document that an earlier try made, when this is another. */
  readonly document: number | null;
  readonly family: Family;
  /** Members that commitPart has added already. */
  readonly partChildren: number;
}

/** The job that commits, and whether OCR may read what has no text of its own. */
export interface CommitJob {
  readonly id: JobId;
  readonly ocr: boolean;
  /** What OCR reads with; null leaves it to each page. */
  readonly ocr_languages: readonly string[] | null;
}

/** How a file ended. */
export interface Ended {
  readonly state: ItemState;
  readonly reason: StateReason | null;
  readonly document: number | null;
  readonly children: number;
}

/** Every file that families hold, with its hexadecimal SHA-256. */
function filesOf(items: readonly ReadItem[]): [string, FileNode][] {
  const files: [string, FileNode][] = [];
  const visit = (node: MemberNode): void => {
    if (node.kind === 'lost') return;
    files.push([node.sha256.toString('hex'), node]);
    node.children.forEach(visit);
  };
  for (const { family } of items) if (family.kind === 'read') visit(family.root);
  return files;
}

/** Originals that are neither stored yet nor among those written, each once. */
function newOriginals(store: CaseStore, items: readonly ReadItem[], written: Originals): Map<string, FileNode> {
  const fresh = new Map<string, FileNode>();
  for (const [key, node] of filesOf(items)) if (!fresh.has(key) && !written.has(key) && findContent(store.read, node.sha256) === null) fresh.set(key, node);
  return fresh;
}

/** Where originals lie, by the hexadecimal SHA-256 of each. */
export type Originals = ReadonlyMap<string, BlobPlace>;

export const noOriginals: Originals = new Map();

/** Hexadecimal SHA-256 of every file that families hold. */
export function originalsOf(items: readonly ReadItem[]): ReadonlySet<string> {
  return new Set(filesOf(items).map(([key]) => key));
}

/**
 * Makes the originals of families durable that are not stored yet, except those in `others`, which somebody else is about to store. Originals that
 * no commit names afterwards lie in their pack unused. Throws vault.disk-full.
 */
export async function writeOriginals(store: CaseStore, items: readonly ReadItem[], { written = noOriginals, others = new Set() }: { readonly written?: Originals; readonly others?: ReadonlySet<string> } = {}): Promise<Originals> {
  const places = new Map(written);
  const small: { readonly key: string; readonly bytes: Uint8Array }[] = [];
  for (const [key, node] of newOriginals(store, items, written)) {
    if (node.source.kind === 'stored') places.set(key, node.source.blob);
    else if (!others.has(key)) small.push({ key, bytes: node.source.bytes });
  }
  if (small.length === 0) return places;
  const packed = await store.blobs.writePack(small.map((entry) => entry.bytes));
  small.forEach((entry, index) => {
    const place = packed[index];
    if (place !== undefined) places.set(entry.key, place);
  });
  return places;
}

/** Commits families, of whose originals `written` are durable already; durable when it resolves. Answers how each ended, and the thread's own milliseconds in the transaction, without waiting for the disk. Throws vault.disk-full and leaves the items pending. */
export async function commitFamilies(store: CaseStore, job: CommitJob, items: readonly ReadItem[], written: Originals = noOriginals): Promise<{ readonly ended: readonly Ended[]; readonly workedMs: number }> {
  const places = await writeOriginals(store, items, { written });
  const ends: Ended[] = [];
  const began = threadMs();
  audited(
    store,
    (db) => {
      const documents: DocumentId[] = [];
      const now = store.clock.nowMs();
      for (const read of items) {
        const one = commitOne(store, db, read, { places, ocr: job.ocr, ocrLanguages: job.ocr_languages }, documents, now);
        const ended = { ...one, children: one.children + read.partChildren };
        endItem(db, read.item, { ...ended, at: now });
        ends.push(ended);
      }
      return documents;
    },
    (documents) => ({ action: 'ingest.committed', objects: [job.id, ...documents], marking: store.marking, detail: { files: items.length, documents: documents.length } }),
  );
  return { ended: ends, workedMs: threadMs() - began };
}

/**
 * Commits some of a large container's members ahead of the rest, below a document that is held as unfinished until commitFamilies ends it:
 * after a crash the container is read again, and members that are there already are passed over. Answers how many members came in.
 * Throws as commitFamilies.
 */
export async function commitPart(store: CaseStore, job: CommitJob, part: Omit<ReadItem, 'family' | 'partChildren'>, node: FileNode): Promise<number> {
  const root = { ...node, reading: unfinished };
  const read = { ...part, family: { kind: 'read' as const, root }, partChildren: 0 };
  const places = await writeOriginals(store, [read]);
  let children = 0;
  audited(
    store,
    (db) => {
      const documents: DocumentId[] = [];
      children = commitOne(store, db, read, { places, ocr: job.ocr, ocrLanguages: job.ocr_languages }, documents, store.clock.nowMs()).children;
      return documents;
    },
    (documents) => ({ action: 'ingest.committed', objects: [job.id, ...documents], marking: store.marking, detail: { files: 0, documents: documents.length } }),
  );
  return children;
}

const unfinished: ExtractResult = { kind: 'failed', reason: { code: 'container.unfinished', sentence: 'Its members are being read; if this stays, the reading was broken off: try again.' } };

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function commitOne(store: CaseStore, db: WriteDb, read: ReadItem, from: CommitSource, made: DocumentId[], now: number): Ended {
  if (read.family.kind === 'unreadable') return commitUnreadable(store, db, read, read.family, made, now);
  const node = read.family.root;
  const { content, wasStored, reading } = keepContent(db, node, from);
  const first = wasStored ? firstOfContent(db, content) : null;
  if (read.document !== null && readDocument(db, read.document).content === null) {
    attachContent(db, read.document, content, { ...describe(reading, node.name, read.path), sizeBytes: node.sizeBytes, duplicateOf: first });
    return endOf(reading, read.document, first !== null, first === null ? addChildren(store, db, node, read.document, from, made, now) : copyChildren(store, db, first, read.document, read.path, made, now));
  }
  const there = wasStored ? findAtPath(db, read.path, content) : null;
  if (there !== null && node.reading === null) return { state: 'unchanged', reason: null, document: there, children: 0 };
  // A second try that read more.
  if (there !== null) return endOf(reading, there, readDocument(db, there).duplicateOf !== null, addChildren(store, db, node, there, from, made, now));
  const document = addDocument(store, db, { node, path: read.path, content, reading, parent: null, first, now }, made);
  const children = first === null ? addChildren(store, db, node, document, from, made, now) : copyChildren(store, db, first, document, read.path, made, now);
  return endOf(reading, document, first !== null, children);
}

function commitUnreadable(store: CaseStore, db: WriteDb, read: ReadItem, family: Extract<Family, { kind: 'unreadable' }>, made: DocumentId[], now: number): Ended {
  const there = read.document ?? findAtPath(db, read.path, null);
  if (there !== null) return { state: 'quarantined', reason: family.reason, document: there, children: 0 };
  const id = newId<DocumentId>(store.ids);
  made.push(id);
  const document = insertDocument(db, {
    id, content: null, parent: null, duplicateOf: null, name: family.name, path: read.path, type: 'other', state: 'quarantined', reason: family.reason,
    title: family.name, by: folderOf(read.path), date: null, sizeBytes: null, ingestedAt: now,
  });
  return { state: 'quarantined', reason: family.reason, document, children: 0 };
}

function endOf({ state, reason }: ContentReading, document: number, isDuplicate: boolean, children: number): Ended {
  if (isDuplicate) return { state: 'duplicate', reason, document, children };
  return { state: state === 'text' ? 'added' : state, reason, document, children };
}

/** Where the originals of a batch lie, and whether its job wants OCR. */
interface CommitSource {
  readonly places: Originals;
  readonly ocr: boolean;
  readonly ocrLanguages: readonly string[] | null;
}

interface KeptContent {
  readonly content: number;
  /** A content that was not stored has no document yet, and needs no looking for one. */
  readonly wasStored: boolean;
  readonly reading: ContentReading;
}

/** Stores a content, its text and pages, or finds it; puts a new reading in the place of one that was held. */
function keepContent(db: WriteDb, node: FileNode, source: CommitSource): KeptContent {
  const { places, ocr } = source;
  const known = findContent(db, node.sha256);
  if (known !== null) {
    // What an earlier job left unread is read for one that wants it.
    if (ocr) for (const waiting of wantFamilyOcr(db, known)) sayThatOcrWaits(db, waiting);
    const stored = readContent(db, known);
    // The same bytes may have been read twice at once: only what was held gains from another reading, and a container of which more could be read says so.
    if (node.reading === null || stored.state !== 'quarantined') return { content: known, wasStored: true, reading: node.reading === null ? stored : withMembers(db, known, stored, node.reading) };
    const reading = readingOf(node.reading, ocr);
    replaceReading(db, known, reading);
    keepText(db, known, node.reading, node.name, source);
    updateDocuments(db, known, describe(reading, node.name, node.path));
    return { content: known, wasStored: true, reading };
  }
  const place = places.get(node.sha256.toString('hex'));
  if (place === undefined || node.reading === null) throw new Error('bug: a new content without original or reading');
  const reading = readingOf(node.reading, ocr);
  const content = insertContent(db, node.sha256, place, reading);
  keepText(db, content, node.reading, node.name, source);
  return { content, wasStored: false, reading };
}

/** A stored reading, with what another one says of the members that are lost. */
function withMembers(db: WriteDb, content: number, stored: ContentReading, again: ExtractResult): ContentReading {
  if (again.kind === 'failed' || stored.reason?.code !== reasons.membersLost(0, 0).code || stored.reason.sentence === again.extracted.reason?.sentence) return stored;
  const { reason } = again.extracted;
  changeReason(db, content, reason);
  updateDocumentStates(db, content, stored.state, reason);
  return { ...stored, reason };
}

function keepText(db: WriteDb, content: number, reading: ExtractResult, name: string, { ocr, ocrLanguages }: CommitSource): void {
  if (reading.kind !== 'extracted') return;
  const { extracted } = reading;
  if (extracted.pages !== null) insertPages(db, content, extracted.pages, extracted.pageItems);
  insertOcrPages(db, content, extracted.ocrPages, ocr ? 'waiting' : 'off', ocrLanguages);
  if (extracted.sheets !== null) insertSheets(db, content, extracted.sheets);
  insertFoundDates(db, content, extracted.dates);
  if (extracted.state === 'text') insertText(db, content, { subject: subjectOf(extracted, name), people: peopleOf(extracted), body: extracted.text });
}

function readingOf(reading: ExtractResult, ocr: boolean): ContentReading {
  if (reading.kind === 'failed') {
    return { type: 'other', mediaType: 'application/octet-stream', state: 'quarantined', reason: reading.reason, extractor: null, title: null, author: null, createdAt: null, modifiedAt: null, mail: null, chars: 0, pageCount: null };
  }
  const { type, mediaType, state, extractor, title, author, createdAt, modifiedAt, mail, language, text, pages, properties, ocrPages } = reading.extracted;
  const reason = ocr && ocrPages.length > 0 ? reasonWhileWaiting(ocrPages.length, state, reading.extracted.reason) : reading.extracted.reason;
  return { type, mediaType, state, reason, extractor, title, author, createdAt, modifiedAt, mail, language, chars: text.length, pageCount: pages?.length ?? null, properties };
}

/** What the subject column of the index holds: the title and the file's name. */
function subjectOf(extracted: Extracted, name: string): string {
  const title = extracted.mail?.subject ?? extracted.title ?? '';
  return title === '' || title === name ? name : `${title}\n${name}`;
}

/** What the people column holds: one line per person, by role. */
function peopleOf(extracted: Extracted): string {
  const lines: string[] = [];
  for (const role of ['from', 'to', 'cc'] as const) {
    for (const mailbox of extracted.mail?.[role] ?? []) lines.push(`${role}: ${mailbox.name === '' ? mailbox.address : `${mailbox.name} <${mailbox.address}>`}`);
  }
  if (extracted.author !== null) lines.push(`author: ${extracted.author}`);
  return lines.join('\n');
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** What a document shows of itself in lists, from its content. */
function describe({ type, state, reason, title, author, mail, createdAt, modifiedAt }: ContentReading, name: string, path: string): Pick<DocumentRow, 'type' | 'state' | 'reason' | 'title' | 'by' | 'date'> {
  const sender = mail?.from[0];
  const shownTitle = (mail?.subject ?? title ?? '').trim();
  return {
    type, state, reason,
    title: shownTitle === '' ? name : shownTitle,
    by: (sender === undefined ? author : sender.name === '' ? sender.address : sender.name) ?? folderOf(path),
    date: mail?.sentAt ?? createdAt ?? modifiedAt,
  };
}

/** A member that could not be had: a document that says why. */
function addLost(store: CaseStore, db: WriteDb, { name, path, sizeBytes, reason }: Omit<LostNode, 'kind'>, parent: number, made: DocumentId[], now: number): void {
  const id = newId<DocumentId>(store.ids);
  made.push(id);
  insertDocument(db, { id, content: null, parent, duplicateOf: null, name, path, type: 'other', state: 'quarantined', reason, title: name, by: folderOf(path), date: null, sizeBytes, ingestedAt: now });
}

interface NewDocument {
  readonly node: Pick<FileNode, 'name' | 'sizeBytes'>;
  readonly path: string;
  readonly content: number;
  readonly reading: ContentReading;
  readonly parent: number | null;
  /** The first document of the same content, when there is one. */
  readonly first: number | null;
  readonly now: number;
}

function addDocument(store: CaseStore, db: WriteDb, fresh: NewDocument, made: DocumentId[]): number {
  const id = newId<DocumentId>(store.ids);
  made.push(id);
  return insertDocument(db, {
    id, content: fresh.content, parent: fresh.parent, duplicateOf: fresh.first, name: fresh.node.name, path: fresh.path, sizeBytes: fresh.node.sizeBytes, ingestedAt: fresh.now,
    ...describe(fresh.reading, fresh.node.name, fresh.path),
  });
}

/** Adds the members of a file below its document; how many came in all. */
function addChildren(store: CaseStore, db: WriteDb, node: FileNode, parent: number, from: CommitSource, made: DocumentId[], now: number): number {
  if (node.children.length === 0) return 0;
  let count = 0;
  for (const child of node.children) {
    const there = childAt(db, parent, child.path);
    if (child.kind === 'lost') {
      // Why it could not be read may be another reason than it was, with another password.
      if (there !== null && there.content === null) updateDocumentReason(db, there.document, child.reason);
      if (there !== null) continue;
      addLost(store, db, child, parent, made, now);
      count += 1;
      continue;
    }
    // Of what is there already, what it holds may be new: its container was read again, with a password, or after a crash.
    if (there !== null && there.content !== null && child.reading === null) continue;
    const { content, wasStored, reading } = keepContent(db, child, from);
    if (there !== null && there.content !== null) {
      count += addChildren(store, db, child, there.document, from, made, now);
      continue;
    }
    const first = wasStored ? firstOfContent(db, content) : null;
    if (there !== null) {
      attachContent(db, there.document, content, { ...describe(reading, child.name, child.path), sizeBytes: child.sizeBytes, duplicateOf: first });
      count += first === null ? addChildren(store, db, child, there.document, from, made, now) : copyChildren(store, db, first, there.document, child.path, made, now);
      continue;
    }
    const document = addDocument(store, db, { node: child, path: child.path, content, reading, parent, first, now }, made);
    count += 1 + (first === null ? addChildren(store, db, child, document, from, made, now) : copyChildren(store, db, first, document, child.path, made, now));
  }
  return count;
}

/** Gives a duplicate the members that the first of its kind has, so that every path is listed. */
function copyChildren(store: CaseStore, db: WriteDb, from: number, to: number, path: string, made: DocumentId[], now: number): number {
  let count = 0;
  const above = readDocument(db, from).path;
  for (const child of listChildren(db, from)) {
    if (count >= familyMembers) return count; // the first of its kind lists them all
    const childPath = path + child.path.slice(above.length);
    if (child.content === null) {
      addLost(store, db, { ...child, path: childPath, reason: child.reason ?? reasons.memberDamaged }, to, made, now);
      count += 1;
      continue;
    }
    const document = addDocument(store, db, { node: { name: child.name, sizeBytes: child.sizeBytes ?? 0 }, path: childPath, content: child.content, reading: readContent(db, child.content), parent: to, first: firstOfContent(db, child.content), now }, made);
    count += 1 + copyChildren(store, db, child.document, document, childPath, made, now);
  }
  return count;
}
