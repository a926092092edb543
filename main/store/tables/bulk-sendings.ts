/** Where the words stand that items of bulk work sent: a projection of ops that finds them by the item's key. */
import * as z from 'zod';
import type { BatchId, OpId } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb } from '../connection.ts';

// A line of a batch file that never got its name went nowhere.
const left = '(s.batch IS NULL OR EXISTS (SELECT 1 FROM bulk_batches b WHERE b.id = s.batch AND b.exported_at > 0))';

/** SQL for the last sending of a key that left this program, where `key` is a column. */
export function lastSendingOf(key: string): string {
  return `SELECT s.op FROM bulk_sendings s WHERE s.key = ${key} AND ${left} ORDER BY s.at DESC, s.op DESC LIMIT 1`;
}

const opRow = z.object({ op: z.instanceof(Uint8Array).transform((value) => idOf<OpId>(value)) });

/** The ops of what was sent for a key, the last first. */
export function listBulkSendings(db: ReadDb, key: Uint8Array): OpId[] {
  return db.all(`SELECT s.op FROM bulk_sendings s WHERE s.key = ? AND ${left} ORDER BY s.at DESC, s.op DESC`, key).map((found) => opRow.parse(found).op);
}

/** The ops of everything that bulk work sent, oldest first. */
export function listAllBulkSendings(db: ReadDb): OpId[] {
  return db.all(`SELECT s.op FROM bulk_sendings s WHERE ${left} ORDER BY s.at, s.op`).map((found) => opRow.parse(found).op);
}

/** The op of a key's line in a batch file; null where none was kept. */
export function findBatchSending(db: ReadDb, key: Uint8Array, batch: BatchId): OpId | null {
  const found = db.get('SELECT op FROM bulk_sendings WHERE key = ? AND batch = ? ORDER BY at DESC, op DESC LIMIT 1', key, idBytes(batch));
  return found === undefined ? null : opRow.parse(found).op;
}
