import type { ConversationId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Answer, ConversationInfo, Turn } from '../../preload/contract/domains/chat.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { dominates, joinMarkings, viewMarking } from '../policy/index.ts';
import { appendOp, findConversations, listConversations, listTurns, readConversation, type CaseStore, type ConversationRow, type TurnRow } from '../store/index.ts';
import { ownMarking, reviewOf } from './review.ts';
import { lookAtTodaysMarks, type TodaysMarkings } from './todays-marking.ts';

/** A conversation as lists show it; its marking is the roll-up of its answers as they were kept and of what people marked them, at least the case's: an answer's quotes stay what they are. */
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

/** Items of a long list that are looked at for the marking an answer is shown with: whoever hands it on has all of them looked at. */
const shownItems = 1000;

/** A conversation with its turns, oldest first, marked as what they rest on is marked today. Throws case.unknown-conversation. */
export async function readTurns(store: CaseStore, id: ConversationId, mostItems = shownItems): Promise<{ info: ConversationInfo; turns: Turn[] }> {
  const row = mustFindConversation(store, id);
  const today = lookAtTodaysMarks(store);
  const turns: Turn[] = [];
  for (const turn of listTurns(store.read, id)) turns.push(await showTurn(store, turn, today, mostItems));
  const info = show(store, row);
  const markings = turns.flatMap(({ answer, marking, review }) => [answer?.marking, marking, review?.edit?.marking].flatMap((view) => (view === null || view === undefined ? [] : [view.marking])));
  return { info: { ...info, marking: viewMarking(markings.reduce((sum, one) => joinMarkings(sum, one), info.marking.marking)) }, turns };
}

/** What a person marked an answer stands while nothing that it rests on was raised since; then it is raised with it. */
async function showTurn(store: CaseStore, turn: TurnRow, today: TodaysMarkings, mostItems: number): Promise<Turn> {
  const review = reviewOf(store, turn.id);
  const shown = { turn: turn.id, question: turn.question, askedAt: turn.asked_at, scope: turn.scope, after: turn.after };
  const own = ownMarking(turn, review);
  if (turn.answer === null) return { ...shown, answer: null, marking: own === null ? null : viewMarking(own), review };
  const rollUp = await today.of(turn, mostItems);
  const withPortions = (citations: Answer['citations']): Answer['citations'] => citations.map((citation) => ({ ...citation, portion: today.portionOf(citation) }));
  const { edit = null } = review ?? {};
  const editRollUp = edit === null ? rollUp : joinMarkings(joinMarkings(rollUp, edit.marking.marking), today.ofCitations(edit.citations) ?? rollUp);
  const kept = edit === null ? turn.answer.marking.marking : joinMarkings(turn.answer.marking.marking, edit.marking.marking);
  const marking = own === null || dominates(kept, editRollUp) ? own : joinMarkings(own, editRollUp);
  return {
    ...shown, marking: marking === null ? null : viewMarking(marking),
    answer: { ...turn.answer, citations: withPortions(turn.answer.citations), marking: viewMarking(rollUp) },
    review: review === null || edit === null ? review : { ...review, edit: { ...edit, citations: withPortions(edit.citations), marking: viewMarking(editRollUp) } },
  };
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
