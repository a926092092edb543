import * as z from 'zod';
import type { ConversationId, TurnId } from '../../../preload/contract/domains/basics.ts';
import { answer } from '../../../preload/contract/domains/chat.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb } from '../connection.ts';

const conversationRow = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<ConversationId>(bytes)),
  title: z.string(),
  updated_at: z.number().int(),
  turns: z.number().int(),
});
export type ConversationRow = z.infer<typeof conversationRow>;

const turnRow = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<TurnId>(bytes)),
  question: z.string(),
  asked_at: z.number().int(),
  answer: z.string().nullable().transform((text) => (text === null ? null : answer.parse(JSON.parse(text)))),
});
export type TurnRow = z.infer<typeof turnRow>;

const select = 'SELECT c.id, c.title, c.updated_at, (SELECT count(*) FROM turns t WHERE t.conversation = c.id) AS turns FROM conversations c';

/** All conversations, the one last used first. */
export function listConversations(db: ReadDb): ConversationRow[] {
  return db.all(`${select} ORDER BY c.updated_at DESC, c.id`).map((found) => conversationRow.parse(found));
}

/** The conversation with the id, or null. */
export function readConversation(db: ReadDb, id: ConversationId): ConversationRow | null {
  const found = db.get(`${select} WHERE c.id = ?`, idBytes(id));
  return found === undefined ? null : conversationRow.parse(found);
}

/** The turns of a conversation, oldest first. */
export function listTurns(db: ReadDb, id: ConversationId): TurnRow[] {
  return db.all('SELECT id, question, asked_at, answer FROM turns WHERE conversation = ? ORDER BY asked_at, id', idBytes(id)).map((found) => turnRow.parse(found));
}
