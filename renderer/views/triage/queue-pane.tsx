import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow';
import ListFilter from 'lucide-react/icons/list-filter';
import MessagesSquare from 'lucide-react/icons/messages-square';
import Paperclip from 'lucide-react/icons/paperclip';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import { memo, type ReactElement, type Ref, useMemo, useRef, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import type { SetRow } from '../../../preload/contract/domains/sets.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { count, counted, day } from '../../lib/format.ts';
import { typeNames, verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { languageName } from '../../lib/language-name.ts';
import { MarkedChip } from '../../lib/marked-chip.tsx';
import { markRange, useIsMarked } from '../../lib/marked-documents.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Chip, EmptyPane, Icon, IconButton, Menu, type MenuGroup, Notice, Pane, PaneBody, PaneHead, PaneSub, Portion, Row, Select, SkeletonRow, Spacer, Text, VirtualList, type VirtualListHandle } from '../../ui/index.ts';
import { percentAlike } from './groups-section.tsx';
import { ProgressFoot } from './progress-foot.tsx';
import { toggleLanguage, toggleType, useTriage } from './triage-state.ts';
import css from './triage.module.css';
import type { Queue } from './use-queue.ts';
import { orders, queues, types } from './words.ts';

/** Props of QueuePane. `newDocuments` came in since the queue was opened. */
export interface QueuePaneProps {
  readonly case: CaseId;
  readonly queue: Queue;
  readonly counts: CodingCounts | undefined;
  readonly newDocuments: number;
  readonly onMoveTo: (index: number) => void;
  readonly onOpen: () => void;
  readonly listRef: Ref<VirtualListHandle>;
}

/** The list pane: which queue, in which order, its documents, how far it is. */
export function QueuePane({ case: caseId, queue, counts, newDocuments, onMoveTo, onOpen, listRef }: QueuePaneProps): ReactElement {
  const coding = useTriage((state) => state.coding);
  const order = useTriage((state) => state.order);
  const { set } = queue;
  const isMarked = useIsMarked(queue.rowAt);
  const left = counts === undefined ? '' : counts.total === 0 ? '0' : coding === 'any' || coding === 'uncoded' ? `${count(Math.max(0, counts.total - counts.coded))} left` : count(set?.total ?? 0);
  return (
    <Pane label="Queue">
      <PaneHead>
        <QueueChoice />
        <Spacer />
        <Text size="small" tone={3} isNumeric>{left}</Text>
      </PaneHead>
      <QueueTools case={caseId} newDocuments={newDocuments} onReopen={queue.reopen} />
      {queue.error !== null && (
        <Notice kind="danger" live="alert" meaning={queue.error.message} action={<Button size="sm" onPress={queue.retry}>Try again</Button>}><b>The queue could not be read.</b></Notice>
      )}
      {set !== null && set.total > 0
        ? (
            <VirtualList label={`${queues.find((one) => one.id === coding)?.text ?? 'Documents'}, ${orders.find((one) => one.id === order)?.text.toLowerCase() ?? ''}`}
              count={set.total} rowHeight={48} renderRow={(index) => <QueueRow row={queue.rowAt(index)} />} selectedIndex={queue.index}
              isRowSelected={isMarked} onSelect={(index, { extend }) => { if (extend) markRange(queue.rowAt, queue.index ?? index, index); onMoveTo(index); }} onActivate={onOpen} onVisibleRange={queue.onVisibleRange} handleRef={listRef} autoFocus />
          )
        : <PaneBody>{set !== null && <EmptyPane>{counts?.total === 0 ? 'Documents appear here as they are ingested.' : 'No document is in this queue.'}</EmptyPane>}</PaneBody>}
      {counts !== undefined && counts.total > 0 && <ProgressFoot counts={counts} />}
    </Pane>
  );
}

// What stays the same from document to document is not drawn anew with every key.

const QueueChoice = memo(function QueueChoice() {
  const coding = useTriage((state) => state.coding);
  return <Select label="Queue" variant="title" options={queues} value={coding} onChange={(id) => useTriage.setState({ coding: id })} />;
});

const QueueTools = memo(function QueueTools({ case: caseId, newDocuments, onReopen }: { case: CaseId; newDocuments: number; onReopen: () => void }) {
  const order = useTriage((state) => state.order);
  const chosen = useTriage((state) => state.types);
  const languages = useTriage((state) => state.languages);
  const [isFiltering, setFiltering] = useState(false);
  const languageGroup = useLanguageGroup(caseId, isFiltering);
  const filterRef = useRef<HTMLButtonElement>(null);
  useCommands(useMemo((): readonly Command[] => [
    { id: 'triage.filter', name: 'Filter the queue by type or language', group: 'List', keys: ['Shift+F'], run: () => filterRef.current?.click() },
  ], []));
  return (
    <PaneSub label="Sort and filter">
      <Select label="Order" variant="chip" icon={ArrowDownWideNarrow} options={orders} value={order} onChange={(id) => useTriage.setState({ order: id })} />
      {types.filter((type) => chosen.includes(type)).map((type) => (
        <Chip key={type} onRemove={() => toggleType(type)} removeLabel={`Take out ${typeNames[type]}`}>{typeNames[type]}</Chip>
      ))}
      {languages.map((language) => (
        <Chip key={language} onRemove={() => toggleLanguage(language)} removeLabel={`Take out ${languageName(language)}`}>{languageName(language)}</Chip>
      ))}
      <MarkedChip />
      <Spacer />
      {newDocuments > 0 && <Chip icon={RefreshCw} onPress={onReopen}>{counted(newDocuments, 'new document')}</Chip>}
      <Menu label="Filters" placement="bottom end" onOpenChange={setFiltering} trigger={<IconButton ref={filterRef} label="Filter by type or language" icon={ListFilter} size="sm" keys={['Shift', 'F']} />}
        groups={[{ id: 'types', heading: 'Types', entries: types.map((type) => ({ id: type, text: typeNames[type], isChecked: chosen.includes(type), run: () => toggleType(type) })) }, ...languageGroup]} />
    </PaneSub>
  );
});

/** Languages to narrow to, with how many documents each has in the case. They are counted while the menu is open, not with every document that comes in. */
function useLanguageGroup(caseId: CaseId, isOpen: boolean): readonly MenuGroup[] {
  const chosen = useTriage((state) => state.languages);
  const { data } = useRoute('sets.languages', { case: caseId }, { enabled: isOpen });
  const found = data?.languages ?? [];
  const gone = chosen.filter((language) => !found.some(({ value }) => value === language)).map((value) => ({ value, count: 0 }));
  const entries = [...found, ...gone].map(({ value, count: documents }) => ({ id: `language ${value}`, text: languageName(value), ...(data !== undefined && { detail: count(documents) }), isChecked: chosen.includes(value), run: () => toggleLanguage(value) }));
  return entries.length === 0 ? [] : [{ id: 'languages', heading: 'Languages', entries }];
}

/** What a row belongs to: "5 near-duplicates · 94%", a thread, and whether it adds nothing to it. */
function GroupSigns({ near, thread }: Pick<SetRow, 'near' | 'thread'>): ReactElement {
  return (
    <>
      {near !== null && <span className={css['attachments']}> · {counted(near.others, 'near-duplicate')} · {percentAlike(near.least)}</span>}
      {thread !== null && <span className={css['attachments']}> · <Icon glyph={MessagesSquare} size={12} /> {count(thread.messages)}<span className={css['spoken']}> messages in its thread</span>{thread.addsNothing && ', adds nothing'}</span>}
    </>
  );
}

const QueueRow = memo(function QueueRow({ row }: { row: SetRow | undefined }) {
  if (row === undefined) return <SkeletonRow />;
  const { verdict, attachments } = row;
  const parts = [visibleLine(row.by), row.date === null ? '' : day(row.date)].filter((part) => part !== '').join(' · ');
  return (
    <Row
      icon={verdictGlyph(verdict)}
      iconLabel={verdictName(verdict).toLowerCase()}
      isDone={verdict !== null}
      title={visibleLine(row.title)}
      side={count(row.number)}
      detail={<>{parts}{attachments > 0 && <span className={css['attachments']}> · <Icon glyph={Paperclip} size={12} /> {attachments}<span className={css['spoken']}> attachments</span></span>}<GroupSigns near={row.near} thread={row.thread} /></>}
      detailSide={<Portion text={row.portion} />}
    />
  );
});
