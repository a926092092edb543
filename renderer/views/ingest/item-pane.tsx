import FileText from 'lucide-react/icons/file-text';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestItem, IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { clock, day, size } from '../../lib/format.ts';
import { isOpenJob } from '../../lib/ingest-jobs.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DetailList, EmptyPane, Group, GroupHead, HistoryList, Pane, PaneBody, PaneHead, PaneTitle } from '../../ui/index.ts';
import { isOutside } from './held-files.ts';
import css from './ingest.module.css';

/** Props of ItemPane. */
export interface ItemPaneProps {
  readonly caseId: CaseId;
  readonly job: IngestJob | undefined;
  readonly item: IngestItem | null;
}

/** One file that gave no text or is held: what it is, what happened, what can be done. */
export function ItemPane({ caseId, job, item }: ItemPaneProps) {
  if (item === null) {
    return (
      <Pane label="File">
        <PaneHead><PaneTitle>File</PaneTitle></PaneHead>
        <EmptyPane>A file that gave no text, is held in quarantine or was not taken in is explained here.</EmptyPane>
      </Pane>
    );
  }
  return <KnownItem key={item.path} caseId={caseId} job={job} item={item} />;
}

function KnownItem({ caseId, job, item }: ItemPaneProps & { item: IngestItem }) {
  const openDocument = useNavigation((state) => state.openDocument);
  const { document } = item;
  const name = visibleLine(item.path.split(/[/\\]/).at(-1) ?? item.path);
  const canRetry = !['path.link', 'path.special'].includes(item.reason.code);
  const isHeld = item.state === 'quarantined';
  return (
    <Pane label={`File ${name}`}>
      <PaneHead><PaneTitle>{name}</PaneTitle></PaneHead>
      <PaneBody label={`About ${name}`}>
        <Group>
          <DetailList
            details={[
              { term: 'Path', value: visibleLine(item.path), isMono: true },
              { term: 'Size', value: item.sizeBytes === null ? 'not known' : size(item.sizeBytes) },
              { term: 'State', value: !isHeld ? 'in the case, without text' : item.isMember ? 'held, inside what it came in' : isOutside(item) ? 'not taken in' : 'held in quarantine' },
              ...(document === null ? [] : [{ term: 'SHA-256', value: <Sha caseId={caseId} document={document} />, isMono: true }]),
            ]}
          />
        </Group>
        <Group>
          <GroupHead>What happened</GroupHead>
          <HistoryList entries={[{ id: 'reason', when: `${day(item.at)}, ${clock(item.at)}`, what: item.reason.sentence }]} />
          <p className={css.code}>{item.reason.code}</p>
        </Group>
        <Group>
          <GroupHead>What you can do</GroupHead>
          {document !== null && (
            <Button isWide align="start" icon={FileText} onPress={() => openDocument({ document, span: null }, 'triage')}>Show it in triage</Button>
          )}
          <p className={css.hint}>{item.advice}{item.tries > 1 ? ` It was read ${item.tries} times.` : ''}</p>
          <p className={css.hint}>
            {hintOf(item, { canRetry, isOpen: job !== undefined && isOpenJob(job) })}
          </p>
        </Group>
      </PaneBody>
    </Pane>
  );
}

/** What another try could do for a file, and what stays possible without one. */
function hintOf({ state, isMember, canUnlock }: IngestItem, { canRetry, isOpen }: { readonly canRetry: boolean; readonly isOpen: boolean }): string {
  if (state !== 'quarantined') return 'It can be coded and annotated as a whole. Its original stays in the case.';
  if (isMember && canUnlock) return `The other files were not affected. It is read with what holds it: ${isOpen ? 'when the job has ended, a password can be tried on that.' : '“Try with a password” reads that again.'}`;
  if (isMember) return 'The other files were not affected.';
  if (!canRetry) return 'The other files were not affected.';
  return `The other files were not affected.${isOpen ? ' Held files can be tried again when the job has ended.' : ' Y tries the held files of this job again.'}`;
}

function Sha({ caseId, document }: { caseId: CaseId; document: NonNullable<IngestItem['document']> }) {
  const answer = useRoute('documents.get', { case: caseId, document });
  if (answer.data === undefined) return answer.error === null ? 'reading' : 'not known';
  return answer.data.sha256 ?? 'not known';
}
