/** Writes what comparing found: near-duplicates and threads. Reading them is in near-texts.ts and messages.ts, which reading threads may reach. */
import type { WriteDb } from '../connection.ts';

/** Keeps where a text stands. */
export function keepNearText(db: WriteDb, text: { readonly content: number; readonly pivot: number; readonly similarity: number; readonly bands: Uint32Array | null; readonly version: number }): void {
  const { content, pivot, similarity, bands, version } = text;
  db.run('INSERT OR REPLACE INTO near_texts(content, pivot, similarity, bands, text_version) VALUES (?,?,?,?,?)', content, pivot, similarity, bands === null ? null : Buffer.from(bands.buffer, bands.byteOffset, bands.byteLength), version);
}

/** Notes that a text was read anew and stays where it stands. */
export function confirmNearText(db: WriteDb, content: number, version: number): void {
  db.run('UPDATE near_texts SET text_version = ? WHERE content = ?', version, content);
}

/** Forgets where a text stands, and those that stand under it: all of them are compared again. */
export function forgetNearText(db: WriteDb, content: number): void {
  db.run('DELETE FROM near_texts WHERE content = ?', content);
  db.run('DELETE FROM near_texts WHERE pivot = ? AND pivot <> content', content);
}

/** Keeps a message of a thread. */
export function keepMessage(db: WriteDb, message: { readonly content: number; readonly thread: number; readonly ids: readonly string[]; readonly subject: string; readonly people: readonly string[]; readonly sentAt: number | null; readonly isReply: boolean }): void {
  const { content, thread, ids, subject, people, sentAt, isReply } = message;
  db.run('INSERT OR REPLACE INTO messages(content, thread, ids, subject, people, sent_at, is_reply) VALUES (?,?,?,?,?,?,?)', content, thread, JSON.stringify(ids), subject, JSON.stringify(people), sentAt, isReply ? 1 : 0);
}

/** Makes a thread part of another. */
export function mergeThreads(db: WriteDb, from: number, into: number): void {
  db.run('UPDATE messages SET thread = ? WHERE thread = ?', into, from);
}

/** Notes that a message adds nothing to another. */
export function keepWithin(db: WriteDb, content: number, within: number): void {
  db.run('UPDATE messages SET within = ? WHERE content = ?', within, content);
}
