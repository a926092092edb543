import Plus from 'lucide-react/icons/plus';
import type { CaseId, JobId } from '../../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { chooseAndAdd } from '../../lib/add-files.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyPane, MoreMenu, Pane, PaneHead, PaneTitle, Row, Skeleton, Spacer, VirtualList } from '../../ui/index.ts';
import { jobLine, signByState } from './job-words.ts';
import { WatchedSection } from './watched-section.tsx';
import css from './ingest.module.css';

/** Props of JobsPane; `jobs` is undefined until it is known. */
export interface JobsPaneProps {
  readonly caseId: CaseId;
  readonly jobs: readonly IngestJob[] | undefined;
  readonly selected: JobId | null;
  readonly onSelect: (id: JobId) => void;
}

/** The case's jobs, newest first. */
export function JobsPane({ caseId, jobs, selected, onSelect }: JobsPaneProps) {
  const index = jobs?.findIndex((job) => job.job === selected) ?? -1;
  return (
    <Pane label="Jobs">
      <PaneHead>
        <PaneTitle>Jobs</PaneTitle>
        <Spacer />
        <Button size="sm" icon={Plus} onPress={() => { void chooseAndAdd('folders'); }}>Add folder</Button>
        <MoreMenu
          label="More ways to add"
          size="sm"
          groups={[{ id: 'add', entries: [{ id: 'files', text: 'Add files', icon: Plus, run: () => { void chooseAndAdd('files'); } }] }]}
        />
      </PaneHead>
      {jobs === undefined && <div className={css.loading}><Skeleton label="Reading the list of jobs" lines={[80, 60]} /></div>}
      {jobs?.length === 0 && <EmptyPane>Every folder or set of files that is added is a job here, with what became of each file.</EmptyPane>}
      {jobs !== undefined && jobs.length > 0 && (
        <VirtualList
          label="Jobs"
          count={jobs.length}
          rowHeight={48}
          selectedIndex={index < 0 ? null : index}
          onSelect={(next) => {
            const job = jobs[next];
            if (job !== undefined) onSelect(job.job);
          }}
          renderRow={(row) => {
            const job = jobs[row];
            if (job === undefined) return null;
            const sign = signByState[job.state];
            return <Row icon={sign.icon} iconLabel={sign.word} iconTone={sign.tone} title={visibleLine(job.label)} detail={jobLine(job)} />;
          }}
        />
      )}
      <WatchedSection caseId={caseId} />
    </Pane>
  );
}
