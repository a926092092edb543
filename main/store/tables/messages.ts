/** Messages by thread. Computed from headers and texts; may be computed again. */
import * as z from 'zod';
import { mailHeaders, type MailHeaders } from '../../../preload/contract/domains/documents.ts';
import type { ReadDb } from '../sqlite.ts';

const list = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const row = z.object({
  content: z.number().int(), thread: z.number().int(), ids: list, subject: z.string(), people: list, sent_at: z.number().nullable(), is_reply: z.number(), within: z.number().int().nullable(),
});

/** A message in its thread, which is named by the content of its first message. `within` is a message that carries all of it along; null when none does. */
export type MessageRow = z.infer<typeof row>;

/** Every message, by number. */
export function* iterateMessages(db: ReadDb): Generator<MessageRow> {
  for (const found of db.iterate('SELECT content, thread, ids, subject, people, sent_at, is_reply, within FROM messages ORDER BY content')) yield row.parse(found);
}

const source = z.object({ type: z.string(), mail: z.string().nullable(), body: z.string() });

/** A text with its headers, for comparing; null when it has none any more. */
export function readForGroups(db: ReadDb, content: number): { readonly type: string; readonly mail: MailHeaders | null; readonly body: string } | null {
  const found = db.get('SELECT c.type, c.mail, t.body FROM contents c JOIN texts t ON t.content = c.content WHERE c.content = ?', content);
  if (found === undefined) return null;
  const { type, mail, body } = source.parse(found);
  return { type, mail: mail === null ? null : mailHeaders.parse(JSON.parse(mail)), body };
}

const contentRow = z.object({ content: z.number().int() });

/** Contents of what hangs on a content's first document. */
export function listAttachedContents(db: ReadDb, content: number): number[] {
  return z.array(contentRow).parse(db.all('SELECT DISTINCT a.content FROM documents d JOIN documents a ON a.parent = d.document WHERE d.content = ? AND d.duplicate_of IS NULL AND a.content IS NOT NULL', content)).map((found) => found.content);
}

const threadRow = z.object({ document: z.number().int(), sentAt: z.number().nullable(), within: z.number().int().nullable() });

/** The messages of a content's thread as first documents, in the order in which they were sent; `within` is the number of a document. Empty for what is no message. */
export function listThread(db: ReadDb, content: number): z.infer<typeof threadRow>[] {
  return z.array(threadRow).parse(db.all(
    `SELECT d.document, m.sent_at AS sentAt, (SELECT w.document FROM documents w WHERE w.content = m.within AND w.duplicate_of IS NULL) AS within
    FROM messages m JOIN documents d ON d.content = m.content AND d.duplicate_of IS NULL
    WHERE m.thread = (SELECT thread FROM messages WHERE content = ?) ORDER BY m.sent_at NULLS LAST, d.document`,
    content,
  ));
}

const threads = z.object({ threads: z.string() });

/** A content of every thread of more than one message. */
export function listThreads(db: ReadDb): number[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- json_group_array over an INTEGER column
  return JSON.parse(threads.parse(db.get('SELECT json_group_array(content) AS threads FROM (SELECT min(content) AS content FROM messages GROUP BY thread HAVING count(*) > 1 ORDER BY thread)')).threads) as number[];
}
