/** The open queue: its set, its rows, and where the shown document stands in it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { SetRow } from '../../../preload/contract/domains/sets.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { documentAt, type OpenSet, useOpenSet } from '../../lib/open-set.ts';
import { type DrawnRange, useSetRows } from '../../lib/set-rows.ts';
import { prefetchDocument } from './prefetch-document.ts';
import { sourceOf, useTriage } from './triage-state.ts';

/** What the panes need of the queue. */
export interface Queue {
  readonly set: OpenSet | null;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly reopen: () => void;
  readonly rowAt: (index: number) => SetRow | undefined;
  /** Position of the shown document; null when it is not in this queue or none is shown. */
  readonly index: number | null;
  readonly onVisibleRange: (start: number, end: number) => void;
  readonly drawn: DrawnRange;
  /** Shows the document at a position. False when the position could not be read. */
  readonly show: (index: number) => Promise<boolean>;
}

/** Opens the queue that the triage state asks for and keeps the shown document and its position together. */
export function useQueue(caseId: CaseId): Queue {
  const state = useTriage();
  const { set, error, reopen } = useOpenSet(caseId, sourceOf(state));
  const [drawn, setDrawn] = useState<DrawnRange>({ start: 0, end: 0 });
  const rows = useSetRows(set, drawn);
  const { rowAt } = rows;
  const place = useNavigation((navigation) => navigation.place);
  const query = useNavigation((navigation) => navigation.query);
  const openDocument = useNavigation((navigation) => navigation.openDocument);
  const { position } = state;

  const latest = useRef({ set, rowAt });
  latest.current = { set, rowAt };
  const show = useCallback(async (index: number): Promise<boolean> => {
    const { set: open, rowAt: known } = latest.current;
    if (open === null || index < 0 || index >= open.total) return true;
    try {
      const document = known(index)?.document ?? await documentAt(open, index);
      if (document === null || latest.current.set !== open) return false;
      useTriage.setState({ position: { set: open, document, index } });
      openDocument({ document, span: null });
      return true;
    } catch {
      return false; // the list shows why its rows cannot be read
    }
  }, [openDocument]);

  // A fresh queue begins at the shown document where it holds it, else at the first that is not coded.
  useEffect(() => {
    if (set === null || set.total === 0) return;
    if (place !== null && position?.set === set && position.document === place.document) return;
    const controller = new AbortController();
    const { signal } = controller;
    const settle = async (): Promise<void> => {
      if (place !== null) {
        const { index } = await call('sets.position', { case: set.case, set: set.set, document: place.document }, { signal });
        useTriage.setState({ position: { set, document: place.document, index } });
        return;
      }
      const { index } = await call('sets.next-uncoded', { case: set.case, set: set.set, from: 0 }, { signal });
      if (!signal.aborted) await show(index ?? 0);
    };
    settle().catch((fault: unknown) => {
      if (!signal.aborted && isEngineError(fault, 'case.unknown-set')) reopen();
    });
    return () => controller.abort(new DOMException('The queue changed.', 'AbortError'));
  }, [set, place, position, show, reopen]);

  const index = position !== null && position.set === set && position.document === place?.document ? position.index : null;
  const near = [index === null ? null : index + 1, index === null ? null : index - 1, nextOpen(rowAt, index)];
  const nearRows = near.map((at) => (at === null ? undefined : rowAt(at)));
  const nearKey = nearRows.map((row) => row?.document ?? '').join();
  const latestNear = useRef(nearRows);
  latestNear.current = nearRows;
  useEffect(() => {
    for (const row of latestNear.current) if (row !== undefined) prefetchDocument(caseId, row.document, row.state === 'text', query);
  }, [caseId, nearKey, query]);

  // The engine forgets sets when it ends; the rows then say so and the queue is opened anew.
  const isForgotten = isEngineError(rows.error, 'case.unknown-set');
  useEffect(() => { if (isForgotten) reopen(); }, [isForgotten, reopen]);

  const onVisibleRange = useCallback((start: number, end: number) => setDrawn({ start, end }), []);
  const retry = (): void => {
    if (error !== null) reopen();
    else rows.retry();
  };
  return { set, error: error ?? (isForgotten ? null : rows.error), retry, reopen, rowAt, index, onVisibleRange, drawn, show };
}

const lookAhead = 60;

/** The first row after `from` that is known and not coded, within what a key press may reach. */
function nextOpen(rowAt: (index: number) => SetRow | undefined, from: number | null): number | null {
  if (from === null) return null;
  for (let at = from + 1; at < from + lookAhead; at += 1) {
    const row = rowAt(at);
    if (row === undefined) return null;
    if (row.verdict === null) return at;
  }
  return null;
}
