/**
 * Search: facets, query and results, the chosen document. The view owns how a query is typed, run and walked through; what a
 * query means, how it is read and what it finds is the engine's. Nothing here is faked while an answer is out: the last good
 * results stay until newer ones come.
 */
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { isEngineError } from '../../lib/client.ts';
import { useFocusOnRequest } from '../../lib/focus-request.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRowsOnScreen } from '../../lib/on-screen.ts';
import { useOpenSet } from '../../lib/open-set.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { useRoute } from '../../lib/queries.ts';
import { type DrawnRange, useSetRows } from '../../lib/set-rows.ts';
import { Button, Notice, Pane, Panes, Skeleton, type VirtualListHandle, VisuallyHidden } from '../../ui/index.ts';
import { FacetPane } from './facet-pane.tsx';
import { HitDocument } from './hit-document.tsx';
import { HitList, ResultHead } from './hit-list.tsx';
import { NoMatch } from './no-match.tsx';
import { askNow, QueryBox } from './query-box.tsx';
import { QueryHelp } from './query-help.tsx';
import { ReadLine } from './read-line.tsx';
import css from './search.module.css';
import { useSearchCommands } from './search-commands.ts';
import { sourceOf, useSearchState } from './search-state.ts';
import { useCoding } from './use-coding.ts';

const topRange: DrawnRange = { start: 0, end: 0 };

/** The search view of the open case. */
export function SearchView(): ReactElement | null {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <CaseSearch key={caseId} caseId={caseId} />;
}

function CaseSearch({ caseId }: { caseId: CaseId }): ReactElement {
  const state = useSearchState();
  const { asked, selectedIndex, shown } = state;
  const { set, error, isOpening, reopen } = useOpenSet(caseId, sourceOf(state));
  const [drawn, setDrawn] = useState<DrawnRange>(topRange);
  const rows = useSetRows(set, drawn);
  const query = set?.source.kind === 'search' ? set.source.query : '';
  const facets = useRoute('search.facets', { case: caseId, query }, { enabled: query !== '', keepPrevious: true });
  const coding = useCoding(caseId, set, rows.rowAt);
  const { decisions, clearFailure } = coding;
  const boxRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<VirtualListHandle>(null);
  const [panes, setPanes] = usePanesState('search');

  useAdoptedQuery();
  useEffect(() => {
    if (query === '') return;
    useSearchState.setState({ told: query });
    useNavigation.getState().setQuery(query);
  }, [query]);
  useFocusOnRequest('search-box', () => { boxRef.current?.focus(); boxRef.current?.select(); });
  useRowsOnScreen(rows.rowAt, drawn, set?.total ?? 0);
  const lostSet = isEngineError(rows.error, 'case.unknown-set');
  useEffect(() => { if (lostSet) reopen(); }, [lostSet, reopen]);

  // New results begin at their first: what was chosen among those before them says nothing here.
  const setId = set?.set;
  const isEmpty = set?.total === 0;
  useEffect(() => {
    if (setId === undefined) return;
    if (isEmpty) useSearchState.setState({ shown: null });
    else if (useSearchState.getState().selectedIndex === null) useSearchState.setState({ selectedIndex: 0 });
  }, [setId, isEmpty]);

  const show = useCallback((document: DocumentId) => {
    useSearchState.setState({ shown: document });
    if (useNavigation.getState().place?.document !== document) useNavigation.getState().openDocument({ document, span: null });
  }, []);
  const select = useCallback((index: number) => {
    useSearchState.setState({ selectedIndex: index });
    clearFailure();
  }, [clearFailure]);
  const selectedDocument = selectedIndex === null ? undefined : rows.rowAt(selectedIndex)?.document;
  useEffect(() => { if (selectedDocument !== undefined) show(selectedDocument); }, [selectedDocument, show]);

  const toList = useCallback(() => {
    if (set === null || set.total === 0) return;
    if (useSearchState.getState().selectedIndex === null) select(0);
    listRef.current?.focus();
  }, [set, select]);
  const tryQuery = (next: string): void => {
    useSearchState.setState({ typed: next });
    askNow();
    boxRef.current?.focus();
  };
  const total = set?.total ?? 0;
  useSearchCommands({ set, shown, toList, decisions, rowAt: rows.rowAt });

  const isRefused = isEngineError(error, 'search.bad-query');
  return (
    <Panes
      state={panes}
      onChange={setPanes}
      middleMinPx={520}
      list={{ name: 'facets', minPx: 224, maxPx: 288, share: 0.165, content: <FacetPane facets={query === '' ? null : facets.data ?? null} error={facets.error} onRetry={() => void facets.refetch()} isEmpty={total === 0} /> }}
      work={{
        name: 'document', minPx: 400, maxPx: 640, share: 0.33,
        content: <HitDocument case={caseId} document={set === null ? null : shown} query={query} parts={set?.read ?? []} onOpenDocument={show}
          notice={coding.failure && <Notice kind="danger" live="alert" meaning="It stands as it was." action={<Button size="sm" onPress={coding.clearFailure}>Close</Button>}>This document was not coded: {coding.failure}</Notice>} />,
      }}
    >
      <Pane label="Results">
        <QueryBox error={error} inputRef={boxRef} onLeave={toList} />
        {set !== null && set.read.length > 0 && <ReadLine parts={set.read} />}
        {error !== null && !isRefused && <Notice kind="danger" live="alert" meaning={set === null ? 'Nothing was found or lost.' : 'The results below are those of the query before.'} action={<Button size="sm" onPress={reopen}>Search again</Button>}>The search failed: {error.message}</Notice>}
        {set === null && isOpening && <div className={css.waiting}><Skeleton label="Searching" lines={[70, 92, 84]} /></div>}
        {set === null && !isOpening && (asked.trim() === '' || isRefused) && <QueryHelp onTry={tryQuery} />}
        {set !== null && set.total > 0 && <HitList set={set} rows={rows} isSearching={isOpening} onDrawn={setDrawn} onSelect={select} onOpen={focusDocument} handleRef={listRef} />}
        {set !== null && set.total === 0 && <><ResultHead set={set} isSearching={isOpening} /><NoMatch set={set} query={query} onTry={tryQuery} /></>}
        <VisuallyHidden role="status">{coding.said}</VisuallyHidden>
      </Pane>
    </Panes>
  );
}

/** Enter on a result moves on to its text. */
function focusDocument(): void {
  document.querySelector<HTMLElement>('article[data-pane] [data-pane-body]')?.focus();
}

/** Takes over a query that another part of the window wants run. */
function useAdoptedQuery(): void {
  const wanted = useNavigation((state) => state.query);
  useEffect(() => {
    const { asked, told } = useSearchState.getState();
    if (wanted !== '' && wanted !== told && wanted !== asked) useSearchState.setState({ typed: wanted, asked: wanted, selectedIndex: null });
  }, [wanted]);
}
