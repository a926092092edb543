import { type ReactElement, type Ref, useCallback, useState } from 'react';
import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow';
import type { SetOrder } from '../../../preload/contract/domains/sets.ts';
import { count, counted } from '../../lib/format.ts';
import { MarkedChip } from '../../lib/marked-chip.tsx';
import { markRange, useIsMarked } from '../../lib/marked-documents.ts';
import type { OpenSet } from '../../lib/open-set.ts';
import type { DrawnRange, SetRows } from '../../lib/set-rows.ts';
import { Button, Notice, Select, type SelectOption, Spacer, useDelayed, VirtualList, type VirtualListHandle, VisuallyHidden } from '../../ui/index.ts';
import css from './hit-list.module.css';
import { HitRow } from './hit-row.tsx';
import { useSearchState } from './search-state.ts';

const rowHeightPx = 100;

const orders: readonly SelectOption<Exclude<SetOrder, 'ingested'>>[] = [
  { id: 'best', text: 'Best match' },
  { id: 'newest', text: 'Newest' },
  { id: 'oldest', text: 'Oldest' },
  { id: 'path', text: 'Path' },
];

/** Props of HitList. */
export interface HitListProps {
  set: OpenSet;
  rows: SetRows;
  isSearching: boolean;
  onDrawn: (range: DrawnRange) => void;
  onSelect: (index: number) => void;
  /** Enter or a double click: on to the document. */
  onOpen: () => void;
  handleRef: Ref<VirtualListHandle>;
}

/** How many documents match, in which order, and all of them. */
export function HitList({ set, rows, isSearching, onDrawn, onSelect, onOpen, handleRef }: HitListProps): ReactElement {
  const selectedIndex = useSearchState((state) => state.selectedIndex);
  const isMarked = useIsMarked(rows.rowAt);
  const draw = useCallback((start: number, end: number) => onDrawn({ start, end }), [onDrawn]);
  return (
    <>
      <ResultHead set={set} isSearching={isSearching} />
      {rows.error !== null && <Notice kind="danger" meaning="The documents themselves are not affected." action={<Button size="sm" onPress={rows.retry}>Try again</Button>}>Some results could not be read.</Notice>}
      {/* A new set begins at its top: the key makes it a list of its own. */}
      <VirtualList key={set.set} label="Results" count={set.total} rowHeight={rowHeightPx} handleRef={handleRef} selectedIndex={selectedIndex}
        isRowSelected={isMarked} onSelect={(index, { extend }) => { if (extend) markRange(rows.rowAt, selectedIndex ?? index, index); onSelect(index); }} onActivate={onOpen} onVisibleRange={draw} renderRow={(index) => <HitRow row={rows.rowAt(index)} />} />
    </>
  );
}

/** The line above the results; it is also what a screen reader hears when a query has been run. */
export function ResultHead({ set, isSearching }: { set: OpenSet; isSearching: boolean }): ReactElement {
  const order = useSearchState((state) => state.order);
  const isLate = useDelayed(isSearching);
  const [announced, setAnnounced] = useState(set);
  if (!isSearching && announced !== set) setAnnounced(set);
  return (
    <div className={css.head}>
      <span className={css.words}>
        {isLate ? 'Searching' : <><b className={css.total}>{counted(set.total, 'document')}</b> of {count(set.searched)} searched · {count(set.tookMs)} ms</>}
      </span>
      <VisuallyHidden role="status">{counted(announced.total, 'document')} found</VisuallyHidden>
      <Spacer />
      <MarkedChip />
      <Select label="Order" variant="chip" icon={ArrowDownWideNarrow} options={orders} value={order === 'ingested' ? 'best' : order}
        onChange={(chosen) => useSearchState.setState({ order: chosen, selectedIndex: null })} />
    </div>
  );
}
