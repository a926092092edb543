import Database from 'better-sqlite3';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { openReader } from '../../main/store/reader.ts';
import { openStore } from './bulk-case.ts';

/** A cache far smaller than what is sorted, so that the sorter has to put its runs somewhere. */
const cacheMb = 1;

/**
 * Open files of this process that have been deleted and hold the words, by their link in /proc. SQLite deletes its temporary files as
 * soon as they are open, so that no folder ever lists them.
 */
export function hiddenFilesWith(words: string): string[] {
  if (process.platform !== 'linux') return [];
  const found: string[] = [];
  for (const name of readdirSync('/proc/self/fd')) {
    const link = `/proc/self/fd/${name}`;
    try {
      const target = readlinkSync(link);
      if (target.endsWith(' (deleted)') && readFileSync(link).includes(words)) found.push(target);
    } catch {
      continue; // closed since it was listed
    }
  }
  return found;
}

/** Sorts every text of a case through a reader of the store, and answers what stood in temporary files in the middle of it. */
export async function sortAllTexts(vaultFolder: string, caseId: CaseId, passphrase: string, words: string): Promise<string[]> {
  const vault = await openStore(vaultFolder, { passphrase });
  const reader = openReader({ ...vault.case(caseId).readerOptions, cacheMb }, 'this case');
  try {
    const found = new Set<string>();
    let rows = 0;
    reader.read((db) => {
      for (const _row of db.iterate('SELECT body FROM texts ORDER BY substr(body, 20), body')) {
        rows += 1;
        if (rows === 1) for (const file of hiddenFilesWith(words)) found.add(file);
      }
    });
    if (rows < 10_000) throw new Error(`only ${rows} rows were sorted`);
    return [...found];
  } finally {
    reader.close();
    vault.close();
  }
}

/** The same sort over a plain database whose temporary files go to the disk: shows that hiddenFilesWith sees them. */
export function sortWithFiles(words: string): string[] {
  const db = new Database(':memory:');
  try {
    db.pragma('temp_store=FILE');
    db.pragma(`cache_size=${-1024 * cacheMb}`);
    db.exec('CREATE TEMP TABLE texts(body TEXT)');
    const insert = db.prepare('INSERT INTO texts VALUES (?)');
    for (let index = 0; index < 20_000; index += 1) insert.run(`${words} ${index} ${'of the quay '.repeat(40)}`);
    for (const _row of db.prepare('SELECT body FROM texts ORDER BY substr(body, 20), body').iterate()) return hiddenFilesWith(words);
    return [];
  } finally {
    db.close();
  }
}
