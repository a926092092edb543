import { type ReactNode, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import Bot from 'lucide-react/icons/bot';
import Check from 'lucide-react/icons/check';
import CircleCheck from 'lucide-react/icons/circle-check';
import Cloud from 'lucide-react/icons/cloud';
import FolderInput from 'lucide-react/icons/folder-input';
import Laptop from 'lucide-react/icons/laptop';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { IngestJob } from '../../preload/contract/domains/ingest.ts';
import { call } from '../lib/client.ts';
import { useEngineState } from '../lib/engine-state.ts';
import { clock, count, dayAndMinute, duration } from '../lib/format.ts';
import { currentJob, keepJob, useJobs } from '../lib/ingest-jobs.ts';
import { useNavigation } from '../lib/navigation.ts';
import { useRoute } from '../lib/queries.ts';
import { Icon, ProgressBar, Tip } from '../ui/index.ts';
import { reportFault } from './window-fault.ts';
import css from './status-bar.module.css';

/** The row at the foot of every window. */
export function StatusBarFrame({ children, end }: { children: ReactNode; end: ReactNode }) {
  return <footer className={css.bar}>{children}<span className={css.end}>{end}</span></footer>;
}

/** The status bar of an open vault: the job, then reader, last save and time. */
export function StatusBar() {
  const jobs = useJobs(useNavigation((state) => state.case));
  const savedAt = useEngineState((state) => state.savedAt);
  const endpoints = useRoute('endpoints.list', {}).data?.endpoints ?? [];
  const chosen = useNavigation((state) => state.endpoint);
  const endpoint = endpoints.find((info) => info.endpoint === chosen) ?? null;
  const job = jobs === undefined ? undefined : currentJob(jobs);
  return (
    <StatusBarFrame
      end={(
        <>
          <span className={css.reader}><Icon glyph={endpoint === null ? Bot : endpoint.isOutside ? Cloud : Laptop} size={14} />{endpoint === null ? 'Extractive reader, no model' : `${endpoint.name}, up to ${endpoint.ceiling.banner}`}</span>
          {savedAt !== null && <span><Icon glyph={Check} size={14} />Saved {clock(savedAt)}</span>}
          <UtcMinute />
        </>
      )}
    >
      {job === undefined ? <span><Icon glyph={CircleCheck} size={14} />No jobs running</span> : <JobLine job={job} />}
    </StatusBarFrame>
  );
}

function JobLine({ job }: { job: IngestJob }) {
  const caseId = useNavigation((state) => state.case);
  const goTo = useNavigation((state) => state.goTo);
  const { counts } = job;
  const isPaused = job.state === 'paused';
  const total = job.finding ? null : counts.seen;
  const turn = (): void => {
    if (caseId === null) return;
    call(isPaused ? 'ingest.resume' : 'ingest.pause', { case: caseId, job: job.job })
      .then((changed) => keepJob(caseId, changed), (error: unknown) => reportFault(isPaused ? 'The job did not go on.' : 'The job was not paused.', error));
  };
  const parts = [
    job.finding ? `${count(counts.done)} done, ${count(counts.seen)} found so far` : `${count(counts.done)} / ${count(counts.seen)}`,
    ...(job.rate === null || isPaused ? [] : [`${count(job.rate)}/s`]),
    ...(job.leftMs === null || isPaused ? [] : [`${duration(job.leftMs)} left`]),
  ];
  return (
    <>
      <AriaButton className={css.jump ?? ''} onPress={() => goTo('ingest')}>
        <Icon glyph={FolderInput} size={14} />{isPaused ? 'Ingest paused' : 'Ingesting'}
      </AriaButton>
      <span className={css.progress}>
        <ProgressBar label={`Ingest of ${job.label}`} done={counts.done} total={total} valueText={parts[0]} />
      </span>
      <span className={css.numbers}>
        {parts.join(' · ')}
        {counts.quarantined > 0 && (
          <> · <span className={css.failed}><Icon glyph={TriangleAlert} size={14} />{count(counts.quarantined)} held</span></>
        )}
      </span>
      <Tip text={isPaused ? 'Go on' : 'Pause'} placement="top">
        <AriaButton className={css.pause ?? ''} aria-label={isPaused ? 'Go on' : 'Pause'} onPress={turn}>
          <Icon glyph={isPaused ? Play : Pause} size={14} />
        </AriaButton>
      </Tip>
    </>
  );
}

/** Day and time in UTC, to the minute. */
export function UtcMinute() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000) + 20);
    return () => clearTimeout(timer);
  }, [now]);
  return <span>{dayAndMinute(now)}</span>;
}
