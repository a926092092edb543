/** The jobs of the open case, kept current while they run. */
import { useEffect } from 'react';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../preload/contract/domains/ingest.ts';
import type { Output } from '../../preload/contract/routes.ts';
import { call, isEngineError } from './client.ts';
import { keyOf, queryClient, useRoute } from './queries.ts';

/** True while the job has work left to do: it runs or waits to go on. */
export function isOpenJob(job: Pick<IngestJob, 'state'>): boolean {
  return job.state === 'running' || job.state === 'paused';
}

/** The job that the status bar tells about: one that runs, else one that waits. */
export function currentJob(jobs: readonly IngestJob[]): IngestJob | undefined {
  return jobs.find((job) => job.state === 'running') ?? jobs.find((job) => job.state === 'paused');
}

/** Puts a job's newest state into the list that views read. */
export function keepJob(caseId: CaseId, job: IngestJob): void {
  queryClient.setQueryData<Output<'ingest.jobs'>>(keyOf('ingest.jobs', { case: caseId }), (before) => {
    if (before === undefined) return undefined;
    const isKnown = before.jobs.some((other) => other.job === job.job);
    return { jobs: isKnown ? before.jobs.map((other) => (other.job === job.job ? job : other)) : [job, ...before.jobs] };
  });
}

/** The case's jobs, newest first; undefined until they are known. */
export function useJobs(caseId: CaseId | null): readonly IngestJob[] | undefined {
  // The query waits where there is no case; the id is then never sent.
  return useRoute('ingest.jobs', { case: caseId ?? '' }, { enabled: caseId !== null }).data?.jobs;
}

/** Watches every open job of the case and keeps the list current. The window calls it once. */
export function useWatchedJobs(caseId: CaseId | null): void {
  const jobs = useJobs(caseId);
  const openIds = jobs?.filter(isOpenJob).map((job) => job.job).sort().join(' ') ?? '';
  useEffect(() => {
    if (caseId === null || openIds === '') return;
    const controller = new AbortController();
    const ids = new Set(openIds.split(' '));
    const open = queryClient.getQueryData<Output<'ingest.jobs'>>(keyOf('ingest.jobs', { case: caseId }))?.jobs.filter((job) => ids.has(job.job)) ?? [];
    for (const { job } of open) {
      call('ingest.watch', { case: caseId, job }, { signal: controller.signal, onProgress: (value) => keepJob(caseId, value) }).then(
        (last) => {
          keepJob(caseId, last);
          for (const name of ['ingest.failures', 'ingest.items', 'ingest.held-members', 'cases.list']) void queryClient.invalidateQueries({ queryKey: [name] });
        },
        (error: unknown) => {
          if (!controller.signal.aborted && !isEngineError(error, 'bridge.closed')) void queryClient.invalidateQueries({ queryKey: ['ingest.jobs'] });
        },
      );
    }
    return () => controller.abort(new Error('No longer watched.'));
  }, [caseId, openIds]);
}
