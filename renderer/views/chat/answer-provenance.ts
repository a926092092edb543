/** Who wrote an answer and where it stands with people, in words: under it, and behind whatever is copied out of it. */
import type { MarkingView } from '../../../preload/contract/domains/basics.ts';
import type { Answer, AnswerReview, Turn } from '../../../preload/contract/domains/chat.ts';
import { count, counted, dayAndMinute } from '../../lib/format.ts';
import { visibleLine, visibleText } from '../../lib/visible-text.ts';

/** "Edited by Analyst, 3 May 12:30: 1 of 4 sentences. Accepted by nobody." */
export function reviewWords({ edit, accepted }: AnswerReview): string {
  const by = accepted === null ? null : `Accepted by ${visibleLine(accepted.by)}, ${dayAndMinute(accepted.at)}`;
  if (edit === null) return by === null ? 'Raw: nobody has accepted or edited it.' : `${by}, as it was written.`;
  const edited = edit.sentences.filter(({ isEdited }) => isEdited).length;
  return `Edited by ${visibleLine(edit.by)}, ${dayAndMinute(edit.at)}: ${count(edited)} of ${counted(edit.sentences.length, 'sentence')}. ${by ?? 'Accepted by nobody'}.`;
}

/** What goes along with every copy: the marking, who wrote it, and its state. */
export function provenanceWords({ answer, askedAt, marking, review }: { readonly answer: Pick<Answer, 'model' | 'marking' | 'state'>; readonly askedAt: number; readonly marking: MarkingView | null; readonly review: AnswerReview | null }): string {
  const { kind, name, model } = answer.model;
  const writer = kind === 'extractive' ? 'Quoted from documents by the extractive reader, no model' : `Written by ${visibleLine(model ?? 'a model')} at ${visibleLine(name)}`;
  const whole = answer.state === 'answered' || answer.state === 'no-support' ? '' : ' Not complete.';
  return `${(marking ?? review?.edit?.marking ?? answer.marking).banner}. ${writer}, ${dayAndMinute(askedAt)}.${whole} State ${review?.state ?? 'raw'}. ${review === null ? '' : reviewWords(review)}`.trim();
}

/** An answer as text: its words, its citations with their places, and where it comes from. */
export function answerText(turn: Turn & { readonly answer: Answer }): string {
  const { sentences, citations } = turn.review?.edit ?? turn.answer;
  const said = sentences.map(({ text, citations: numbers }) => `${visibleText(text)}${numbers.map((number) => ` [${number}]`).join('')}`).join(' ');
  const listed = citations.map(({ number, quote, path, page, portion }) => `[${number}] ${portion} “${visibleLine(quote)}” ${visibleLine(path)}${page === null ? '' : `, page ${page}`}`);
  return [said, ...listed, provenanceWords(turn)].join('\n\n');
}
