import FolderLock from 'lucide-react/icons/folder-lock';
import ShieldX from 'lucide-react/icons/shield-x';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Vault from 'lucide-react/icons/vault';
import { useCallback, useMemo, useState } from 'react';
import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { useAllCases } from '../../lib/case-info.ts';
import { count } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { queryClient } from '../../lib/queries.ts';
import { Button, DataTable, EmptyPane, EmptyState, Icon, Notice, Pane, PaneHead, Panes, PaneTitle, Row, Skeleton, Spacer, VirtualList } from '../../ui/index.ts';
import { actionPhrase, detailWords, when } from './record-words.ts';
import { RecordDetail } from './record-detail.tsx';
import { useAuditRecords } from './records.ts';
import { VerifyTrail } from './verify-trail.tsx';
import css from './audit.module.css';

type Column = 'at' | 'record' | 'who' | 'action' | 'outcome';

const columns = [
  { id: 'record', heading: 'Record', width: '72px', align: 'end' },
  { id: 'at', heading: 'Time, UTC', width: '168px' },
  { id: 'action', heading: 'Action', width: 'minmax(0, 1.6fr)' },
  { id: 'who', heading: 'Who', width: 'minmax(0, 1fr)' },
  { id: 'outcome', heading: 'Outcome', width: '96px' },
] as const satisfies readonly { id: Column; heading: string; width: string; align?: 'end' }[];

/** The audit trail: one chain for the vault, one for each case, newest first, and whether they are whole. */
export function AuditView() {
  const openCaseId = useNavigation((state) => state.case);
  const cases = useAllCases();
  const chains = useMemo(() => [
    { id: null as CaseId | null, name: 'Vault', detail: 'Unlocks, cases, endpoints', icon: Vault },
    ...(cases ?? []).map((info) => ({ id: info.case as CaseId | null, name: info.name, detail: info.marking.banner, icon: FolderLock })),
  ], [cases]);
  const [chain, setChain] = useState<CaseId | null>(openCaseId);
  const [selected, setSelected] = useState<number | null>(null);
  const [panes, changePanes] = usePanesState('audit');
  const { total, recordAt, show, error, isLoading } = useAuditRecords(chain);
  const choose = useCallback((index: number) => {
    setChain(chains[index]?.id ?? null);
    setSelected(null);
  }, [chains]);
  const name = chains.find((entry) => entry.id === chain)?.name ?? 'Case';
  const record = selected === null ? undefined : recordAt(selected);
  return (
    <Panes
      state={panes}
      onChange={changePanes}
      middleMinPx={520}
      list={{
        name: 'the list of chains', minPx: 208, maxPx: 300, share: 0.16,
        content: (
          <Pane label="Chains">
            <PaneHead><PaneTitle>Chains</PaneTitle></PaneHead>
            <VirtualList
              label="Chains"
              count={chains.length}
              rowHeight={48}
              selectedIndex={Math.max(0, chains.findIndex((entry) => entry.id === chain))}
              onSelect={choose}
              renderRow={(index) => {
                const entry = chains[index];
                return entry && <Row icon={entry.icon} title={entry.name} detail={entry.detail} />;
              }}
            />
          </Pane>
        ),
      }}
      work={{
        name: 'the record', minPx: 300, maxPx: 400, share: 0.23,
        content: (
          <Pane label="Record">
            <PaneHead><PaneTitle>{record === undefined ? 'Record' : `Record ${count(record.record)}`}</PaneTitle></PaneHead>
            {record === undefined ? <EmptyPane>What a record says appears here. No record holds the content of a document, a question or a note.</EmptyPane> : <RecordDetail record={record} />}
          </Pane>
        ),
      }}
    >
      <Pane label={`Records of ${name}`} tone="document">
        <PaneHead>
          <PaneTitle level={1}>Audit: {name}</PaneTitle>
          {total !== undefined && <span className={css.count}>{count(total)}</span>}
          <Spacer />
          <VerifyTrail chains={chains} />
        </PaneHead>
        {error !== null && (
          <Notice
            kind="danger"
            live="alert"
            meaning={error.message}
            action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['audit.list'] }); }}>Try again</Button>}
          >
            The trail could not be read.
          </Notice>
        )}
        {isLoading && <div className={css.loading}><Skeleton label="Reading the trail" /></div>}
        {total === 0 && <EmptyState title="Nothing recorded yet" headingLevel={2}>Every action in this chain writes one record here, in the same transaction as what it does.</EmptyState>}
        {total !== undefined && total > 0 && (
          <DataTable
            key={chain}
            label={`Records of ${name}, newest first`}
            columns={columns}
            count={total}
            renderCell={(index, column) => <Cell record={recordAt(index)} column={column} />}
            selectedIndex={selected}
            onSelect={setSelected}
            onVisibleRange={show}
          />
        )}
      </Pane>
    </Panes>
  );
}

function ActionWords({ record }: { record: AuditRecord }) {
  const detail = detailWords(record);
  return <>{actionPhrase(record.action) ?? <code>{record.action}</code>}{detail !== '' && <span className={css.quiet}> · {detail}</span>}</>;
}

function Cell({ record, column }: { record: AuditRecord | undefined; column: Column }) {
  if (record === undefined) return column === 'action' ? <span className={css.quiet}>Loading</span> : null;
  switch (column) {
    case 'record': return count(record.record);
    case 'at': return when(record.at);
    case 'action': return <ActionWords record={record} />;
    case 'who': return record.who;
    case 'outcome':
      if (record.outcome === 'done') return <span className={css.quiet}>done</span>;
      return (
        <span className={css.alert}>
          <Icon glyph={record.outcome === 'refused' ? ShieldX : TriangleAlert} size={14} tone="danger" />{record.outcome}
        </span>
      );
  }
}
