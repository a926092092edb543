import { useEffect, useState } from 'react';
import type { CaseId, JobId } from '../../../preload/contract/domains/basics.ts';
import type { IngestItem } from '../../../preload/contract/domains/ingest.ts';
import { useAddFiles } from '../../lib/add-files.ts';
import { currentJob, useJobs } from '../../lib/ingest-jobs.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { useRoute } from '../../lib/queries.ts';
import { Panes } from '../../ui/index.ts';
import { ItemPane } from './item-pane.tsx';
import { JobPane } from './job-pane.tsx';
import { JobsPane } from './jobs-pane.tsx';
import { NothingPane } from './nothing-pane.tsx';

/** Bringing files into the case: its jobs, one of them in full, and one file that gave no text. */
export function IngestView() {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <IngestOfCase caseId={caseId} />;
}

function IngestOfCase({ caseId }: { caseId: CaseId }) {
  const jobs = useJobs(caseId);
  const { error } = useRoute('ingest.jobs', { case: caseId });
  const lastJob = useAddFiles((state) => state.lastJob);
  const [chosen, setChosen] = useState<JobId | null>(lastJob);
  const [item, setItem] = useState<IngestItem | null>(null);
  const [panes, changePanes] = usePanesState('ingest');
  const choose = (id: JobId): void => {
    setChosen(id);
    setItem(null);
  };
  useEffect(() => {
    if (lastJob === null) return;
    setChosen(lastJob);
    setItem(null);
  }, [lastJob]);
  const job = jobs?.find((candidate) => candidate.job === chosen) ?? currentJob(jobs ?? []) ?? jobs?.[0];
  return (
    <Panes
      state={panes}
      onChange={changePanes}
      middleMinPx={520}
      list={{ name: 'the list of jobs', minPx: 232, maxPx: 300, share: 0.175, content: <JobsPane caseId={caseId} jobs={jobs} selected={job?.job ?? null} onSelect={choose} /> }}
      work={{ name: 'the file', minPx: 300, maxPx: 400, share: 0.23, content: <ItemPane caseId={caseId} job={job} item={item} /> }}
    >
      {job === undefined
        ? <NothingPane isLoading={jobs === undefined} error={error} />
        : <JobPane key={job.job} caseId={caseId} job={job} item={item} onItem={setItem} />}
    </Panes>
  );
}
