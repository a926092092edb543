/** Folders that a person lets be watched, and what is known of their files. */
import * as z from 'zod';
import { watchId, type WatchId } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => watchId.parse(idOf(bytes))),
  path: z.string(),
  since: z.number().int(),
});
export type WatchedFolderRow = z.infer<typeof row>;

/** The watched folders, oldest first. */
export function listWatchedFolders(db: ReadDb): WatchedFolderRow[] {
  return z.array(row).parse(db.all('SELECT id, path, since FROM watched_folders ORDER BY since, path'));
}

/** Begins to watch a folder. */
export function insertWatchedFolder(db: WriteDb, folder: WatchedFolderRow): void {
  db.run('INSERT INTO watched_folders(id, path, since) VALUES (?,?,?)', idBytes(folder.id), folder.path, folder.since);
}

/** Watches a folder no more, and forgets its files. False when it was not watched. */
export function deleteWatchedFolder(db: WriteDb, id: WatchId): boolean {
  db.run('DELETE FROM watched_files WHERE folder = ?', idBytes(id));
  return db.run('DELETE FROM watched_folders WHERE id = ?', idBytes(id)).changes > 0;
}

const fileRow = z.object({ path: z.string(), sign: z.string() });

/** What was taken in of a watched folder: each path with the sign that it had, by which a change is told. */
export function* iterateWatchedFiles(db: ReadDb, id: WatchId): Generator<z.infer<typeof fileRow>> {
  for (const found of db.iterate('SELECT path, sign FROM watched_files WHERE folder = ?', idBytes(id))) yield fileRow.parse(found);
}

/** Notes files as taken in. */
export function keepWatchedFiles(db: WriteDb, id: WatchId, files: readonly (readonly [path: string, sign: string])[]): void {
  for (const [path, sign] of files) db.run('INSERT OR REPLACE INTO watched_files(folder, path, sign) VALUES (?,?,?)', idBytes(id), path, sign);
}
