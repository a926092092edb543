import * as z from 'zod';
import type { ReadDb, WriteDb } from '../connection.ts';

const row = z.object({ value: z.string() });

/** A setting, or null when it was never set. */
export function readMeta(db: ReadDb, key: string): string | null {
  const found = db.get('SELECT value FROM meta WHERE key = ?', key);
  return found === undefined ? null : row.parse(found).value;
}

/** Sets a setting. */
export function writeMeta(db: WriteDb, key: string, value: string): void {
  db.run('INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value', key, value);
}
