import FolderInput from 'lucide-react/icons/folder-input';
import type { ReactElement } from 'react';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import { chooseAndAdd } from '../../lib/add-files.ts';
import { useOpenCase } from '../../lib/case-info.ts';
import { count, counted } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { useTriage } from './triage-state.ts';
import css from './triage.module.css';
import { queues } from './words.ts';

/** The middle of triage while the case holds no document: what to do first. */
export function NothingYet(): ReactElement {
  const formats = useRoute('ingest.formats', {}).data?.formats ?? [];
  const marking = useOpenCase()?.marking.banner;
  return (
    <EmptyState title="Nothing to triage yet"
      actions={(
        <>
          <Button variant="primary" size="lg" icon={FolderInput} keys={['Ctrl', 'O']} onPress={() => { void chooseAndAdd('folders'); }}>Add a folder</Button>
          <p className={css['formats']}>
            {formats.length > 0 && `Read today: ${formats.join(', ')}. `}
            {marking !== undefined && `Files without a marking are held as ${marking}.`}
          </p>
        </>
      )}>
      <p>Drop a folder or files here. They are copied into the encrypted case; the originals stay where they are.</p>
    </EmptyState>
  );
}

/** The middle of triage while the chosen queue holds nothing though the case does. */
export function EmptyQueue({ counts }: { counts: CodingCounts }): ReactElement {
  const { coding, types, languages } = useTriage();
  const goTo = useNavigation((state) => state.goTo);
  const name = queues.find((queue) => queue.id === coding)?.text ?? '';
  const show = (id: typeof coding) => (): void => useTriage.setState({ coding: id, types: [], languages: [] });
  if (types.length + languages.length > 0) {
    return (
      <EmptyState title="No documents match" actions={<Button size="lg" onPress={() => useTriage.setState({ types: [], languages: [] })}>{`Show all ${narrowed(types, languages)}`}</Button>}>
        <p>{counted(counts.total, 'document')} looked at. {`None of the chosen ${narrowed(types, languages)} is in “${name}”.`}</p>
      </EmptyState>
    );
  }
  if (coding === 'uncoded') {
    return (
      <EmptyState title="Every document is coded" actions={(
        <>
          {counts.deferred > 0 && <Button variant="primary" size="lg" onPress={show('deferred')}>Review {counted(counts.deferred, 'deferred document')}</Button>}
          <Button size="lg" onPress={() => goTo('chat')}>Ask this case</Button>
          <Button size="lg" onPress={show('any')}>All documents</Button>
        </>
      )}>
        <p>{count(counts.relevant)} relevant, {count(counts.notRelevant)} not relevant, {count(counts.deferred)} deferred of {counted(counts.total, 'document')}.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`No document is coded ${name}`} actions={<Button size="lg" onPress={show('any')}>All documents</Button>}>
      <p>{count(counts.coded)} of {counted(counts.total, 'document')} are coded.</p>
    </EmptyState>
  );
}

function narrowed(types: readonly unknown[], languages: readonly unknown[]): string {
  return [...(types.length > 0 ? ['types'] : []), ...(languages.length > 0 ? ['languages'] : [])].join(' and ');
}
