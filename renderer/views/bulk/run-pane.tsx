import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { BulkItemState, BulkResult, BulkRun } from '../../../preload/contract/domains/bulk.ts';
import { count, counted, duration } from '../../lib/format.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, ConfirmDialog, DataTable, type Fact, Facts, MoreMenu, Notice, Pane, PaneHead, PaneTitle, ProgressBar, Segmented, Spacer, Text } from '../../ui/index.ts';
import css from './bulk.module.css';
import { useResultPages } from './result-pages.ts';
import { useRunActions } from './run-actions.ts';
import { askedLine, endedOf, laneLine, proposalWords, saidLine, signByState } from './run-words.ts';

/** Props of RunPane; `result` is the one that the detail pane shows. */
export interface RunPaneProps {
  readonly caseId: CaseId;
  readonly run: BulkRun;
  readonly result: BulkResult | null;
  readonly onResult: (result: BulkResult) => void;
}

const columns = [
  { id: 'document', heading: 'Document', width: 'minmax(0, 1.2fr)' },
  { id: 'headline', heading: 'Says', width: '104px' },
  { id: 'said', heading: 'Because', width: 'minmax(0, 2fr)' },
  { id: 'code', heading: 'Code', width: '96px' },
] as const;
const codeWords = { relevant: 'Relevant', 'not-relevant': 'Not relevant', deferred: 'Deferred' } as const;
const filters: readonly { readonly id: 'all' | Exclude<BulkItemState, 'leased' | 'queued'>; readonly text: string }[] = [{ id: 'all', text: 'All' }, { id: 'done', text: 'Done' }, { id: 'failed', text: 'Failed' }, { id: 'held', text: 'Held' }];

