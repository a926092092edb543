import type { ReactElement } from 'react';
import CheckCheck from 'lucide-react/icons/check-check';
import Pencil from 'lucide-react/icons/pencil';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { Button, Icon, Text } from '../../ui/index.ts';
import { reviewWords } from './answer-provenance.ts';
import css from './answer-review.module.css';
import { type AnsweredTurn, backToOriginal, beginEdit, saysSomething, toggleAccepted } from './review-answer.ts';

/** Props of AnswerReviewLine. `onToggleOriginal` is null while there is nothing but the original. */
export interface AnswerReviewLineProps {
  case: CaseId;
  turn: AnsweredTurn;
  isOriginalShown: boolean;
  onToggleOriginal: (() => void) | null;
}

/** Where an answer stands with people, and what a person can do about it. */
export function AnswerReviewLine({ case: caseId, turn, isOriginalShown, onToggleOriginal }: AnswerReviewLineProps): ReactElement {
  const { review } = turn;
  const isAccepted = review.accepted !== null;
  return (
    <div className={css.review} role="group" aria-label="State of the answer">
      <Text size="small" tone={isAccepted ? 'ok' : 3}><Icon glyph={isAccepted ? CheckCheck : Pencil} size={14} /> {reviewWords(review)}</Text>
      <span className={css.actions}>
        {(isAccepted || saysSomething(turn)) && <Button size="sm" variant={isAccepted ? 'ghost' : 'default'} onPress={() => void toggleAccepted(caseId, turn)}>{isAccepted ? 'Take back' : 'Accept answer'}</Button>}
        <Button size="sm" variant="ghost" onPress={() => beginEdit(turn)}>Edit</Button>
        {onToggleOriginal !== null && <Button size="sm" variant="ghost" onPress={onToggleOriginal}>{isOriginalShown ? 'Show the edit' : 'Show the original'}</Button>}
        {onToggleOriginal !== null && isOriginalShown && <Button size="sm" variant="ghost" onPress={() => void backToOriginal(caseId, turn.turn, review)}>Let the original stand</Button>}
      </span>
    </div>
  );
}
