/** Who wrote an answer and where it stands with people, in words: under it, and behind whatever is copied out of it. */
import type { Answer, AnswerReview, Citation, Turn } from '../../../preload/contract/domains/chat.ts';
import { count, counted, dayAndMinute } from '../../lib/format.ts';
import { visibleLine, visibleText } from '../../lib/visible-text.ts';

/** "Edited by Analyst, 3 May 12:30: 1 of 4 sentences. Accepted by nobody." */
export function reviewWords({ edit, accepted }: AnswerReview): string {
  const by = accepted === null ? null : `Accepted by ${visibleLine(accepted.by)}, ${dayAndMinute(accepted.at)}`;
  if (edit === null) return by === null ? 'Raw: nobody has accepted or edited it.' : `${by}, as it was written.`;
  const edited = edit.sentences.filter(({ isEdited }) => isEdited).length;
  return `Edited by ${visibleLine(edit.by)}, ${dayAndMinute(edit.at)}: ${count(edited)} of ${counted(edit.sentences.length, 'sentence')}. ${by ?? 'Accepted by nobody'}.`;
}

/** Who wrote an answer, with the model and its endpoint where one did. */
function writerOf({ model: { kind, name, model }, exhaustive }: Pick<Answer, 'model' | 'exhaustive'>): string {
  const at = `${visibleLine(model ?? 'a model')} at ${visibleLine(name)}`;
  switch (exhaustive?.plan.kind) {
    case 'query': return 'Counted by query over every document, no model';
    case 'table': return 'Computed from the rows of a table, no model';
    case 'model': return `Read document by document by ${at}, counted by this program`;
    case undefined: return kind === 'extractive' ? 'Quoted from documents by the extractive reader, no model' : `Written by ${at}`;
  }
}

/** Documents that a copy names as its sources. */
const mostSources = 20;

/** "Sources: [1, 3] letters/a.txt, page 2; [2] notes.txt." Empty where nothing is cited. */
function sourceWords(citations: readonly Citation[]): string {
  const numbersByPath = new Map<string, number[]>();
  for (const { number, path, page } of citations) {
    const place = `${visibleLine(path)}${page === null ? '' : `, page ${page}`}`;
    numbersByPath.set(place, [...numbersByPath.get(place) ?? [], number]);
  }
  const all = [...numbersByPath].map(([place, numbers]) => `[${numbers.join(', ')}] ${place}`);
  return all.length === 0 ? '' : `Sources: ${all.slice(0, mostSources).join('; ')}${all.length > mostSources ? `; and ${count(all.length - mostSources)} more` : ''}.`;
}

/** What goes along with every copy: the marking and what it rolls up to, who wrote it, with which prompt, its state, and its sources where they are not listed. */
export function provenanceWords({ answer, askedAt, marking, review, prompt }: Pick<Turn, 'askedAt' | 'marking' | 'review' | 'prompt'> & { readonly answer: Answer }, isListed = false): string {
  const rollUp = (review?.edit?.marking ?? answer.marking).banner;
  const whole = answer.state === 'answered' || answer.state === 'no-support' ? '' : 'Not complete.';
  return [
    `${(marking ?? { banner: rollUp }).banner}.`,
    marking === null || marking.banner === rollUp ? '' : `Rolls up to ${rollUp}; a person marked it.`,
    `${writerOf(answer)}, ${dayAndMinute(askedAt)}${prompt === null ? '' : `, prompt ${prompt}`}.`,
    whole, `State ${review?.state ?? 'raw'}.`, review === null ? '' : reviewWords(review),
    isListed ? '' : sourceWords((review?.edit ?? answer).citations),
  ].filter((part) => part !== '').join(' ');
}

/** An answer as text: its words, its citations with their places, and where it comes from. */
export function answerText(turn: Turn & { readonly answer: Answer }): string {
  const { sentences, citations } = turn.review?.edit ?? turn.answer;
  const said = sentences.map(({ text, citations: numbers }) => `${visibleText(text)}${numbers.map((number) => ` [${number}]`).join('')}`).join(' ');
  const listed = citations.map(({ number, quote, path, page, portion }) => `[${number}] ${portion} “${visibleLine(quote)}” ${visibleLine(path)}${page === null ? '' : `, page ${page}`}`);
  return [said, ...listed, provenanceWords(turn, true)].join('\n\n');
}
