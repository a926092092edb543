import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import { DetailList, Group, GroupHead, PaneBody } from '../../ui/index.ts';
import { actionPhrase, when } from './record-words.ts';
import css from './audit.module.css';

/** All that one record says. */
export function RecordDetail({ record }: { record: AuditRecord }) {
  const details = Object.entries(record.detail);
  const phrase = actionPhrase(record.action);
  return (
    <PaneBody label="What the record says">
      <Group>
        <DetailList
          details={[
            { term: 'Time', value: `${when(record.at)} UTC` },
            { term: 'Who', value: record.who },
            { term: 'Device', value: record.device },
            ...(phrase === null ? [] : [{ term: 'Done', value: phrase }]),
            { term: 'Action', value: record.action, isMono: true },
            { term: 'Outcome', value: record.outcome },
            { term: 'Marking', value: record.marking === '' ? 'none' : record.marking },
          ]}
        />
      </Group>
      {details.length > 0 && (
        <Group>
          <GroupHead>Described by</GroupHead>
          <DetailList termWidth="wide" details={details.map(([term, value]) => ({ term, value: value === null ? 'none' : String(value) }))} />
        </Group>
      )}
      {record.objects.length > 0 && (
        <Group>
          <GroupHead>Done to</GroupHead>
          <ul className={css.ids}>{record.objects.map((id) => <li key={id}>{id}</li>)}</ul>
        </Group>
      )}
      <Group>
        <GroupHead>Chain</GroupHead>
        <DetailList details={[{ term: 'This', value: record.hash, isMono: true }, { term: 'Before it', value: record.previous, isMono: true }]} />
      </Group>
    </PaneBody>
  );
}
