import { type ReactElement, useState } from 'react';
import type { CaseId, OpId } from '../../preload/contract/domains/basics.ts';
import type { BulkSending } from '../../preload/contract/domains/bulk.ts';
import { Button, DetailList, Dialog, Handling, LinkButton, Notice, Skeleton } from '../ui/index.ts';
import { count, counted, dayAndMinute } from './format.ts';
import { useOnScreen } from './on-screen.ts';
import { useRoute } from './queries.ts';
import css from './sent-text.module.css';
import { Replaced, SentText } from './sent-text.tsx';
import { visibleLine } from './visible-text.ts';

/** What one request of bulk work sent, word for word, what it was made with, and the tries before it. */
export function BulkSendingDialog({ case: caseId, sending: first, onClose }: { case: CaseId; sending: OpId; onClose: () => void }): ReactElement {
  const [shown, setShown] = useState(first);
  const { data, error, isPending, refetch } = useRoute('bulk.sending', { case: caseId, sending: shown });
  useOnScreen(data === undefined ? null : [data.rollUp, data.marking]);
  return (
    <Dialog isOpen onClose={onClose} size="lg" title="What was sent" {...(data !== undefined && { aside: `${visibleLine(data.endpoint)}${data.host === null ? '' : ` · ${data.host}`}` })} footer={<Button size="lg" variant="primary" autoFocus onPress={onClose}>Close</Button>}>
      {error !== null && <Notice kind="danger" live="alert" meaning={error.message} action={<Button size="sm" onPress={() => { void refetch(); }}>Try again</Button>}>What was sent could not be read.</Notice>}
      {isPending && <Skeleton label="Reading what was sent" />}
      {data !== undefined && !data.isAsSent && <Notice kind="danger" live="alert" meaning="They do not give the SHA-256 that was recorded before it left.">These are not the words that were sent.</Notice>}
      {data !== undefined && (
        <div className={css.columns}>
          <SentText messages={data.messages} label="What was sent" titles={{ user: 'What is asked, and the text' }} more={moreOf(data)} />
          <div className={css.facts}>
            <DetailList size="small" details={factsOf(data)} />
            {data.before[0] !== undefined && <p className={css.tries}>{counted(data.before.length, 'try', 'tries')} before this one. <LinkButton onPress={() => setShown(data.before[0] ?? shown)}>Show the one before</LinkButton></p>}
            {shown !== first && <p className={css.tries}><LinkButton onPress={() => setShown(first)}>Back to the last</LinkButton></p>}
            <h2 className={css.role}>Personal data</h2>
            <Replaced replaced={data.replaced} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

function moreOf({ schema, batch }: BulkSending): { readonly title: string; readonly text: string }[] {
  return [
    ...(schema === 'null' ? [] : [{ title: 'Form of the answer', text: schema }]),
    ...(batch === null ? [] : [{ title: `Line ${count(batch.line)} of the batch file, as it was written`, text: batch.text }]),
  ];
}

function factsOf({ rollUp, marking, at, model, title, version, documentNumber, documentTitle, start, end, maxTokens, digest, batch }: BulkSending) {
  return [
    { term: 'Roll-up', value: <Handling text={rollUp.banner} /> },
    ...(marking.banner === rollUp.banner ? [] : [{ term: 'Today', value: <Handling text={marking.banner} /> }]),
    { term: batch === null ? 'Sent' : 'Written', value: dayAndMinute(at) },
    { term: 'Model', value: visibleLine(model), isMono: true },
    { term: 'Prompt', value: `${title}, version ${version}` },
    { term: 'Document', value: documentNumber === null ? 'is no longer here' : `#${documentNumber} ${visibleLine(documentTitle)}` },
    { term: 'Text', value: `characters ${count(start)} to ${count(end)}` },
    ...(maxTokens === null ? [] : [{ term: 'Answer', value: `${counted(maxTokens, 'token')} at most` }]),
    ...(batch === null ? [] : [{ term: 'File', value: `${batch.name}, line ${count(batch.line)}` }]),
    { term: 'SHA-256', value: `${digest.slice(0, 8)} … ${digest.slice(-6)}`, isMono: true },
  ];
}
