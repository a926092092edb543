import type { ConversationId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { ConversationInfo, Turn } from '../../preload/contract/domains/chat.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { joinMarkings, viewMarking } from '../policy/index.ts';
import { appendOp, findConversations, listConversations, listTurns, readConversation, type CaseStore, type ConversationRow, type TurnRow } from '../store/index.ts';
import { ownMarking, reviewOf } from './review.ts';

/** A conversation as lists show it; its marking is the roll-up of its answers and of what people marked them, at least the case's: an answer's quotes stay what they are. */
function show(store: CaseStore, row: ConversationRow): ConversationInfo {
  const marking = listTurns(store.read, row.id).reduce((sum, turn) => (turn.answer === null ? sum : [turn.answer.marking.marking, turn.marking ?? sum, reviewOf(store, turn.id)?.edit?.marking.marking ?? sum].reduce((all, one) => joinMarkings(all, one), sum)), store.marking);
  return { conversation: row.id, title: row.title, turns: row.turns, updatedAt: row.updated_at, marking: viewMarking(marking) };
}

/** The conversation with the id. Throws case.unknown-conversation. */
export function mustFindConversation(store: CaseStore, id: ConversationId): ConversationRow {
  const row = readConversation(store.read, id);
  if (row === null) throw new AppError('case.unknown-conversation', 'There is no such conversation in this case.', { data: { conversation: id } });
  return row;
}

/** All conversations, the one last used first. */
export function listShownConversations(store: CaseStore): ConversationInfo[] {
  return listConversations(store.read).map((row) => show(store, row));
}

/** A conversation with its turns, oldest first. Throws case.unknown-conversation. */
export function readTurns(store: CaseStore, id: ConversationId): { info: ConversationInfo; turns: Turn[] } {
  const row = mustFindConversation(store, id);
  return { info: show(store, row), turns: listTurns(store.read, id).map((turn) => showTurn(store, turn)) };
}

function showTurn(store: CaseStore, turn: TurnRow): Turn {
  const review = reviewOf(store, turn.id);
  const marking = ownMarking(turn, review);
  return { turn: turn.id, question: turn.question, askedAt: turn.asked_at, answer: turn.answer, marking: marking === null ? null : viewMarking(marking), review, scope: turn.scope, after: turn.after };
}

/** Conversations that hold every word of the text. */
export function searchConversations(store: CaseStore, text: string): ConversationId[] {
  return findConversations(store.read, text.split(/\s+/).filter((word) => word !== '').slice(0, 20));
}

/** The turn that a question goes on from. `asked` undefined: the last one; null: none. Throws case.unknown-turn for one of another conversation. */
export function turnBefore(store: CaseStore, conversation: ConversationId | null, asked: TurnId | null | undefined): TurnId | null {
  if (conversation === null) return null;
  const turns = listTurns(store.read, conversation);
  if (asked === undefined) return turns.at(-1)?.id ?? null;
  if (asked !== null && !turns.some((turn) => turn.id === asked)) throw new AppError('case.unknown-turn', 'There is no such question in this conversation.', { data: { turn: asked } });
  return asked;
}

/** Names a conversation. Throws case.unknown-conversation. */
export function renameConversation(store: CaseStore, id: ConversationId, title: string): ConversationInfo {
  mustFindConversation(store, id);
  audited(
    store,
    (db) => appendOp(store, db, { entity: `conversation:${id}`, kind: 'conversation.named', value: { title } }),
    (op) => ({ action: 'conversation.named', objects: [id, op.id], marking: store.marking }),
  );
  return show(store, mustFindConversation(store, id));
}
