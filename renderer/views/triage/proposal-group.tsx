import { useMemo, useState } from 'react';
import type { CaseId, DocumentId, OpId, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { BulkAnswer } from '../../../preload/contract/domains/bulk.ts';
import { BulkSendingDialog } from '../../lib/bulk-sending-dialog.tsx';
import { type Command, useCommands } from '../../lib/commands.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Group, GroupHead, LinkButton } from '../../ui/index.ts';
import type { Coding } from './use-coding.ts';
import css from './triage.module.css';

const words: Readonly<Record<Verdict, { readonly name: string; readonly key: string }>> = { relevant: { name: 'Relevant', key: 'R' }, 'not-relevant': { name: 'Not relevant', key: 'N' }, deferred: { name: 'Defer', key: 'D' } };
/** Of a document in several chunks, the one that says most: something of it is relevant when any chunk is. */
const rank: Readonly<Record<Verdict, number>> = { relevant: 0, deferred: 1, 'not-relevant': 2 };

/** The proposal of the newest first pass over the document; null when there is none. */
function proposalOf(proposals: readonly { readonly answer: BulkAnswer }[]): { readonly answer: BulkAnswer; readonly verdict: Verdict } | null {
  const told = proposals.flatMap(({ answer }) => (answer.judged.proposal === null ? [] : [{ answer, verdict: answer.judged.proposal }]));
  return told.sort((a, b) => rank[a.verdict] - rank[b.verdict])[0] ?? null;
}

/** What a first pass proposes for the document, with its reason and quote. It is no code until a person accepts it, by the verdict's own key. */
export function ProposalGroup({ case: caseId, document, coding, isCoded }: { readonly case: CaseId; readonly document: DocumentId; readonly coding: Coding; readonly isCoded: boolean }) {
  const answer = useRoute('bulk.proposals', { case: caseId, document });
  const proposal = useMemo(() => proposalOf(answer.data?.proposals ?? []), [answer.data]);
  const [sent, setSent] = useState<OpId | null>(null);
  const sending = isCoded ? null : proposal?.answer.sending ?? null;
  useCommands(useMemo((): readonly Command[] => [
    { id: 'triage.sent', name: 'Show what was sent for the proposal', group: 'Coding', keys: ['W'], enabled: sending !== null, run: () => setSent(sending) },
  ], [sending]));
  if (proposal === null || isCoded) return null;
  const [entry] = proposal.answer.judged.entries;
  const quote = entry?.quote ?? null;
  return (
    <Group>
      <GroupHead>Proposed by {proposal.answer.model.name}</GroupHead>
      <p>{visibleLine(entry?.text ?? '')}</p>
      {quote !== null && quote.check !== 'not-found' && <p className={css['hint']}><LinkButton onPress={() => useNavigation.getState().openDocument({ document, span: { start: quote.start, end: quote.end } })}>{visibleLine(quote.quote)}</LinkButton></p>}
      {sending !== null && <p className={css['hint']}><LinkButton onPress={() => setSent(sending)}>What was sent</LinkButton></p>}
      {sent !== null && <BulkSendingDialog case={caseId} sending={sent} onClose={() => setSent(null)} />}
      <Button isWide align="start" keys={[words[proposal.verdict].key]} onPress={() => coding.code(proposal.verdict, { isStaying: false })}>Accept: {words[proposal.verdict].name}</Button>
    </Group>
  );
}
