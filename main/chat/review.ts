/**
 * What people make of an answer: they edit its text and they accept it, each an op. The original stays as the model wrote it. What was
 * edited is checked against the case again; an acceptance is of one text, and ends when that text is no longer the one that stands.
 */
import type { Marking, OpId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Answer, AnswerEdit, AnswerReview, Citation, EditedSentence } from '../../preload/contract/domains/chat.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { writtenOut } from '../base/written-out.ts';
import { dominates, joinMarkings, viewMarking } from '../policy/index.ts';
import { appendOp, readHeads, readTurn, type CaseStore, type Op, type TurnRow } from '../store/index.ts';
import { cite } from './answer-draft.ts';
import { claimsNothing, rarityIn, readClaim, type CheckedSentence } from './check/index.ts';
import { blocksOf, withoutSigns } from './answer-blocks.ts';
import { sentencesOf } from './model-answer.ts';
import type { CaseReader } from './reader/index.ts';
import { rememberMarks } from './span-marks.ts';

const nameOf = (store: CaseStore, actor: string): string => (actor === store.actor.person.id ? store.actor.person.name : actor);

/** Where an answer stands; null while there is none. */
export function reviewOf(store: CaseStore, turn: TurnId): AnswerReview | null {
  const entity = `turn:${turn}`;
  const [answered] = readHeads(store.read, entity, 'turn.answered');
  if (answered === undefined) return null;
  const [edited] = readHeads(store.read, entity, 'turn.edited');
  const edit = edited === undefined || edited.value.edit === null ? null : { ...edited.value.edit, by: nameOf(store, edited.actor), at: edited.atMs };
  const of = edit === null ? answered.op : edited?.op ?? answered.op;
  const acceptance = readHeads(store.read, entity, 'turn.accepted').find(({ value }) => value.of === of);
  const accepted = acceptance === undefined ? null : { by: nameOf(store, acceptance.actor), at: acceptance.atMs };
  return { state: accepted !== null ? 'accepted' : edit !== null ? 'edited' : 'raw', of, edit, accepted };
}

/** What an answer is marked by people; null where its roll-up stands. An edit that brought in more than the person knew of, `agreed`, raises it. */
export function ownMarking(turn: TurnRow, review: AnswerReview | null, agreed: Marking): Marking | null {
  if (turn.marking === null || turn.answer === null || review === null || review.edit === null) return turn.marking;
  const added = review.edit.marking.marking;
  return dominates(agreed, added) ? turn.marking : joinMarkings(turn.marking, added);
}

/** An answer that may be looked through by people, and the text that stands. Throws case.unknown-turn, or case.answer-changed when another text stands than the one that was shown. */
function mustBeShown(store: CaseStore, id: TurnId, of: OpId): { readonly answer: Answer; readonly review: AnswerReview } {
  const answer = readTurn(store.read, id)?.answer ?? null;
  const review = reviewOf(store, id);
  if (answer === null || review === null) throw new AppError('case.unknown-turn', 'There is no such answer in this case.', { data: { turn: id } });
  if (review.of !== of) throw new AppError('case.answer-changed', 'This answer has changed since it was shown. Look at it again.', { data: { turn: id } });
  return { answer, review };
}

/** Keeps a person's text of an answer, checked against the whole case; null goes back to the original. Throws case.unknown-turn, case.answer-changed, or the signal's reason. */
export async function editAnswer({ store, reader }: { readonly store: CaseStore; readonly reader: CaseReader }, asked: { readonly turn: TurnId; readonly of: OpId; readonly text: string | null }, signal: AbortSignal): Promise<Op> {
  const { turn, of, text } = asked;
  const { answer } = mustBeShown(store, turn, of);
  const edit = text === null ? null : await checkEdit(store, reader, answer, text, signal);
  mustBeShown(store, turn, of); // checking took a while
  const marking = edit?.marking ?? answer.marking;
  return audited(
    store,
    (db) => appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.edited', value: { of, edit }, marking: marking.marking }),
    (op) => ({ action: 'turn.edited', objects: [turn, op.id, of], marking: marking.banner, detail: { sentences: edit?.sentences.length ?? 0, edited: edit?.sentences.filter(({ isEdited }) => isEdited).length ?? 0, isOriginal: edit === null } }),
  ).result;
}

