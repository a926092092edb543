import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestItem, IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { useAddFiles } from '../../lib/add-files.ts';
import { count, counted, duration, size } from '../../lib/format.ts';
import { isOpenJob } from '../../lib/ingest-jobs.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, ConfirmDialog, type Fact, Facts, Notice, Pane, PaneBody, PaneHead, PaneTitle, ProgressBar, Spacer, Text } from '../../ui/index.ts';
import { FailuresSection } from './failures-section.tsx';
import { isOutside, useFilesWithoutText, useHeldFiles, useHeldMembers } from './held-files.ts';
import { HeldSection } from './held-section.tsx';
import { signByState, sumLine } from './job-words.ts';
import { OcrSection } from './ocr-section.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { useFreshFailures } from './fresh-failures.ts';
import { useJobActions } from './job-actions.ts';
import { WallsLine } from './walls-line.tsx';
import css from './ingest.module.css';

/** Props of JobPane; `item` is the file that the detail pane shows. */
export interface JobPaneProps {
  readonly caseId: CaseId;
  readonly job: IngestJob;
  readonly item: IngestItem | null;
  readonly onItem: (item: IngestItem) => void;
}

/** One job in full: how far it is, what became of its files, and which gave no text. */
export function JobPane({ caseId, job, item, onItem }: JobPaneProps) {
  const [isAsking, setAsking] = useState(false);
  const [isAskingPassword, setAskingPassword] = useState(false);
  const { turn, retry, retryWith, cancel, exportFailures, fault, dismiss } = useJobActions(caseId, job);
  const addFault = useAddFiles((state) => state.fault);
  useFreshFailures(job);
  const { counts } = job;
  const outside = useOutside(caseId, job);
  const isOpen = isOpenJob(job);
  return (
    <Pane label="Job" tone="document">
      <PaneHead>
        <PaneTitle level={1}>{visibleLine(job.label)}</PaneTitle>
        <Text size="small" tone={3}>{job.finding && job.state === 'running' ? 'finding files' : signByState[job.state].word}</Text>
        <Spacer />
        {isOpen && (
          <>
            <Button size="sm" icon={job.state === 'paused' ? Play : Pause} keys={['P']} onPress={turn}>{job.state === 'paused' ? 'Go on' : 'Pause'}</Button>
            <Button size="sm" variant="ghost" onPress={() => setAsking(true)}>Cancel</Button>
          </>
        )}
      </PaneHead>
      <PaneBody label={`Job ${job.label}`}>
        {addFault !== null && (
          <Notice kind="danger" live="alert" meaning={addFault} action={<Button size="sm" onPress={() => useAddFiles.setState({ fault: null })}>Dismiss</Button>}>
            Nothing was added.
          </Notice>
        )}
        {fault !== null && (
          <Notice kind="danger" live="alert" meaning={fault.meaning} action={<Button size="sm" onPress={dismiss}>Dismiss</Button>}>{fault.text}</Notice>
        )}
        {job.state === 'failed' && (
          <Notice kind="danger" meaning={[job.fault, 'What was added stays in the case. Add the same folder again to go on; nothing is added twice.'].filter(Boolean).join(' ')}>This job stopped before its end.</Notice>
        )}
        <div className={css.job}>
          <ProgressBar
            label="Files done"
            size="lg"
            done={counts.done}
            total={job.finding ? null : counts.seen}
            valueText={job.finding ? `${count(counts.done)} done, still finding files` : `${count(counts.done)} of ${count(counts.seen)}`}
          />
          <Facts size="lg" facts={factsOf(job, outside)} />
          <p className={css.sum}>{sumLine(counts, outside)}</p>
          {job.state === 'running' && <p className={css.reading}>{job.reading === null ? 'Between two files' : <>Reading <span className={css.mono} title={visibleLine(job.reading)}>{visibleLine(job.reading)}</span></>}</p>}
        </div>
        <FailuresSection caseId={caseId} job={job} onRetry={retry} onPassword={() => setAskingPassword(true)} onExport={exportFailures} />
        {counts.quarantined > outside && <Held caseId={caseId} job={job} part="sealed" total={counts.quarantined - outside} item={item} onItem={onItem} />}
        {counts.children > 0 && <HeldMembers caseId={caseId} job={job} item={item} onItem={onItem} />}
        {outside > 0 && <Held caseId={caseId} job={job} part="outside" total={outside} item={item} onItem={onItem} />}
        {counts.noText > 0 && <WithoutText caseId={caseId} job={job} item={item} onItem={onItem} />}
        <OcrSection caseId={caseId} />
        <WallsLine workers={isOpen ? job.workers : null} />
      </PaneBody>
      {isAskingPassword && <PasswordDialog onClose={() => setAskingPassword(false)} onRetry={retryWith} />}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Cancel this job?"
        cancelText="Keep it going"
        confirmText="Cancel the job"
        isDanger
        onConfirm={cancel}
      >
        {counted(counts.added, 'document')} that {counts.added === 1 ? 'was' : 'were'} added stay{counts.added === 1 ? 's' : ''} in the case. The rest is not read; adding the
        same folder again later reads what is missing.
      </ConfirmDialog>
    </Pane>
  );
}

function Held({ caseId, job, part, total, item, onItem }: JobPaneProps & { readonly part: 'sealed' | 'outside'; readonly total: number }) {
  return <HeldSection kind={part} files={useHeldFiles(caseId, job, part, total)} item={item} onItem={onItem} />;
}

function HeldMembers({ caseId, job, item, onItem }: JobPaneProps) {
  const files = useHeldMembers(caseId, job);
  return files.total === 0 && files.error === null ? null : <HeldSection kind="members" files={files} item={item} onItem={onItem} />;
}

function WithoutText({ caseId, job, item, onItem }: JobPaneProps) {
  return <HeldSection kind="no-text" files={useFilesWithoutText(caseId, job)} item={item} onItem={onItem} />;
}

/** How many of the files that are held were in truth never taken in; 0 until the reasons are known. */
function useOutside(caseId: CaseId, { job, counts }: IngestJob): number {
  const answer = useRoute('ingest.failures', { case: caseId, job }, { enabled: counts.quarantined > 0, keepPrevious: true });
  const files = (answer.data?.failures ?? []).filter(isOutside).reduce((sum, failure) => sum + failure.files, 0);
  return Math.min(files, counts.quarantined);
}

function factsOf(job: IngestJob, outside: number): readonly Fact[] {
  const { counts } = job;
  const held = counts.quarantined - outside;
  return [
    { caption: 'Files', value: count(counts.done), detail: job.finding ? `done, ${count(counts.seen)} found so far` : `of ${count(counts.seen)}` },
    { caption: 'Data', value: size(counts.bytesDone), ...(counts.bytesDone < counts.bytesSeen && { detail: `of ${size(counts.bytesSeen)}` }) },
    ...(isOpenJob(job) ? [
      { caption: 'Rate', value: job.rate === null ? '–' : count(job.rate), detail: 'files/s' },
      { caption: 'Left', value: job.leftMs === null ? '–' : duration(job.leftMs) },
    ] : []),
    { caption: 'Elapsed', value: duration(job.elapsedMs) },
    { caption: 'Held', value: count(held), detail: 'in quarantine', ...(held > 0 && { alert: { tone: 'danger' as const, icon: TriangleAlert } }) },
  ];
}
