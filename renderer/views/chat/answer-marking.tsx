import { type ReactElement, useState } from 'react';
import type { CaseId, MarkingView, TurnId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { MarkDialog } from '../../lib/mark-dialog.tsx';
import { queryClient } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';
import { useVaultFace } from '../../lib/vault-status.ts';
import { Button, Handling } from '../../ui/index.ts';
import css from './answer-marking.module.css';

/** Props of AnswerMarking. `marking` null: nobody has looked at the roll-up yet. */
export interface AnswerMarkingProps {
  readonly case: CaseId;
  readonly turn: TurnId;
  readonly rollUp: MarkingView;
  readonly marking: MarkingView | null;
}

/** An answer's marking: the roll-up of what went in, until a person accepts it or marks the answer otherwise. */
export function AnswerMarking({ case: caseId, turn, rollUp, marking }: AnswerMarkingProps): ReactElement {
  const [isMarking, setMarking] = useState(false);
  const systemHigh = useVaultFace()?.systemHigh ?? null;
  const mark = async (text: string | null, reason: string): Promise<void> => {
    await call('markings.mark-answer', { case: caseId, turn, marking: text, reason });
    await queryClient.invalidateQueries({ queryKey: ['chat.turns'] });
  };
  const accept = (): void => {
    mark(rollUp.banner, 'roll-up accepted').catch((error: unknown) => toasts.show({ text: `Not marked: ${error instanceof Error ? error.message : String(error)}` }));
  };
  return (
    <div className={css.marking}>
      <Handling text={(marking ?? rollUp).banner} />
      {marking === null
        ? <span className={css.actions}><Button size="sm" onPress={accept}>Accept marking</Button><Button size="sm" variant="ghost" onPress={() => setMarking(true)}>Mark otherwise</Button></span>
        : <span className={css.actions}><span className={css.said}>{marking.banner === rollUp.banner ? 'accepted' : `roll-up ${rollUp.banner}`}</span><Button size="sm" variant="ghost" onPress={() => setMarking(true)}>Change</Button></span>}
      {isMarking && (
        <MarkDialog title="Mark the answer" marking={(marking ?? rollUp).banner} within={systemHigh?.marking ?? null} onMark={mark} onClose={() => setMarking(false)}
          {...(marking !== null && { onClear: { text: 'Let the roll-up stand', run: (reason: string) => mark(null, reason) } })}>
          Everything that went into it rolls up to {rollUp.banner}. A lower marking is a person’s word, kept with the reason.
        </MarkDialog>
      )}
    </div>
  );
}
