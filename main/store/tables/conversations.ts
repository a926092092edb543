import * as z from 'zod';
import { marking, type ConversationId, type TurnId } from '../../../preload/contract/domains/basics.ts';
import { answer, sending, type Sending } from '../../../preload/contract/domains/chat.ts';
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
  /** What a person marked the answer; null: its roll-up stands. */
  marking: z.string().nullable().transform((text) => (text === null ? null : marking.parse(text))),
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

const sendingRow = z.object({ sending: z.string().transform((text) => sending.parse(JSON.parse(text))) });

/** What a question sent, or null when it sent nothing. */
export function readSending(db: ReadDb, turn: TurnId): Sending | null {
  const found = db.get('SELECT sending FROM sendings WHERE turn = ?', idBytes(turn));
  return found === undefined ? null : sendingRow.parse(found).sending;
}

const turnAt = z.object({ conversation: z.instanceof(Uint8Array).transform((bytes) => idOf<ConversationId>(bytes)) });

/** The turn with the id and the conversation it is of, or null. */
export function readTurn(db: ReadDb, id: TurnId): (TurnRow & z.infer<typeof turnAt>) | null {
  const found = db.get('SELECT id, question, asked_at, answer, marking, conversation FROM turns WHERE id = ?', idBytes(id));
  return found === undefined ? null : { ...turnRow.parse(found), ...turnAt.parse(found) };
}

/** The turns of a conversation, oldest first. */
export function listTurns(db: ReadDb, id: ConversationId): TurnRow[] {
  return db.all('SELECT id, question, asked_at, answer, marking FROM turns WHERE conversation = ? ORDER BY asked_at, id', idBytes(id)).map((found) => turnRow.parse(found));
}
