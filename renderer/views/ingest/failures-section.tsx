import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { count, counted } from '../../lib/format.ts';
import { isOpenJob } from '../../lib/ingest-jobs.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DataTable, Notice } from '../../ui/index.ts';
import { SectionHead } from './section-head.tsx';

type Column = 'reason' | 'files' | 'first' | 'helps';

const columns: readonly { id: Column; heading: string; width: string; align?: 'end'; isMono?: boolean }[] = [
  { id: 'reason', heading: 'Reason', width: 'minmax(0, 2.2fr)' },
  { id: 'files', heading: 'Files', width: '80px', align: 'end' },
  { id: 'first', heading: 'First file', width: 'minmax(0, 1fr)', isMono: true },
  { id: 'helps', heading: 'What helps', width: 'minmax(0, 1.8fr)' },
];

/** Props of FailuresSection. */
export interface FailuresSectionProps {
  readonly caseId: CaseId;
  readonly job: IngestJob;
  readonly onRetry: () => void;
  /** Asks for a password to try held files again with. */
  readonly onPassword: () => void;
  /** Writes what was not read, of the whole case, outside the vault. */
  readonly onExport: () => void;
}

/** Why files gave no text or are held, and members of containers among them, by reason; nothing is drawn while there are none. */
export function FailuresSection({ caseId, job, onRetry, onPassword, onExport }: FailuresSectionProps) {
  const mayHaveAny = job.counts.noText + job.counts.quarantined + job.counts.children > 0;
  const answer = useRoute('ingest.failures', { case: caseId, job: job.job }, { enabled: mayHaveAny, keepPrevious: true });
  const failures = answer.data?.failures ?? [];
  if (!mayHaveAny || (failures.length === 0 && answer.error === null)) return null;
  const retriable = failures.filter((failure) => failure.canRetry).reduce((sum, failure) => sum + failure.files, 0);
  const needsPassword = failures.some(({ canUnlock, canRetry, members }) => canUnlock && (canRetry || members > 0));
  return (
    <section aria-label="Failures by reason">
      <SectionHead
        title="Failures by reason"
        detail={retriable > 0 ? `${counted(retriable, 'file')} can be tried again` : needsPassword ? 'a password may open what is encrypted' : 'another try would change nothing'}
        action={(
          <>
            <Button size="sm" variant="ghost" onPress={onExport}>Export as CSV</Button>
            {needsPassword && !isOpenJob(job) && <Button size="sm" variant="ghost" onPress={onPassword}>Try with a password</Button>}
            {retriable > 0 && !isOpenJob(job) && <Button size="sm" variant="ghost" keys={['Y']} onPress={onRetry}>Try again</Button>}
          </>
        )}
      />
      {answer.error !== null && (
        <Notice
          kind="danger"
          live="alert"
          meaning={answer.error.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['ingest.failures'] }); }}>Try again</Button>}
        >
          The reasons could not be read.
        </Notice>
      )}
      {failures.length > 0 && (
        <DataTable
          label="Failures by reason"
          layout="flow"
          columns={columns}
          count={failures.length}
          renderCell={(index, column) => {
            const failure = failures[index];
            if (failure === undefined) return null;
            switch (column) {
              case 'reason': return <span title={failure.reason.sentence}>{failure.reason.sentence}</span>;
              case 'files': return failure.files > 0 ? count(failure.files) : <>{count(failure.members)} inside</>;
              case 'first': return <span title={visibleLine(failure.firstPath)}>{visibleLine(failure.firstPath)}</span>;
              case 'helps': return <span title={failure.advice}>{failure.advice}</span>;
            }
          }}
        />
      )}
    </section>
  );
}
