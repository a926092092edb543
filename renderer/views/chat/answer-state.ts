/** What is said about an answer that is not simply an answer. */
import type { Answer, AnswerState } from '../../../preload/contract/domains/chat.ts';
import { count, counted } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';

/** A strip above the answer: what happened and what it means. */
export interface StateWords {
  readonly kind: 'info' | 'warn' | 'danger';
  readonly said: string;
  readonly meaning: string;
}

function leftOver(hasText: boolean): string {
  return hasText ? 'What came before that stands below and is not complete.' : 'Nothing came before that.';
}

/** The words for a state; null for an answer that is complete. */
export function stateWords(answer: Pick<Answer, 'state' | 'model' | 'fault' | 'sentences' | 'exhaustive'>): StateWords | null {
  const name = visibleLine(answer.model.name);
  const rest = leftOver(answer.sentences.length > 0);
  switch (answer.state) {
    case 'answered': return null;
    case 'no-support':
      if (answer.exhaustive !== undefined) return { kind: 'warn', said: 'Nothing was looked at, so nothing was counted.', meaning: '' };
      return { kind: 'info', said: 'Nothing in this case supports an answer.', meaning: answer.sentences.length > 0 ? 'What is below was found nearest.' : '' };
    case 'truncated': return { kind: 'warn', said: `This answer is not complete: the connection to ${name} ended too early.`, meaning: rest };
    case 'cut': return { kind: 'warn', said: `This answer is not complete: ${name} reached the longest answer it may write.`, meaning: rest };
    case 'filtered': return { kind: 'warn', said: `${name} held this answer back by its own content filter.`, meaning: rest };
    case 'error': return { kind: 'danger', said: `${name} failed while it answered.`, meaning: [answer.fault === null ? '' : visibleLine(answer.fault), rest].filter(Boolean).join(' ') };
    case 'cancelled': return { kind: 'info', said: 'You stopped this answer.', meaning: rest };
  }
}

/** True for a state whose text, if any, is only the beginning of one. */
export function isCutShort(state: AnswerState): boolean {
  return state === 'truncated' || state === 'cut' || state === 'filtered' || state === 'error' || state === 'cancelled';
}

/** "412 of 430 documents read for this question, 9 passed over, 9 without text, 1,596 sentences weighed." The documents add up. */
export function coverageWords({ documents, read, withoutText, passages, found = passages }: Answer['coverage'], kind: Answer['model']['kind']): string {
  const parts = [`${count(read)} of ${counted(documents, 'document')} read for this question`];
  const passedOver = documents - read - withoutText;
  if (passedOver > 0) parts.push(`${count(passedOver)} passed over`);
  if (withoutText > 0) parts.push(`${count(withoutText)} without text`);
  parts.push(kind === 'extractive' ? `${counted(passages, 'sentence')} weighed` : `${found > passages ? `${count(passages)} of ` : ''}${counted(Math.max(found, passages), 'passage')} given`);
  return `${parts.join(', ')}.`;
}

/** What wrote the answer. */
export function writerWords({ kind, name, model }: Answer['model']): string {
  return kind === 'extractive' ? 'Extractive reader, no model · quotes only' : `${visibleLine(model ?? 'A model')} at ${visibleLine(name)}, model-written`;
}
