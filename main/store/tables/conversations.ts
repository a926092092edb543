import * as z from 'zod';
import { marking, type ConversationId, type TurnId } from '../../../preload/contract/domains/basics.ts';
import { answer, chatScope, sending, type ChatScope, type Sending } from '../../../preload/contract/domains/chat.ts';
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
  /** Null for those of before scopes were kept: the whole case. */
  scope: z.string().nullable().transform((text): ChatScope => (text === null ? { kind: 'case' } : chatScope.parse(JSON.parse(text)))),
  after: z.instanceof(Uint8Array).nullable().transform((bytes) => (bytes === null ? null : idOf<TurnId>(bytes))),
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

const idRow = z.object({ id: z.instanceof(Uint8Array).transform((bytes) => idOf<ConversationId>(bytes)) });
const likeWord = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** Conversations in whose titles, questions and answers every word stands, also in what a person made of an answer, ASCII letters in any case; the one last used first. */
export function findConversations(db: ReadDb, words: readonly string[]): ConversationId[] {
  const holds = "(c.title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns t WHERE t.conversation = c.id AND (t.question LIKE ? ESCAPE '\\' OR t.edited_text LIKE ? ESCAPE '\\' OR (SELECT group_concat(json_extract(value, '$.text'), ' ') FROM json_each(t.answer, '$.sentences')) LIKE ? ESCAPE '\\')))";
  const values = words.flatMap((word) => Array.from({ length: 4 }, () => likeWord(word)));
  return db.all(`SELECT c.id FROM conversations c WHERE ${words.map(() => holds).join(' AND ')} ORDER BY c.updated_at DESC, c.id`, ...values).map((found) => idRow.parse(found).id);
}

const sendingRow = z.object({ sending: z.string().transform((text) => sending.parse(JSON.parse(text))) });

/** What a question sent, or null when it sent nothing. */
export function readSending(db: ReadDb, turn: TurnId): Sending | null {
  const found = db.get('SELECT sending FROM sendings WHERE turn = ?', idBytes(turn));
  return found === undefined ? null : sendingRow.parse(found).sending;
}

const versionRow = z.object({ version: z.number().int() });

/** The version of the prompt that a question was sent with, or null when it sent nothing. */
export function readPromptVersion(db: ReadDb, turn: TurnId): number | null {
  const found = db.get("SELECT json_extract(sending, '$.promptVersion') AS version FROM sendings WHERE turn = ?", idBytes(turn));
  return found === undefined ? null : versionRow.parse(found).version;
}

const turnAt = z.object({ conversation: z.instanceof(Uint8Array).transform((bytes) => idOf<ConversationId>(bytes)) });

/** The turn with the id and the conversation it is of, or null. */
export function readTurn(db: ReadDb, id: TurnId): (TurnRow & z.infer<typeof turnAt>) | null {
  const found = db.get('SELECT id, question, asked_at, answer, marking, scope, after, conversation FROM turns WHERE id = ?', idBytes(id));
  return found === undefined ? null : { ...turnRow.parse(found), ...turnAt.parse(found) };
}

/** The turns of a conversation, oldest first. */
export function listTurns(db: ReadDb, id: ConversationId): TurnRow[] {
  return db.all('SELECT id, question, asked_at, answer, marking, scope, after FROM turns WHERE conversation = ? ORDER BY asked_at, id', idBytes(id)).map((found) => turnRow.parse(found));
}
