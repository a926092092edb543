import * as z from 'zod';
import type { ReadDb } from './connection.ts';

const row = z.object({ integrity_check: z.string() });

/** SQLite's own complaints about a database: pages, indexes, and keys that point nowhere. Empty when it is whole. */
export function checkDatabase(db: ReadDb): string[] {
  const complaints = db.all('PRAGMA integrity_check(20)').map((found) => row.parse(found).integrity_check).filter((text) => text !== 'ok');
  const dangling = db.all('PRAGMA foreign_key_check');
  return dangling.length === 0 ? complaints : [...complaints, `${dangling.length} rows point at rows that are not there`];
}
