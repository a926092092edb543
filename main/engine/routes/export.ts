import { createWriteStream, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '../../../preload/contract/routes.ts';
import { exportAnnotations } from '../../annotate/index.ts';
import { AppError } from '../../base/errors.ts';
import { bulkKinds, exportSendings, reviewOf } from '../../chat/index.ts';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { joinMarkings, readMarks, settledBy } from '../../policy/index.ts';
import { outside, ownerOnly, folderFailure, refuseVault } from '../outside.ts';
import { iterateAudit, iterateDocuments, iterateOps, listConversations, listPassages, listTurns, readBody, readContent, readDocumentState, readHeads, type CaseRow, type CaseStore, type Op, type DocumentRow } from '../../store/index.ts';
import { exportCodes } from '../../triage/index.ts';
import { tenTimesASecond } from '../../work/index.ts';
import { recordedExport } from '../recorded-export.ts';
import { documentLine } from './document-lines.ts';

const readme = (name: string, marking: string): string => `${marking}

Case "${name}", written by Redoubt so that it can be read without it.

originals/        every file as it came, named by document number; duplicates once
texts/            the canonical text of every document that has one (UTF-8), the same name
documents.jsonl   one line per document: id, path, parent, hash, type, state, dates, people
codes.jsonl       one line per coded document
notes.jsonl       one line per document with a note
markings.jsonl    one line per document or passage that a person marked, with the reason
annotations.jsonl W3C Web Annotations, one a line; positions count UTF-16 code units of the canonical text
chat.jsonl        one line per question, with its answer and citations
sendings.jsonl    one line per request of bulk work, word for word as it was sent
ops.jsonl         every decision as it was recorded, oldest first
audit.jsonl       the audit trail of the case; each record names the hash before it (SHA-384)

${marking}
`;

const linesAtOnce = 200;

/** Writes lines to a file, one JSON document each; the engine answers others in between. */
async function writeLines(file: string, lines: Iterable<unknown>, signal: AbortSignal): Promise<void> {
  const handle = await outside(() => open(file, ownerOnly.flag, ownerOnly.mode));
  const write = (part: readonly string[]): Promise<void> => outside(() => handle.appendFile(part.join('')));
  try {
    let part: string[] = [];
    for (const line of lines) {
      part.push(`${JSON.stringify(line)}\n`);
      if (part.length < linesAtOnce) continue;
      signal.throwIfAborted();
      await write(part);
      part = [];
    }
    await write(part);
  } finally {
    await handle.close();
  }
}

function* linesOf(store: CaseStore, documents: readonly DocumentRow[]): Generator<unknown> {
  for (const document of documents) yield documentLine(store.read, document);
}

function* notesOf(store: CaseStore, documents: readonly DocumentRow[]): Generator<unknown> {
  for (const { document, id, path } of documents) {
    const { note } = readDocumentState(store.read, document);
    if (note !== null) yield { document: id, path, note };
  }
}

/** What people marked: documents, and passages of them. `marking` null is a mark in the text that a person dismissed. */
function* markingsOf(store: CaseStore, documents: readonly DocumentRow[]): Generator<Readonly<Record<string, unknown>> & { readonly marking: Marking | null }> {
  for (const { document, id, path } of documents) {
    const { marking } = readDocumentState(store.read, document);
    if (marking !== null) yield { document: id, path, marking, reason: readHeads(store.read, `document:${id}`, 'document.marked')[0]?.value.reason ?? null };
    for (const { start, end, page, marking: own, reason } of listPassages(store.read, document)) yield { document: id, path, start, end, page, marking: own, reason };
  }
}

function waitingMarkings(store: CaseStore, document: DocumentRow): Marking[] {
  const marks = readMarks(store, document);
  return marks.found.filter((mark) => settledBy(mark, marks) === null).map(({ least }) => least);
}

/** The name of a document's files: its number, and the extension it came with when that is a plain one. */
function fileName(document: DocumentRow): string {
  const extension = extname(document.name);
  return `${String(document.document).padStart(6, '0')}${/^\.[A-Za-z0-9]{1,8}$/.test(extension) ? extension : ''}`;
}

/** What an export is given. */
export interface ExportOptions {
  readonly folder: string;
  /** Nothing is written in the clear into the vault. */
  readonly vaultFolder: string;
  readonly progress: (value: Progress<'cases.export'>) => void;
  readonly signal: AbortSignal;
}

/** Writes the whole case to a folder that must be empty or absent. Throws case.folder-not-empty, case.path-is-vault, case.path-absent, vault.blob-damaged, vault.disk-full. */
export async function exportCase(store: CaseStore, row: CaseRow, options: ExportOptions): Promise<{ files: number }> {
  const { folder, vaultFolder } = options;
  refuseVault(folder, vaultFolder);
  await outside(() => {
    if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) throw new AppError('case.folder-not-empty', 'The folder for the export is not an empty folder.');
  });
  return recordedExport(store, 'case', () => writeCase(store, row, options), ({ files }) => ({ files }));
}

