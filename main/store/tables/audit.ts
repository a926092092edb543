import * as z from 'zod';
import type { ReadDb, WriteDb } from '../connection.ts';

/** Bytes, from whatever buffer they lie in. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const row = z.object({
  n: z.number().int(),
  at: z.number().int(),
  actor: z.string(),
  device: z.string(),
  action: z.string(),
  objects: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  marking: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  detail: z.string().transform((text) => detail.parse(JSON.parse(text))),
  previous: bytes,
  hash: bytes,
});
export type AuditRow = z.infer<typeof row>;

const headRow = z.object({ n: z.number().int(), hash: bytes, mac: bytes });
/** The end of the chain as the last writer left it, authenticated with the vault's audit key. */
export type AuditHead = z.infer<typeof headRow>;

/** Appends a record and moves the head to it. */
export function insertAudit(db: WriteDb, record: AuditRow, mac: Uint8Array): void {
  db.run(
    'INSERT INTO audit(n, at, actor, device, action, objects, marking, outcome, detail, previous, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
    record.n, record.at, record.actor, record.device, record.action, JSON.stringify(record.objects), record.marking, record.outcome, JSON.stringify(record.detail), record.previous, record.hash,
  );
  db.run('INSERT INTO audit_head(one, n, hash, mac) VALUES (1, ?, ?, ?) ON CONFLICT(one) DO UPDATE SET n = excluded.n, hash = excluded.hash, mac = excluded.mac', record.n, record.hash, mac);
}

/** The head, or null for a chain without records. */
export function readAuditHead(db: ReadDb): AuditHead | null {
  const found = db.get('SELECT n, hash, mac FROM audit_head WHERE one = 1');
  return found === undefined ? null : headRow.parse(found);
}

/** All records, oldest first, one at a time. */
export function* iterateAudit(db: ReadDb): Generator<AuditRow> {
  for (const found of db.iterate('SELECT * FROM audit ORDER BY n')) yield row.parse(found);
}

/** A page of records, newest first. */
export function listAudit(db: ReadDb, offset: number, limit: number): AuditRow[] {
  return db.all('SELECT * FROM audit ORDER BY n DESC LIMIT ? OFFSET ?', limit, offset).map((found) => row.parse(found));
}

const countRow = z.object({ count: z.number().int() });

/** How many records the chain has. */
export function countAudit(db: ReadDb): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM audit')).count;
}

/** Keeps, in the vault, how far a case's chain had come: a case that is put back to an older state is noticed. */
export function setAnchor(db: WriteDb, chain: Uint8Array, head: { readonly n: number; readonly hash: Uint8Array }): void {
  db.run('INSERT INTO audit_anchors(chain, n, hash) VALUES (?, ?, ?) ON CONFLICT(chain) DO UPDATE SET n = excluded.n, hash = excluded.hash', chain, head.n, head.hash);
}

const anchorRow = z.object({ n: z.number().int(), hash: bytes });

/** The anchor of a chain, or null before the first. */
export function readAnchor(db: ReadDb, chain: Uint8Array): z.infer<typeof anchorRow> | null {
  const found = db.get('SELECT n, hash FROM audit_anchors WHERE chain = ?', chain);
  return found === undefined ? null : anchorRow.parse(found);
}
