/** What can be done with a job, by button and by key. */
import { useMemo, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { bridge } from '../../lib/bridge.ts';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { isOpenJob, keepJob } from '../../lib/ingest-jobs.ts';
import { toasts } from '../../lib/toasts.ts';

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

/** Writes what was not read as a table into a folder that the person chooses, and says where and how it is marked. */
async function exportFailures(caseId: CaseId): Promise<void> {
  const { path: folder } = await bridge.shell('files.choose-save-folder', {});
  if (folder === null) return;
  const { file, total, marking } = await call('ingest.failures-csv', { case: caseId, folder });
  toasts.show({ text: `Written, unencrypted, ${marking}: ${file ?? ''}, ${counted(total, 'file')}` });
}

/** The job's actions. Registers P and Y while they mean something. */
export function useJobActions(caseId: CaseId, { job, state, counts }: IngestJob) {
  const [fault, setFault] = useState<JobFault | null>(null);
  const isOpen = isOpenJob({ state });
  const canRetry = !isOpen && counts.quarantined > 0;
  const actions = useMemo(() => {
    const run = (route: JobRoute, passwords: readonly string[] = []): void => {
      setFault(null);
      (route === 'ingest.retry' ? call(route, { case: caseId, job, ...(passwords.length > 0 ? { passwords: [...passwords] } : {}) }) : call(route, { case: caseId, job })).then(
        (changed) => keepJob(caseId, changed),
        (error: unknown) => setFault({ text: failureByRoute[route], meaning: error instanceof Error ? error.message : String(error) }),
      );
    };
    return {
      turn: () => run(state === 'paused' ? 'ingest.resume' : 'ingest.pause'),
      retry: () => run('ingest.retry'),
      retryWith: (password: string) => run('ingest.retry', [password]),
      cancel: () => run('ingest.cancel'),
      exportFailures: () => {
        setFault(null);
        exportFailures(caseId).catch((error: unknown) => setFault({ text: 'The list of failures was not written.', meaning: error instanceof Error ? error.message : String(error) }));
      },
      dismiss: () => setFault(null),
    };
  }, [caseId, job, state]);
  const commands = useMemo((): readonly Command[] => [
    { id: 'ingest.turn', name: state === 'paused' ? 'Go on with the job' : 'Pause the job', group: 'Ingest', keys: ['P'], enabled: isOpen, run: actions.turn },
    { id: 'ingest.export-failures', name: 'Export what was not read as CSV', group: 'Ingest', keys: [], enabled: counts.quarantined + counts.noText + counts.children > 0, run: actions.exportFailures },
    { id: 'ingest.retry', name: 'Try the held files again', group: 'Ingest', keys: ['Y'], enabled: canRetry, run: actions.retry },
  ], [actions, state, isOpen, canRetry, counts.quarantined, counts.noText, counts.children]);
  useCommands(commands);
  return { ...actions, fault };
}