async function writeCase(store: CaseStore, row: CaseRow, { folder, progress, signal }: ExportOptions): Promise<{ files: number }> {
  await outside(() => { for (const part of ['originals', 'texts']) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 }); });
  const documents = [...iterateDocuments(store.read)];
  const told = tenTimesASecond(store.clock, progress);
  let files = 0;
  const waiting = new Set<Marking>();
  for (const [index, document] of documents.entries()) {
    signal.throwIfAborted();
    told.push({ phase: 'documents', done: index, total: documents.length, unit: 'documents' });
    if (document.content !== null && document.duplicateOf === null) files += await writeDocument(store, document, document.content, folder, signal);
    for (const mark of waitingMarkings(store, document)) waiting.add(mark);
    await setImmediate(); // the engine answers between two documents
  }
  told.push({ phase: 'documents', done: documents.length, total: documents.length, unit: 'documents' });
  told.flush();
  const chats = listConversations(store.read).flatMap((conversation) => listTurns(store.read, conversation.id).map((turn) => ({ conversation: conversation.title, ...turn, review: reviewOf(store, turn.id) })));
  // What is handed on is marked as everything in it: what people marked, what was asked, sent and answered, and the marks in texts that nobody has looked at.
  const carrying = new Set<Op['kind']>(['annotation.set', 'turn.asked', 'turn.sent', 'turn.answered', 'turn.edited', 'turn.listed', 'bulk.started', 'bulk.sent', 'bulk.answered']);
  const inOps = new Set<Marking>();
  for (const op of iterateOps(store.read)) if (op.marking !== null && carrying.has(op.kind)) inOps.add(op.marking);
  const all = [...inOps, ...[...markingsOf(store, documents)].map((line) => line.marking), ...chats.map(({ answer }) => answer?.marking.marking ?? null), ...waiting];
  const marking = all.reduce<Marking>((sum, own) => joinMarkings(sum, own ?? sum), store.marking);
  const lists: Readonly<Record<string, Iterable<unknown>>> = {
    'documents.jsonl': linesOf(store, documents),
    'codes.jsonl': [...exportCodes(store)],
    'notes.jsonl': notesOf(store, documents),
    'markings.jsonl': markingsOf(store, documents),
    'annotations.jsonl': [...exportAnnotations(store)].flat(),
    'chat.jsonl': chats,
    'sendings.jsonl': exportSendings(store, bulkKinds),
    'ops.jsonl': iterateOps(store.read),
    'audit.jsonl': [...iterateAudit(store.read)].map((record) => ({ ...record, previous: Buffer.from(record.previous).toString('hex'), hash: Buffer.from(record.hash).toString('hex') })),
  };
  for (const [name, lines] of Object.entries(lists)) await writeLines(join(folder, name), lines, signal);
  await outside(() => writeFileSync(join(folder, 'README.txt'), readme(row.name, marking), ownerOnly));
  files += Object.keys(lists).length + 1;
  return { files };
}

async function writeDocument(store: CaseStore, document: DocumentRow, number: number, folder: string, signal: AbortSignal): Promise<number> {
  await writeOriginal(store, number, join(folder, 'originals', fileName(document)), signal);
  const body = readBody(store.read, number);
  if (body === null) return 1;
  await outside(() => writeFileSync(join(folder, 'texts', `${fileName(document)}.txt`), body, ownerOnly));
  return 2;
}

/** Streams an original out; a stop takes effect between two chunks. A fault of the vault stays the vault's. */
async function writeOriginal(store: CaseStore, number: number, file: string, signal: AbortSignal): Promise<void> {
  const fault: { ofVault: unknown } = { ofVault: null };
  function* chunks(): Generator<Buffer> {
    try {
      yield* store.blobs.readChunks(readContent(store.read, number).place);
    } catch (error) {
      fault.ofVault = error;
      throw error;
    }
  }
  try {
    await pipeline(chunks, createWriteStream(file, { flags: ownerOnly.flag, mode: ownerOnly.mode }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error === fault.ofVault ? error : folderFailure(error);
  }
}
