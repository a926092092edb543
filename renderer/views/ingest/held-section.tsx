import type { IngestItem } from '../../../preload/contract/domains/ingest.ts';
import { count, size } from '../../lib/format.ts';
import { queryClient } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, DataTable, Notice } from '../../ui/index.ts';
import type { HeldFiles } from './held-files.ts';
import { SectionHead } from './section-head.tsx';
import css from './ingest.module.css';

type Column = 'path' | 'reason' | 'size';

const columns: readonly { id: Column; heading: string; width: string; align?: 'end'; isMono?: boolean }[] = [
  { id: 'path', heading: 'File', width: 'minmax(0, 1fr)', isMono: true },
  { id: 'reason', heading: 'Why', width: 'minmax(0, 2.5fr)' },
  { id: 'size', heading: 'Size', width: '92px', align: 'end' },
];

/** Members are told apart by the end of a long path. */
const memberColumns = columns.map((column) => (column.id === 'size' ? column : { ...column, width: column.id === 'path' ? 'minmax(0, 1.5fr)' : 'minmax(0, 1fr)' }));

const wordsByKind = {
  sealed: { title: 'Quarantine', detail: 'kept sealed and never opened by itself' },
  members: { title: 'Held inside containers', detail: 'not read; what holds them is in the case' },
  outside: { title: 'Not taken in', detail: 'nothing of it was kept' },
  'no-text': { title: 'Without text', detail: 'in the case, found by name and not by words' },
} as const;

const rowPx = 32;
const headPx = 28;
const mostRowsShown = 12;

/** Props of HeldSection. */
export interface HeldSectionProps {
  readonly kind: keyof typeof wordsByKind;
  readonly files: HeldFiles;
  readonly item: IngestItem | null;
  readonly onItem: (item: IngestItem) => void;
}

/** The files of a job that ended in one way, by path. More than twelve scroll in place. */
export function HeldSection({ kind, files, item, onItem }: HeldSectionProps) {
  const { total, shown, itemAt, error } = files;
  const words = wordsByKind[kind];
  const isLong = shown > mostRowsShown;
  return (
    <section aria-label={words.title}>
      <SectionHead title={words.title} detail={`${count(total)}, ${words.detail}${shown > 0 && shown < total ? `; the first ${count(shown)} are listed` : ''}`} />
      {error !== null && (
        <Notice
          kind="danger"
          live="alert"
          meaning={error.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: [kind === 'members' ? 'ingest.held-members' : 'ingest.items'] }); }}>Try again</Button>}
        >
          The files could not be read.
        </Notice>
      )}
      {shown > 0 && (
        <div className={css.table} style={isLong ? { height: headPx + mostRowsShown * rowPx + rowPx / 2 } : undefined}>
          <DataTable
            label={words.title}
            layout={isLong ? 'fill' : 'flow'}
            columns={kind === 'members' ? memberColumns : columns}
            count={shown}
            selectedIndex={item === null ? null : files.positionOf(item.path)}
            onSelect={(index) => {
              const next = itemAt(index);
              if (next !== undefined) onItem(next);
            }}
            onVisibleRange={files.show}
            renderCell={(index, column) => <Cell item={itemAt(index)} column={column} />}
          />
        </div>
      )}
    </section>
  );
}

function Cell({ item, column }: { item: IngestItem | undefined; column: Column }) {
  if (item === undefined) return column === 'path' ? <span className={css.quiet}>Loading</span> : null;
  switch (column) {
    case 'path': return <span title={visibleLine(item.path)}>{visibleLine(item.path)}</span>;
    case 'reason': return <span title={item.reason.sentence}>{item.reason.sentence}</span>;
    case 'size': return item.sizeBytes === null ? 'not known' : size(item.sizeBytes);
  }
}
