/**
 * Bulk work: its runs, one of them in full, one result of it; or the form of a new run. What a model says here is a proposal: it is coded
 * only when a person accepts it.
 */
import { useMemo, useState } from 'react';
import ListPlus from 'lucide-react/icons/list-plus';
import type { CaseId, OpId } from '../../../preload/contract/domains/basics.ts';
import type { BulkResult } from '../../../preload/contract/domains/bulk.ts';
import { orderOver, useBulkWishes, useRuns, wholeCase } from '../../lib/bulk-runs.ts';
import { BulkSendingDialog } from '../../lib/bulk-sending-dialog.tsx';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, EmptyState, Notice, Pane, PaneHead, PaneTitle, Panes, Skeleton } from '../../ui/index.ts';
import css from './bulk.module.css';
import { NewRunPane } from './new-run-pane.tsx';
import { ResultPane } from './result-pane.tsx';
import { RunPane } from './run-pane.tsx';
import { RunsPane } from './runs-pane.tsx';

const nothing: readonly never[] = [];

/** The bulk view. It fills what the window gives it. */
export function BulkView() {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <BulkOfCase key={caseId} caseId={caseId} />;
}

function BulkOfCase({ caseId }: { caseId: CaseId }) {
  const runs = useRuns(caseId);
  const { error } = useRoute('bulk.runs', { case: caseId });
  const { wanted, shown } = useBulkWishes();
  const [result, setResult] = useState<BulkResult | null>(null);
  const [sent, setSent] = useState<OpId | null>(null);
  const sending = wanted === null ? result?.sending ?? null : null;
  const [panes, changePanes] = usePanesState('bulk');
  useCommands(useMemo((): readonly Command[] => [
    { id: 'bulk.new', name: 'New run over the whole case', group: 'Bulk', keys: ['C'], run: () => orderOver(wholeCase) },
    { id: 'bulk.sent', name: 'Show what was sent', group: 'Bulk', keys: ['W'], enabled: sending !== null, run: () => setSent(sending) },
  ], [sending]));
  const run = runs?.find((candidate) => candidate.run === shown) ?? runs?.[0];
  const accept = (chosen: BulkResult): void => {
    const verdict = chosen.answer?.judged.proposal ?? null;
    if (verdict !== null) void call('coding.set', { case: caseId, document: chosen.document, verdict }).then(() => queryClient.invalidateQueries({ queryKey: ['bulk.results'] }));
  };
  return (
    <Panes
      state={panes}
      onChange={changePanes}
      middleMinPx={520}
      list={{ name: 'the list of runs', minPx: 232, maxPx: 300, share: 0.175, content: <RunsPane runs={runs} selected={wanted === null ? run?.run ?? null : null} onSelect={(id) => { useBulkWishes.setState({ wanted: null, shown: id }); setResult(null); }} onNew={() => orderOver(wholeCase)} /> }}
      work={{ name: 'the result', minPx: 300, maxPx: 400, share: 0.23, content: <ResultPane result={wanted === null ? result : null} onAccept={accept} onShowSent={setSent} /> }}
    >
      {wanted !== null
        ? <NewRunPane key={JSON.stringify(wanted.scope)} caseId={caseId} wanted={wanted} />
        : run === undefined
          ? <NothingPane isLoading={runs === undefined} error={error} />
          : <RunPane key={run.run} caseId={caseId} run={run} result={result} onResult={setResult} />}
      {sent !== null && <BulkSendingDialog case={caseId} sending={sent} onClose={() => setSent(null)} />}
    </Panes>
  );
}

function NothingPane({ isLoading, error }: { isLoading: boolean; error: Error | null }) {
  useOnScreen(isLoading ? null : nothing);
  return (
    <Pane label="Run" tone="document">
      <PaneHead><PaneTitle level={1}>Bulk</PaneTitle></PaneHead>
      {error !== null && <Notice kind="danger" live="alert" meaning={error.message} action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['bulk.runs'] }); }}>Try again</Button>}>The runs of this case could not be read.</Notice>}
      {isLoading && error === null && <div className={css.loading}><Skeleton label="Reading the runs of this case" /></div>}
      {!isLoading && (
        <EmptyState title="No bulk work yet" headingLevel={2} actions={<Button variant="primary" size="lg" icon={ListPlus} keys={['C']} onPress={() => orderOver(wholeCase)}>New run</Button>}>
          A model is asked the same of every document: a first pass, fields to extract, a summary. What it says is a proposal with quotes
          that are checked; you decide. Before anything is sent you see how much, where to, and what would be held.
        </EmptyState>
      )}
    </Pane>
  );
}
