/** Cases of any size without files behind them, kept from run to run, with a plain SQLite database of the same texts beside them. */
import Database from 'better-sqlite3';
import { closeSync, cpSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { addBulkDocuments } from '../support/bulk-case.ts';
import { addCase, createdEngine } from '../support/engines.ts';
import { cacheFolder, zipfText } from './corpus.ts';

export interface GeneratedCase {
  readonly vaultFolder: string;
  readonly case: CaseId;
  /** A plain FTS5 database over the same texts, unencrypted. */
  readonly plainFile: string;
}

/** Gives `work` a copy of a generated case to change as it likes; the copy is gone afterwards. */
export async function withGeneratedCase<T>(documents: number, log: (line: string) => void, work: (made: GeneratedCase) => Promise<T>, mode: 'encrypted' | 'plain' = 'encrypted'): Promise<T> {
  const kept = await generatedCase(documents, log, mode);
  const folder = mkdtempSync(join(cacheFolder('copies'), 'case-'));
  try {
    const vaultFolder = join(folder, 'vault');
    cpSync(kept.vaultFolder, vaultFolder, { recursive: true });
    settle(vaultFolder);
    return await work({ ...kept, vaultFolder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Has a folder's files on disk: what the system still has to write would hold up every commit that is measured. */
function settle(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = openSync(join(entry.parentPath, entry.name), 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}

/** A case with so many generated documents; built when the cache has none. `log` hears when that takes time. */
async function generatedCase(documents: number, log: (line: string) => void, mode: 'encrypted' | 'plain'): Promise<GeneratedCase> {
  const folder = cacheFolder(`case-${documents}-${mode}`);
  const options = { plaintextForBenchmark: mode === 'plain' };
  const mark = join(folder, 'ready.json');
  const vaultFolder = join(folder, 'vault');
  const plainFile = join(folder, 'plain.db');
  if (!existsSync(mark)) {
    log(`building ${documents} documents in ${folder}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const engine = await createdEngine(vaultFolder, options);
    const id = await addCase(engine, 'Generated');
    await engine.close();
    await addBulkDocuments(vaultFolder, id, documents, zipfText, options);
    buildPlain(plainFile, documents);
    writeFileSync(mark, JSON.stringify({ case: id }));
  }
  const { case: id } = JSON.parse(readFileSync(mark, 'utf8')) as { case: CaseId };
  return { vaultFolder, case: id, plainFile };
}

function buildPlain(file: string, documents: number): void {
  const db = new Database(file);
  db.pragma('page_size=16384');
  db.pragma('journal_mode=WAL');
  db.exec("CREATE TABLE texts(content INTEGER PRIMARY KEY, subject TEXT, people TEXT, body TEXT); CREATE VIRTUAL TABLE text_index USING fts5(subject, people, body, content='texts', content_rowid='content', tokenize='porter unicode61 remove_diacritics 2')");
  const text = db.prepare('INSERT INTO texts VALUES (?,?,?,?)');
  const index = db.prepare('INSERT INTO text_index(rowid, subject, people, body) VALUES (?,?,?,?)');
  const add = db.transaction((first: number, end: number) => {
    for (let at = first; at < end; at += 1) for (const statement of [text, index]) statement.run(at + 1, `paper-${at}.txt`, '', zipfText(at));
  });
  for (let first = 0; first < documents; first += 1000) add(first, Math.min(documents, first + 1000));
  db.close();
}
