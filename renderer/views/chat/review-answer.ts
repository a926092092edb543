/** A person's word on an answer: editing its text, accepting it, taking both back. */
import type { CaseId, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, AnswerReview, Turn } from '../../../preload/contract/domains/chat.ts';
import { call } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { queryClient } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';
import { visibleText } from '../../lib/visible-text.ts';
import { useChatState } from './chat-state.ts';

/** A turn that has an answer, and with it a place among people. */
export type AnsweredTurn = Turn & { readonly answer: Answer; readonly review: AnswerReview };

export const isAnswered = (turn: Turn | undefined): turn is AnsweredTurn => turn !== undefined && turn.answer !== null && turn.review !== null;

/** True for an answer that says something: only that may be accepted. */
export const saysSomething = ({ answer, review }: AnsweredTurn): boolean => (review.edit ?? answer).sentences.length > 0;

/** True where a person has something to accept, to edit or to take back. */
export const hasReview = (turn: AnsweredTurn): boolean => saysSomething(turn) || turn.review.edit !== null || turn.review.accepted !== null;

async function refresh(): Promise<void> {
  await Promise.all((['chat.turns', 'chat.conversations'] as const).map((route) => queryClient.invalidateQueries({ queryKey: [route] })));
}

/** Accepts the text that stands, or takes the acceptance back. A failure is said. */
export async function toggleAccepted(caseId: CaseId, { turn, review }: AnsweredTurn): Promise<void> {
  try {
    await call('chat.accept-answer', { case: caseId, turn, of: review.of, isAccepted: review.accepted === null });
  } catch (error) {
    toasts.show({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
  }
  await refresh();
}

/** The text that stands, as it is edited: blocks by empty lines, points with their signs, hidden characters written out. */
export function textToEdit({ answer, review }: AnsweredTurn): string {
  const { sentences } = review.edit ?? answer;
  let text = '';
  let index: number | null = null;
  for (const { text: own, block } of sentences) {
    const isNext = text !== '' && index !== (block?.index ?? -1);
    index = block?.index ?? -1;
    text += text === '' ? '' : isNext ? block?.kind === 'item' || block?.kind === 'row' ? '\n' : '\n\n' : ' ';
    if (block !== undefined && (isNext || text === '')) text += block.kind === 'item' ? `${'  '.repeat(block.depth)}${block.ordinal || '-'} ` : block.kind === 'heading' ? `${'#'.repeat(block.depth)} ` : block.kind === 'quote' ? '> ' : '';
    text += block?.kind === 'code' ? `\`\`\`\n${own}\n\`\`\`` : own;
  }
  return visibleText(text);
}

/** Opens the editor on an answer. */
export function beginEdit(turn: AnsweredTurn): void {
  useChatState.setState({ editing: { turn: turn.turn, of: turn.review.of, text: textToEdit(turn), isSaving: false, fault: null } });
}

/** Closes the editor; what was typed is gone. */
export function endEdit(): void {
  useChatState.setState({ editing: null });
}

/** Keeps what is in the editor. It stays open, with the reason, when that fails. */
export async function saveEdit(caseId: CaseId): Promise<void> {
  const { editing } = useChatState.getState();
  if (editing === null || editing.isSaving || editing.text.trim() === '') return;
  useChatState.setState({ editing: { ...editing, isSaving: true, fault: null } });
  try {
    await call('chat.edit-answer', { case: caseId, turn: editing.turn, of: editing.of, text: editing.text });
    await refresh();
    if (useNavigation.getState().case === caseId) endEdit();
  } catch (error) {
    if (useNavigation.getState().case === caseId) useChatState.setState({ editing: { ...editing, fault: error instanceof Error ? error.message : String(error) } });
  }
}

/** Lets the original stand again. A failure is said. */
export async function backToOriginal(caseId: CaseId, turn: TurnId, { of }: AnswerReview): Promise<void> {
  try {
    await call('chat.edit-answer', { case: caseId, turn, of, text: null });
  } catch (error) {
    toasts.show({ text: error instanceof Error ? error.message : String(error), tone: 'danger' });
  }
  await refresh();
}
