import type { ReactElement } from 'react';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Copy from 'lucide-react/icons/copy';
import CornerDownRight from 'lucide-react/icons/corner-down-right';
import Pencil from 'lucide-react/icons/pencil';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import SquarePen from 'lucide-react/icons/square-pen';
import { count } from '../../lib/format.ts';
import { copyText } from '../../lib/reader/copy-text.ts';
import { IconButton, MoreMenu, Text } from '../../ui/index.ts';
import { answerText } from './answer-provenance.ts';
import type { PathTurn } from './branches.ts';
import { chooseBranch, goOnFrom, putBack, useChatState } from './chat-state.ts';
import { beginEdit, hasReview, isAnswered } from './review-answer.ts';
import css from './thread.module.css';
import { Visible } from '../../lib/visible.tsx';

/** Props of TurnHead. */
export interface TurnHeadProps {
  readonly at: PathTurn;
  /** Sends what is in the composer. */
  readonly onSend: () => void;
  /** Goes to the composer. */
  readonly onWrite: () => void;
}

/** A menu that closes gives the focus back to its button first. */
function afterMenu(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}

/** A question, the branches beside it, and what can be done with it. */
export function TurnHead({ at: { turn, branches }, onSend, onWrite }: TurnHeadProps): ReactElement {
  const isAsking = useChatState((state) => state.asking !== null);
  const index = branches.indexOf(turn.turn);
  const step = (by: 1 | -1): void => {
    const next = branches[index + by];
    if (next !== undefined) chooseBranch(turn.after, next);
  };
  const again = (): void => {
    useChatState.setState({ draft: turn.question });
    goOnFrom(turn.after);
    onSend();
  };
  const edit = (): void => {
    putBack(turn.question);
    goOnFrom(turn.after);
    afterMenu(onWrite);
  };
  const goOn = (): void => {
    goOnFrom(turn.turn);
    afterMenu(onWrite);
  };
  return (
    <div className={css.head}>
      <h3 className={css.question}><Visible text={turn.question} /></h3>
      {branches.length > 1 && (
        <span className={css.branches}>
          <IconButton size="sm" label="Previous branch" icon={ChevronLeft} isDisabled={index === 0} onPress={() => step(-1)} />
          <Text size="small" tone={3} isNumeric>{count(index + 1)} of {count(branches.length)}</Text>
          <IconButton size="sm" label="Next branch" icon={ChevronRight} isDisabled={index === branches.length - 1} onPress={() => step(1)} />
        </span>
      )}
      <MoreMenu label="More about this question" size="sm" groups={[{
        id: 'turn',
        entries: [
          { id: 'again', text: 'Ask again', icon: RefreshCw, isDisabled: isAsking, run: again },
          { id: 'edit', text: 'Edit the question', icon: Pencil, run: edit },
          { id: 'go-on', text: 'Go on from here', icon: CornerDownRight, run: goOn },
          ...(isAnswered(turn) ? [
            { id: 'copy', text: 'Copy the answer with its sources', icon: Copy, run: () => copyText(answerText(turn), 'Answer') },
            ...(hasReview(turn) ? [{ id: 'edit-answer', text: 'Edit the answer', icon: SquarePen, run: () => beginEdit(turn) }] : []),
          ] : []),
        ],
      }]} />
    </div>
  );
}