/** Keeps that a person accepts the text that stands, or takes it back. Throws case.unknown-turn or case.answer-changed. */
export function acceptAnswer(store: CaseStore, asked: { readonly turn: TurnId; readonly of: OpId; readonly isAccepted: boolean }): Op {
  const { turn, of, isAccepted } = asked;
  const { answer, review } = mustBeShown(store, turn, of);
  const marking = review.edit?.marking ?? answer.marking;
  return audited(
    store,
    (db) => appendOp(store, db, { entity: `turn:${turn}`, kind: 'turn.accepted', value: { of: isAccepted ? of : null }, marking: marking.marking }),
    (op) => ({ action: isAccepted ? 'turn.accepted' : 'turn.acceptance-taken-back', objects: [turn, op.id, of], marking: marking.banner }),
  ).result;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** As the editor has it: what is hidden is written out there. */
const asEdited = (text: string): string => oneLine(writtenOut(text));

/** A text's sentences: those of the original as they were, the others with what the case says of them. Numbers of citations stay. */
async function checkEdit(store: CaseStore, reader: CaseReader, answer: Answer, text: string, signal: AbortSignal): Promise<AnswerEdit> {
  const originals = new Map(answer.sentences.map((sentence) => [asEdited(sentence.text), sentence]));
  const written = blocksOf(text).flatMap(({ text: own, kind, depth, ordinal }, index) => {
    const block = { index, kind, depth, ordinal };
    if (kind === 'code' || kind === 'row') return [{ text: own, block }];
    return sentencesOf(own).map(({ start, end }) => ({ text: oneLine(own.slice(start, end)), block }));
  });
  const rarity = rarityIn(store.read);
  const silent = new Set(written.filter(({ text: own, block }) => claimsNothing(readClaim(withoutSigns(own), rarity), block.kind)));
  const changed = written.filter((sentence) => !originals.has(asEdited(sentence.text)) && !silent.has(sentence));
  const checked = changed.length === 0 ? [] : await reader.check(changed.map((sentence) => withoutSigns(sentence.text)), { scope: null, signal });
  const wordBySentence = new Map(changed.map((sentence, index) => [sentence, checked[index]]));
  const citations = [...answer.citations];
  let marking = answer.marking.marking;
  const marksOf = rememberMarks(store);
  const numberOf = (quote: CheckedSentence['quotes'][number]): number[] => {
    const known = citations.find(({ documentNumber, start, end }) => documentNumber === quote.document && start === quote.start && end === quote.end);
    if (known !== undefined) return [known.number];
    const [made] = cite(store, quote, nextNumber(citations), marksOf);
    if (made === undefined) return [];
    citations.push(made.citation);
    marking = joinMarkings(marking, made.marking);
    return [made.citation.number];
  };
  const sentences = written.map((sentence): EditedSentence => {
    const original = originals.get(asEdited(sentence.text));
    if (original !== undefined) return { ...original, block: sentence.block, isEdited: false };
    if (silent.has(sentence)) return { text: sentence.text, block: sentence.block, support: 'uncited', citations: [], missing: null, nearest: null, isClaim: false, isEdited: true };
    const word = wordBySentence.get(sentence);
    const numbers = word?.quotes.slice(0, shownQuotes).flatMap(numberOf) ?? [];
    const support = word?.support ?? 'unsupported';
    return { text: sentence.text, block: sentence.block, support, citations: support === 'unsupported' ? [] : [...new Set(numbers)], missing: word?.missing ?? null, nearest: support === 'unsupported' ? numbers[0] ?? null : null, isEdited: true };
  });
  const used = new Set(sentences.flatMap(({ citations: numbers, nearest }) => (nearest === null ? numbers : [...numbers, nearest])));
  return { sentences, citations: citations.filter(({ number }) => used.has(number)), marking: viewMarking(marking) };
}

/** Quotes of one edited sentence that are shown. */
const shownQuotes = 3;

const nextNumber = (citations: readonly Citation[]): number => citations.reduce((most, { number }) => Math.max(most, number), 0) + 1;
