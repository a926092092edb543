import type { ConversationId, Marking, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Answer, AnswerReview, ConversationInfo, Turn } from '../../preload/contract/domains/chat.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { dominates, joinMarkings, viewMarking } from '../policy/index.ts';
import { appendOp, findConversations, listConversations, listTurns, readBulkRun, readConversation, readHeads, readPromptVersion, readTurn, type CaseStore, type ConversationRow, type TurnRow } from '../store/index.ts';
import { createPacer } from './exhaustive/list-items.ts';
import { ownMarking, reviewOf } from './review.ts';
import { lookAtTodaysMarks, type TodaysMarkings } from './todays-marking.ts';

/** Items of a long list that are looked at for the marking an answer is shown with: whoever hands it on has all of them looked at. */
const shownItems = 1000;

/** A conversation as lists show it; its marking is the roll-up of its answers as they are marked today and of what people marked them, at least the case's. A person's lower word does not lower it: the quotes are in it. */
async function show(store: CaseStore, row: ConversationRow, today: TodaysMarkings, mostItems = shownItems): Promise<ConversationInfo> {
  let marking = store.marking;
  for (const turn of listTurns(store.read, row.id)) {
    if (turn.answer === null) continue;
    marking = joinMarkings(marking, await rollUpToday(turn, reviewOf(store, turn.id), today, mostItems));
    if (turn.marking !== null) marking = joinMarkings(marking, turn.marking);
  }
  return { conversation: row.id, title: row.title, turns: row.turns, updatedAt: row.updated_at, marking: viewMarking(marking) };
}

/** What an answered turn rolls up to today, with what a person made of it. */
async function rollUpToday(turn: TurnRow, review: AnswerReview | null, today: TodaysMarkings, mostItems: number): Promise<Marking> {
  const rollUp = await today.of(turn, mostItems);
  const edit = review?.edit ?? null;
  return edit === null ? rollUp : joinMarkings(joinMarkings(rollUp, edit.marking.marking), today.ofCitations(edit.citations) ?? rollUp);
}

/** Which prompt an answer's model was asked with; null where no model was. */
export function promptOf(store: CaseStore, turn: TurnId, answer: Answer | null): string | null {
  const run = answer?.exhaustive?.run;
  const spec = run === undefined ? undefined : readBulkRun(store.read, run)?.spec;
  if (spec !== undefined) return `${spec.kind} version ${spec.version}`;
  const version = readPromptVersion(store.read, turn);
  return version === null ? null : `version ${version}`;
}

/** What an answer rolls up to today, as it is shown with it. Throws case.unknown-turn. */
export async function rollUpOfTurn(store: CaseStore, id: TurnId): Promise<Marking> {
  const turn = readTurn(store.read, id);
  if (turn === null || turn.answer === null) throw new AppError('case.unknown-turn', 'There is no such answer in this case.', { data: { turn: id } });
  return rollUpToday(turn, reviewOf(store, id), lookAtTodaysMarks(store), shownItems);
}

/** The conversation with the id. Throws case.unknown-conversation. */
export function mustFindConversation(store: CaseStore, id: ConversationId): ConversationRow {
  const row = readConversation(store.read, id);
  if (row === null) throw new AppError('case.unknown-conversation', 'There is no such conversation in this case.', { data: { conversation: id } });
  return row;
}

/** All conversations, the one last used first. */
export async function listShownConversations(store: CaseStore): Promise<ConversationInfo[]> {
  const today = lookAtTodaysMarks(store);
  const shown: ConversationInfo[] = [];
  const pace = createPacer();
  for (const row of listConversations(store.read)) {
    shown.push(await show(store, row, today));
    await pace();
  }
  return shown;
}

/** A conversation with its turns, oldest first, marked as what they rest on is marked today. Throws case.unknown-conversation. */
export async function readTurns(store: CaseStore, id: ConversationId, mostItems = shownItems): Promise<{ info: ConversationInfo; turns: Turn[] }> {
  const row = mustFindConversation(store, id);
  const today = lookAtTodaysMarks(store);
  const turns: Turn[] = [];
  for (const turn of listTurns(store.read, id)) turns.push(await showTurn(store, turn, today, mostItems));
  const info = await show(store, row, today, mostItems);
  const markings = turns.flatMap(({ answer, marking, review }) => [answer?.marking, marking, review?.edit?.marking].flatMap((view) => (view === null || view === undefined ? [] : [view.marking])));
  return { info: { ...info, marking: viewMarking(markings.reduce((sum, one) => joinMarkings(sum, one), info.marking.marking)) }, turns };
}

/** What a person marked an answer stands while nothing that it rests on was raised since the person saw it; then it is raised with it. */
async function showTurn(store: CaseStore, turn: TurnRow, today: TodaysMarkings, mostItems: number): Promise<Turn> {
  const review = reviewOf(store, turn.id);
  const shown = { turn: turn.id, question: turn.question, askedAt: turn.asked_at, scope: turn.scope, after: turn.after, prompt: promptOf(store, turn.id, turn.answer) };
  const agreed = readHeads(store.read, `turn:${turn.id}`, 'turn.marked')[0]?.value.rollUp ?? null;
  const own = ownMarking(turn, review, agreed ?? turn.answer?.marking.marking ?? store.marking);
  if (turn.answer === null) return { ...shown, answer: null, marking: own === null ? null : viewMarking(own), review };
  const rollUp = await today.of(turn, mostItems);
  const withPortions = (citations: Answer['citations']): Answer['citations'] => citations.map((citation) => ({ ...citation, portion: today.portionOf(citation) }));
  const { edit = null } = review ?? {};
  const editRollUp = await rollUpToday(turn, review, today, mostItems);
  const kept = agreed ?? (edit === null ? turn.answer.marking.marking : joinMarkings(turn.answer.marking.marking, edit.marking.marking));
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
export async function renameConversation(store: CaseStore, id: ConversationId, title: string): Promise<ConversationInfo> {
  mustFindConversation(store, id);
  audited(
    store,
    (db) => appendOp(store, db, { entity: `conversation:${id}`, kind: 'conversation.named', value: { title } }),
    (op) => ({ action: 'conversation.named', objects: [id, op.id], marking: store.marking }),
  );
  return show(store, mustFindConversation(store, id), lookAtTodaysMarks(store));
}
