/** What a question leans on of the conversation before it: "And when?" is looked for with the words of the question that it goes on from. */
import type { ConversationId, Marking, TurnId } from '../../preload/contract/domains/basics.ts';
import { dominates, joinMarkings } from '../policy/index.ts';
import { listTurns, type CaseStore, type TurnRow } from '../store/index.ts';
import { asksOfPerson, questionsToReadWith, type Leaning } from './reader/index.ts';
import { lookAtTodaysMarks } from './todays-marking.ts';

/** Earlier turns with what is looked for because of them; all empty, and no marking, for a question that stands alone. */
export interface LeansOn {
  readonly leaning: Leaning;
  /** Oldest first. */
  readonly turns: readonly TurnId[];
  /** Of all of them, as they are marked today. */
  readonly marking: Marking | null;
  /** Turns that it would lean on, and that are above the ceiling. */
  readonly above: readonly TurnId[];
}

/** How far back the question that says what it is all about may stand. */
const mostTurns = 6;
/** Sentences of an answer that may say who is meant by "he". */
const namingSentences = 2;

const onNothing: LeansOn = { leaning: { questions: [], answered: '' }, turns: [], marking: null, above: [] };

/** What a question leans on. With a ceiling, nothing above it: not even the choice of passages may tell of that. */
export async function leaningOf(store: CaseStore, question: string, { conversation, after, ceiling }: { readonly conversation: ConversationId | null; readonly after: TurnId | null; readonly ceiling: Marking | null }): Promise<LeansOn> {
  if (conversation === null || after === null) return onNothing;
  const turnById = new Map(listTurns(store.read, conversation).map((turn) => [turn.id, turn]));
  const earlier: TurnRow[] = [];
  for (let turn = turnById.get(after); turn !== undefined && earlier.length < mostTurns; turn = turn.after === null ? undefined : turnById.get(turn.after)) earlier.push(turn);
  const turns = questionsToReadWith(question, earlier);
  const last = turns.at(-1);
  if (last === undefined) return onNothing;
  const today = lookAtTodaysMarks(store);
  let sum: Marking | null = null;
  for (const turn of turns) {
    const standing = await today.of(turn);
    const marking = joinMarkings(standing, turn.marking ?? standing);
    sum = sum === null ? marking : joinMarkings(sum, marking);
  }
  const ids = turns.map(({ id }) => id);
  if (sum === null || (ceiling !== null && !dominates(ceiling, sum))) return { ...onNothing, above: ids };
  const answered = asksOfPerson(question) && last.answer?.state === 'answered' ? last.answer.sentences.slice(0, namingSentences).map(({ text }) => text).join(' ') : '';
  return { leaning: { questions: turns.map((turn) => turn.question), answered }, turns: ids, marking: sum, above: [] };
}
