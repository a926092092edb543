import type { ConversationId, Marking, TurnId } from '../../preload/contract/domains/basics.ts';
import { joinMarkings } from '../policy/index.ts';
import { listTurns, type CaseStore } from '../store/index.ts';
import { lookAtTodaysMarks } from './todays-marking.ts';

/** What was asked and answered before, on the branch that a question goes on from. */
export interface EarlierTurn {
  readonly turn: TurnId;
  readonly question: string;
  readonly answer: string;
  /** Of the question, the answer and what it was made from, as these are marked today; a person's lower word does not lower it. */
  readonly marking: Marking;
}

/** Turns that a question may take along. */
const most = 3;

/** The last answered turns up to and with `after`, newest first. A turn without an answer that says something is passed over. */
export async function earlierTurns(store: CaseStore, conversation: ConversationId | null, after: TurnId | null): Promise<EarlierTurn[]> {
  if (conversation === null || after === null) return [];
  const turnById = new Map(listTurns(store.read, conversation).map((turn) => [turn.id, turn]));
  const today = lookAtTodaysMarks(store);
  const out: EarlierTurn[] = [];
  for (let turn = turnById.get(after); turn !== undefined && out.length < most; turn = turn.after === null ? undefined : turnById.get(turn.after)) {
    const { answer, question, marking } = turn;
    if (answer === null || answer.state !== 'answered' || answer.sentences.length === 0) continue;
    const standing = await today.of(turn);
    out.push({ turn: turn.id, question, answer: answer.sentences.map(({ text }) => text).join(' '), marking: joinMarkings(standing, marking ?? standing) });
  }
  return out;
}
