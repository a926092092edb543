import type { ReactElement } from 'react';
import type { CaseId, TurnId } from '../../../preload/contract/domains/basics.ts';
import { dayAndMinute } from '../../lib/format.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DetailList, Dialog, Handling, Notice, Skeleton } from '../../ui/index.ts';
import css from '../../lib/sent-text.module.css';
import { Replaced, SentText } from '../../lib/sent-text.tsx';

/** What a question sent to its endpoint, word for word, and what it was made with. */
export function SendingDialog({ case: caseId, turn, onClose }: { case: CaseId; turn: TurnId; onClose: () => void }): ReactElement {
  const answer = useRoute('chat.sending', { case: caseId, turn });
  const sending = answer.data?.sending ?? null;
  useOnScreen(sending === null ? null : [sending.rollUp]);
  return (
    <Dialog isOpen onClose={onClose} size="lg" title="What was sent" {...(sending !== null && { aside: `${visibleLine(sending.endpoint)} · ${sending.host}` })} footer={<Button size="lg" variant="primary" autoFocus onPress={onClose}>Close</Button>}>
      {answer.isError && <Notice kind="danger" meaning={answer.error.message} action={<Button size="sm" onPress={() => { void answer.refetch(); }}>Try again</Button>}>What was sent could not be read.</Notice>}
      {answer.isPending && <Skeleton label="Reading what was sent" />}
      {answer.data !== undefined && sending === null && <Notice kind="info">What this question sent was not kept.</Notice>}
      {sending !== null && (
        <div className={css.columns}>
          <SentText messages={sending.messages} label="What was sent" />
          <div className={css.facts}>
            <DetailList size="small" details={[
              { term: 'Roll-up', value: <Handling text={sending.rollUp.banner} /> },
              { term: 'Sent', value: dayAndMinute(sending.at) },
              { term: 'Model', value: visibleLine(sending.model), isMono: true },
              { term: 'Prompt', value: `version ${sending.promptVersion}` },
              { term: 'SHA-256', value: `${sending.digest.slice(0, 8)} … ${sending.digest.slice(-6)}`, isMono: true },
            ]} />
            <h2 className={css.role}>Personal data</h2>
            <Replaced replaced={sending.replaced} />
          </div>
        </div>
      )}
    </Dialog>
  );
}
