import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { IngestItem, IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { call } from '../../lib/client.ts';
import { count, size, todayOrDay } from '../../lib/format.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { Button, DataTable, Notice } from '../../ui/index.ts';
import { SectionHead } from './section-head.tsx';
import css from './ingest.module.css';

type Column = 'path' | 'reason' | 'size' | 'at';

const columns: readonly { id: Column; heading: string; width: string; align?: 'end'; isMono?: boolean }[] = [
  { id: 'path', heading: 'File', width: 'minmax(0, 1.1fr)', isMono: true },
  { id: 'reason', heading: 'Why', width: 'minmax(0, 1fr)' },
  { id: 'size', heading: 'Size', width: '88px', align: 'end' },
  { id: 'at', heading: 'Since', width: '112px', align: 'end' },
];

const wordsByState = {
  quarantined: { title: 'Quarantine', detail: 'kept sealed and never opened by itself' },
  'no-text': { title: 'Without text', detail: 'in the case, found by name and not by words' },
} as const;

const pageItems = 200;
const rowPx = 32;
const headPx = 28;
const mostRowsShown = 12;

/** Props of HeldSection. */
export interface HeldSectionProps {
  readonly caseId: CaseId;
  readonly job: IngestJob;
  readonly state: 'quarantined' | 'no-text';
  readonly item: IngestItem | null;
  readonly onItem: (item: IngestItem) => void;
}

/** The files of a job that ended in one of the two states, by path. More than twelve scroll in place. */
export function HeldSection({ caseId, job, state, item, onItem }: HeldSectionProps) {
  const [pages, setPages] = useState<readonly [number, number]>([0, 0]);
  const show = useCallback((start: number, end: number) => {
    const first = Math.floor(start / pageItems);
    const last = Math.floor(Math.max(start, end - 1) / pageItems);
    setPages((before) => (before[0] === first && before[1] === last ? before : [first, last]));
  }, []);
  const wanted = [...new Set([0, ...Array.from({ length: pages[1] - pages[0] + 1 }, (_, step) => pages[0] + step)])];
  const answers = useQueries({
    queries: wanted.map((page) => {
      const input = { case: caseId, job: job.job, state, offset: page * pageItems, limit: pageItems };
      return { queryKey: keyOf('ingest.items', input), queryFn: ({ signal }: { signal: AbortSignal }) => call('ingest.items', input, { signal }) };
    }),
  });
  const itemAt = (index: number): IngestItem | undefined => answers[wanted.indexOf(Math.floor(index / pageItems))]?.data?.items[index % pageItems];
  const total = answers[0]?.data?.total ?? 0;
  const error = answers.find((answer) => answer.error !== null)?.error;
  const selected = item === null || item.state !== state ? null : positionOf(item.path, wanted, answers.map((answer) => answer.data?.items ?? []));
  const words = wordsByState[state];
  const isLong = total > mostRowsShown;
  return (
    <section aria-label={words.title}>
      <SectionHead title={words.title} detail={`${count(total)}, ${words.detail}`} />
      {error !== undefined && (
        <Notice
          kind="danger"
          live="alert"
          meaning={error?.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['ingest.items'] }); }}>Try again</Button>}
        >
          The files could not be read.
        </Notice>
      )}
      {total > 0 && (
        <div className={css.table} style={isLong ? { height: headPx + mostRowsShown * rowPx + rowPx / 2 } : undefined}>
          <DataTable
            label={words.title}
            layout={isLong ? 'fill' : 'flow'}
            columns={columns}
            count={total}
            selectedIndex={selected}
            onSelect={(index) => {
              const next = itemAt(index);
              if (next !== undefined) onItem(next);
            }}
            onVisibleRange={show}
            renderCell={(index, column) => <Cell item={itemAt(index)} column={column} />}
          />
        </div>
      )}
    </section>
  );
}

/** The position of a path among the pages that have arrived; null when it is on none of them. */
function positionOf(path: string, numbers: readonly number[], pages: readonly (readonly IngestItem[])[]): number | null {
  for (const [at, items] of pages.entries()) {
    const index = items.findIndex((item) => item.path === path);
    if (index >= 0) return (numbers[at] ?? 0) * pageItems + index;
  }
  return null;
}

function since(timeMs: number): string {
  return todayOrDay(timeMs, Date.now());
}

function Cell({ item, column }: { item: IngestItem | undefined; column: Column }) {
  if (item === undefined) return column === 'path' ? <span className={css.quiet}>Loading</span> : null;
  switch (column) {
    case 'path': return <span title={item.path}>{item.path}</span>;
    case 'reason': return <span title={item.reason.sentence}>{item.reason.sentence}</span>;
    case 'size': return item.sizeBytes === null ? 'not known' : size(item.sizeBytes);
    case 'at': return since(item.at);
  }
}