/** One run in full: how far it is, what it costs, what is held, and what was said of each document. Enter accepts a proposal. */
export function RunPane({ caseId, run, result, onResult }: RunPaneProps) {
  const [isAsking, setAsking] = useState(false);
  const [filter, setFilter] = useState<(typeof filters)[number]['id']>('all');
  const pages = useResultPages(caseId, run.run, filter === 'all' ? null : filter);
  const actions = useRunActions(caseId, run, result);
  const { fault } = actions;
  useOnScreen([run.marking, ...pages.read.map(({ marking }) => marking)]);
  const selected = result === null ? -1 : Array.from({ length: pages.total }, (_, index) => pages.at(index)?.item).indexOf(result.item);
  const lane = laneLine(run);
  const asked = askedLine(run);
  return (
    <Pane label="Run" tone="document">
      <PaneHead>
        <PaneTitle level={1}>{run.title}</PaneTitle>
        <Text size="small" tone={3} isClipped>{run.isListing ? 'listing documents' : signByState[run.state].word} · {run.endpoint.name}, {run.endpoint.model}</Text>
        <Spacer />
        {actions.canRetry && <Button size="sm" keys={['Y']} onPress={actions.retry}>Try again</Button>}
        {actions.isOpen && <Button size="sm" icon={run.state === 'paused' ? Play : Pause} keys={['P']} onPress={actions.turn}>{run.state === 'paused' ? 'Go on' : 'Pause'}</Button>}
        {actions.isOpen && (
          <MoreMenu
            label="More about this run"
            size="sm"
            groups={[
              { id: 'batch', entries: [
                ...(run.state === 'paused' ? [{ id: 'openai', text: 'Write OpenAI batch files', run: () => actions.write('openai') }, { id: 'bedrock', text: 'Write Bedrock batch files', run: () => actions.write('bedrock') }] : []),
                { id: 'read', text: 'Take in a batch file of results', run: actions.read },
              ] },
              { id: 'end', entries: [{ id: 'cancel', text: 'Cancel the run', run: () => setAsking(true) }] },
            ]}
          />
        )}
      </PaneHead>
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault.meaning} action={<Button size="sm" onPress={actions.dismiss}>Dismiss</Button>}>{fault.text}</Notice>}
      {run.reason !== null && <Notice kind={run.reason.code === 'bulk.for-batch' || run.reason.code === 'bulk.in-batches' ? 'info' : 'warn'} live="status">{run.reason.sentence}</Notice>}
      {lane !== null && <Notice kind="info" live="status">{lane}</Notice>}
      <div className={css.head}>
        {asked !== '' && <p className={css.asked} title={asked}>{visibleLine(asked)}</p>}
        <ProgressBar label="Documents done" size="lg" done={endedOf(run)} total={run.isListing ? null : run.counts.total} valueText={`${count(endedOf(run))} of ${count(run.counts.total)}`} />
        <Facts size="lg" facts={factsOf(run)} />
        {run.reasons.length > 0 && (
          <ul className={css.reasons} aria-label="Failed and held, by reason">
            {run.reasons.slice(0, 4).map(({ state, reason, items }) => <li key={`${state} ${reason.code} ${reason.sentence}`}><span className={css.number}>{count(items)}</span> {state}: {reason.sentence}</li>)}
          </ul>
        )}
      </div>
      <div className={css.filter}>
        <Segmented label="Which results" segments={filters} value={filter} onChange={setFilter} />
        <Text size="small" tone={3}>Enter accepts a proposal. Nothing is coded before that.</Text>
      </div>
      {pages.error !== null && <Notice kind="danger" live="alert" meaning={pages.error.message}>The results could not be read.</Notice>}
      <DataTable
        label="Results"
        columns={columns}
        count={pages.total}
        selectedIndex={selected < 0 ? null : selected}
        onSelect={(index) => {
          const chosen = pages.at(index);
          if (chosen !== undefined) onResult(chosen);
        }}
        onActivate={(index) => {
          const chosen = pages.at(index);
          if (chosen !== undefined) actions.accept(chosen);
        }}
        onVisibleRange={pages.show}
        renderCell={(index, column) => {
          const found = pages.at(index);
          if (found === undefined) return null;
          switch (column) {
            case 'document': return <span title={found.path}>#{found.documentNumber} {visibleLine(found.title)}</span>;
            case 'headline': return found.answer === null ? found.state : found.answer.judged.proposal === null ? visibleLine(found.answer.judged.headline) : proposalWords[found.answer.judged.proposal];
            case 'said': return <span title={saidLine(found)}>{visibleLine(saidLine(found))}</span>;
            case 'code': return found.verdict === null ? '' : codeWords[found.verdict];
          }
        }}
      />
      <ConfirmDialog isOpen={isAsking} onClose={() => setAsking(false)} title="Cancel this run?" cancelText="Keep it" confirmText="Cancel the run" isDanger onConfirm={actions.cancel}>
        {counted(run.counts.done, 'answer')} that {run.counts.done === 1 ? 'was' : 'were'} kept stay{run.counts.done === 1 ? 's' : ''} in the case. The rest is not asked.
      </ConfirmDialog>
    </Pane>
  );
}

function factsOf(run: BulkRun): readonly Fact[] {
  const { counts, spent, lane, budget } = run;
  const tokens = spent.promptTokens + spent.completionTokens;
  const alert = { tone: 'danger' as const, icon: TriangleAlert };
  return [
    { caption: 'Done', value: count(counts.done), detail: run.isListing ? 'so far' : `of ${count(counts.total)}` },
    ...(run.state === 'running' ? [
      { caption: 'Rate', value: run.ratePerMinute === null ? '–' : count(Math.round(run.ratePerMinute)), detail: '/min' },
      { caption: 'Left', value: run.leftMs === null ? '–' : duration(run.leftMs) },
      { caption: 'At once', value: lane === null ? '–' : count(lane.busy), ...(lane !== null && { detail: `of ${count(lane.limit)}` }) },
    ] : []),
    { caption: 'Tokens', value: count(tokens), ...(budget.tokens !== null && { detail: `of ${count(budget.tokens)}` }) },
    { caption: 'Requests', value: count(spent.requests), ...(budget.requests !== null && { detail: `of ${count(budget.requests)}` }) },
    { caption: 'Held', value: count(counts.held) },
    { caption: 'Failed', value: count(counts.failed), ...(counts.failed > 0 && { alert }) },
  ];
}
