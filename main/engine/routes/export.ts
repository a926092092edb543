import { createWriteStream, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '../../../preload/contract/routes.ts';
import { exportAnnotations } from '../../annotate/index.ts';
import { AppError } from '../../base/errors.ts';
import { markingText } from '../../policy/index.ts';
import { iterateAudit, iterateDocuments, iterateOps, listConversations, listTurns, readBody, readContent, type CaseRow, type CaseStore, type DocumentRow } from '../../store/index.ts';
import { exportCodes } from '../../triage/index.ts';
import { recordedExport } from '../recorded-export.ts';
import { documentLine } from './document-lines.ts';

/** What is written outside is for the person who asked, and overwrites nothing. */
const ownerOnly = { flag: 'wx', mode: 0o600 } as const;

const readme = (name: string, marking: string): string => `${marking}

Case "${name}", written by Redoubt so that it can be read without it.

originals/        every file as it came, named by document number; duplicates once
texts/            the canonical text of every document that has one (UTF-8), the same name
documents.jsonl   one line per document: id, path, parent, hash, type, state, dates, people
codes.jsonl       one line per coded document
annotations.jsonl W3C Web Annotations, one a line; positions count UTF-16 code units of the canonical text
chat.jsonl        one line per question, with its answer and citations
ops.jsonl         every decision as it was recorded, oldest first
audit.jsonl       the audit trail of the case; each record names the hash before it (SHA-384)

${marking}
`;

const linesAtOnce = 200;

/** Writes lines to a file, one JSON document each; the engine answers others in between. */
async function writeLines(file: string, lines: Iterable<unknown>, signal: AbortSignal): Promise<void> {
  const handle = await open(file, ownerOnly.flag, ownerOnly.mode);
  try {
    let part: string[] = [];
    for (const line of lines) {
      part.push(`${JSON.stringify(line)}\n`);
      if (part.length < linesAtOnce) continue;
      signal.throwIfAborted();
      await handle.appendFile(part.join(''));
      part = [];
    }
    await handle.appendFile(part.join(''));
  } finally {
    await handle.close();
  }
}

function* linesOf(store: CaseStore, documents: readonly DocumentRow[]): Generator<unknown> {
  for (const document of documents) yield documentLine(store.read, document);
}

/** The name of a document's files: its number, and the extension it came with when that is a plain one. */
function fileName(document: DocumentRow): string {
  const extension = extname(document.name);
  return `${String(document.document).padStart(6, '0')}${/^\.[A-Za-z0-9]{1,8}$/.test(extension) ? extension : ''}`;
}

/** Why nothing, or no more, could be written outside the vault. What is not about the folder stays what it is. */
function folderFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('vault.disk-full', 'The disk of the folder is full. What was written so far is still there.');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT' || code === 'ENOTDIR') return new AppError('case.path-absent', 'The folder cannot be written.', { data: { system: code } });
  return error;
}

/** Writes the whole case to a folder that must be empty or absent. Throws case.folder-not-empty, case.path-absent, vault.blob-damaged, vault.disk-full. */
export async function exportCase(store: CaseStore, row: CaseRow, folder: string, progress: (value: Progress<'cases.export'>) => void, signal: AbortSignal): Promise<{ files: number }> {
  try {
    if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) throw new AppError('case.folder-not-empty', 'The folder for the export is not an empty folder.');
    return await recordedExport(store, 'case', () => writeCase(store, row, folder, progress, signal), ({ files }) => ({ files }));
  } catch (error) {
    throw folderFailure(error);
  }
}

async function writeCase(store: CaseStore, row: CaseRow, folder: string, progress: (value: Progress<'cases.export'>) => void, signal: AbortSignal): Promise<{ files: number }> {
  for (const part of ['originals', 'texts']) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
  const documents = [...iterateDocuments(store.read)];
  let files = 0;
  for (const [index, document] of documents.entries()) {
    signal.throwIfAborted();
    if (document.content !== null && document.duplicateOf === null) {
      files += await writeDocument(store, document, document.content, folder);
    }
    if (index % 50 === 0) progress({ phase: 'documents', done: index, total: documents.length, unit: 'documents' });
  }
  const marking = markingText(row.marking);
  const lists: Readonly<Record<string, Iterable<unknown>>> = {
    'documents.jsonl': linesOf(store, documents),
    'codes.jsonl': [...exportCodes(store)],
    'annotations.jsonl': [...exportAnnotations(store)].flat(),
    'chat.jsonl': listConversations(store.read).flatMap((conversation) => listTurns(store.read, conversation.id).map((turn) => ({ conversation: conversation.title, ...turn }))),
    'ops.jsonl': [...iterateOps(store.read)],
    'audit.jsonl': [...iterateAudit(store.read)].map((record) => ({ ...record, previous: Buffer.from(record.previous).toString('hex'), hash: Buffer.from(record.hash).toString('hex') })),
  };
  for (const [name, lines] of Object.entries(lists)) await writeLines(join(folder, name), lines, signal);
  writeFileSync(join(folder, 'README.txt'), readme(row.name, marking), ownerOnly);
  files += Object.keys(lists).length + 1;
  return { files };
}

async function writeDocument(store: CaseStore, document: DocumentRow, number: number, folder: string): Promise<number> {
  const content = readContent(store.read, number);
  await pipeline(store.blobs.readChunks(content.place), createWriteStream(join(folder, 'originals', fileName(document)), { flags: ownerOnly.flag, mode: ownerOnly.mode }));
  const body = readBody(store.read, number);
  if (body === null) return 1;
  writeFileSync(join(folder, 'texts', `${fileName(document)}.txt`), body, ownerOnly);
  return 2;
}
