/** What can be done with a job, by button and by key. */
import { useMemo, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { isOpenJob, keepJob } from '../../lib/ingest-jobs.ts';

type JobRoute = 'ingest.pause' | 'ingest.resume' | 'ingest.cancel' | 'ingest.retry';

/** What did not happen, and why. */
export interface JobFault {
  readonly text: string;
  readonly meaning: string;
}

const failureByRoute: Readonly<Record<JobRoute, string>> = {
  'ingest.pause': 'The job was not paused.',
  'ingest.resume': 'The job did not go on.',
  'ingest.cancel': 'The job was not cancelled.',
  'ingest.retry': 'No file was tried again.',
};

/** The job's actions. Registers P and Y while they mean something. */
export function useJobActions(caseId: CaseId, { job, state, counts }: IngestJob) {
  const [fault, setFault] = useState<JobFault | null>(null);
  const isOpen = isOpenJob({ state });
  const canRetry = !isOpen && counts.quarantined > 0;
  const actions = useMemo(() => {
    const run = (route: JobRoute): void => {
      setFault(null);
      call(route, { case: caseId, job }).then(
        (changed) => keepJob(caseId, changed),
        (error: unknown) => setFault({ text: failureByRoute[route], meaning: error instanceof Error ? error.message : String(error) }),
      );
    };
    return {
      turn: () => run(state === 'paused' ? 'ingest.resume' : 'ingest.pause'),
      retry: () => run('ingest.retry'),
      cancel: () => run('ingest.cancel'),
      dismiss: () => setFault(null),
    };
  }, [caseId, job, state]);
  const commands = useMemo((): readonly Command[] => [
    { id: 'ingest.turn', name: state === 'paused' ? 'Go on with the job' : 'Pause the job', group: 'Ingest', keys: ['P'], enabled: isOpen, run: actions.turn },
    { id: 'ingest.retry', name: 'Try the held files again', group: 'Ingest', keys: ['Y'], enabled: canRetry, run: actions.retry },
  ], [actions, state, isOpen, canRetry]);
  useCommands(commands);
  return { ...actions, fault };
}
