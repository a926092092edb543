import FileText from 'lucide-react/icons/file-text';
import Send from 'lucide-react/icons/send';
import type { OpId } from '../../../preload/contract/domains/basics.ts';
import type { BulkEntry, BulkResult } from '../../../preload/contract/domains/bulk.ts';
import { copyWith } from '../../lib/copy-with.ts';
import { count, dayAndMinute } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DetailList, EmptyPane, Group, GroupHead, MarkingChip, Pane, PaneBody, PaneHead, PaneTitle, Spacer } from '../../ui/index.ts';
import css from './bulk.module.css';
import { proposalWords, resultProvenance } from './run-words.ts';

const checkWords = { verbatim: 'stands there word for word', fuzzy: 'stands there nearly so', 'not-found': 'does not stand in the document' } as const;
const supportWords = { supported: '', partly: 'partly supported', unsupported: 'not supported', uncited: 'no quote' } as const;

/** One result in full: what the model said, each quote with its check, and where it comes from. */
export function ResultPane({ result, onAccept, onShowSent }: { result: BulkResult | null; onAccept: (result: BulkResult) => void; onShowSent: (sending: OpId) => void }) {
  if (result === null) {
    return (
      <Pane label="Result">
        <PaneHead><PaneTitle>Result</PaneTitle></PaneHead>
        <EmptyPane>What was said of a document, with its quotes, is shown here. A quote opens at its place.</EmptyPane>
      </Pane>
    );
  }
  const { answer, sending } = result;
  const proposal = answer?.judged.proposal ?? null;
  const open = (span: { start: number; end: number } | null): void => useNavigation.getState().openDocument({ document: result.document, span }, 'triage');
  return (
    <Pane label={`Result of document ${result.documentNumber}`}>
      <PaneHead><PaneTitle>#{result.documentNumber} {visibleLine(result.title)}</PaneTitle><Spacer /><MarkingChip level={result.marking.tone} text={result.marking.portion} /></PaneHead>
      <PaneBody label="What was said">
        <div onCopy={(event) => copyWith(event, resultProvenance(result))}>
        <Group>
          {answer === null ? <p className={css.said}>{result.reason?.sentence ?? 'Not asked yet.'}</p> : answer.judged.entries.map((entry, index) => <Entry key={index} entry={entry} onOpen={open} />)}
          {proposal !== null && <Button variant="primary" keys={['Enter']} onPress={() => onAccept(result)}>Accept: {proposalWords[proposal]}</Button>}
        </Group>
        <Group>
          <div className={css.ways}>
          <Button isWide align="start" icon={FileText} onPress={() => open(null)}>Show the document in triage</Button>
          {sending !== null && <Button isWide align="start" icon={Send} keys={['W']} onPress={() => onShowSent(sending)}>What was sent</Button>}
          </div>
        </Group>
        {answer !== null && (
          <Group>
            <GroupHead>Where it comes from</GroupHead>
            <DetailList
              details={[
                { term: 'Model', value: answer.model.name },
                { term: 'Endpoint', value: answer.model.endpoint },
                ...(result.answeredAt === null ? [] : [{ term: 'Kept', value: dayAndMinute(result.answeredAt) }]),
                { term: 'Prompt', value: `${answer.kind}, version ${answer.version}` },
                { term: 'Text', value: `characters ${count(answer.start)} to ${count(answer.end)}` },
                { term: 'Tokens', value: `${answer.usage.promptTokens === null ? 'not told' : count(answer.usage.promptTokens)} in, ${answer.usage.completionTokens === null ? 'not told' : count(answer.usage.completionTokens)} out` },
                ...(answer.batch === null ? [] : [{ term: 'Batch', value: answer.batch.slice(0, 8), isMono: true }]),
              ]}
            />
          </Group>
        )}
        </div>
      </PaneBody>
    </Pane>
  );
}

function Entry({ entry, onOpen }: { entry: BulkEntry; onOpen: (span: { start: number; end: number }) => void }) {
  const { name, text, quote, support } = entry;
  const doubt = support === null ? '' : supportWords[support];
  return (
    <div className={css.entry}>
      <p className={css.said}>{name !== 'Reason' && name !== 'Sentence' && <b>{visibleLine(name)}: </b>}{visibleLine(text)}{doubt !== '' && <span className={css.doubt}> ({doubt})</span>}</p>
      {quote !== null && <blockquote className={css.quote}>{visibleLine(quote.quote)}</blockquote>}
      {quote !== null && (
        <p className={css.check}>
          {quote.page === null ? '' : `Page ${quote.page}, `}{checkWords[quote.check]}
          {quote.check !== 'not-found' && <Button size="sm" variant="ghost" onPress={() => onOpen({ start: quote.start, end: quote.end })}>Open</Button>}
        </p>
      )}
    </div>
  );
}
