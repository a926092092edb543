import Plus from 'lucide-react/icons/plus';
import type { BulkRunId } from '../../../preload/contract/domains/basics.ts';
import type { BulkRun } from '../../../preload/contract/domains/bulk.ts';
import { Button, EmptyPane, Pane, PaneHead, PaneTitle, Row, Skeleton, Spacer, VirtualList } from '../../ui/index.ts';
import css from './bulk.module.css';
import { runLine, signByState } from './run-words.ts';

/** Props of RunsPane; `runs` is undefined until it is known. */
export interface RunsPaneProps {
  readonly runs: readonly BulkRun[] | undefined;
  readonly selected: BulkRunId | null;
  readonly onSelect: (id: BulkRunId) => void;
  readonly onNew: () => void;
}

/** The case's runs, newest first. */
export function RunsPane({ runs, selected, onSelect, onNew }: RunsPaneProps) {
  const index = runs?.findIndex(({ run }) => run === selected) ?? -1;
  return (
    <Pane label="Runs">
      <PaneHead>
        <PaneTitle>Runs</PaneTitle>
        <Spacer />
        <Button size="sm" icon={Plus} onPress={onNew}>New run</Button>
      </PaneHead>
      {runs === undefined && <div className={css.loading}><Skeleton label="Reading the list of runs" lines={[80, 60]} /></div>}
      {runs?.length === 0 && <EmptyPane>Every first pass, extraction and summary over many documents is a run here, with what came of each document.</EmptyPane>}
      {runs !== undefined && runs.length > 0 && (
        <VirtualList
          label="Runs"
          count={runs.length}
          rowHeight={48}
          selectedIndex={index < 0 ? null : index}
          onSelect={(next) => {
            const run = runs[next];
            if (run !== undefined) onSelect(run.run);
          }}
          renderRow={(at) => {
            const run = runs[at];
            if (run === undefined) return null;
            const sign = signByState[run.state];
            return <Row icon={sign.icon} iconLabel={sign.word} title={`${run.title} · ${run.endpoint.name}`} detail={runLine(run)} />;
          }}
        />
      )}
    </Pane>
  );
}
