/** A set held open while a view shows it: opened when its source changes, closed when it is replaced or the view leaves. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CaseId, DocumentId, SetId } from '../../preload/contract/domains/basics.ts';
import type { ReadPart, SetSource } from '../../preload/contract/domains/sets.ts';
import { call } from './client.ts';
import { keyOf, queryClient } from './queries.ts';

/** A set that the engine holds for this view. */
export interface OpenSet {
  readonly case: CaseId;
  readonly set: SetId;
  readonly source: SetSource;
  readonly total: number;
  readonly searched: number;
  readonly read: readonly ReadPart[];
  readonly tookMs: number;
}

/** `set` stays the last good one while another is opened, and when that fails; `error` is about the last try. */
export interface OpenSetState {
  readonly set: OpenSet | null;
  readonly error: Error | null;
  readonly isOpening: boolean;
  /** Opens the same source again, as the case is now. */
  readonly reopen: () => void;
}

type Held = Omit<OpenSetState, 'reopen'>;
const nothing: Held = { set: null, error: null, isOpening: false };

/** Opens `source` and keeps it open. A null source or case opens nothing. A late answer never replaces a newer one. */
export function useOpenSet(caseId: CaseId | null, source: SetSource | null): OpenSetState {
  const [held, setHeld] = useState<Held>(nothing);
  const [nonce, setNonce] = useState(0);
  const key = source === null ? null : JSON.stringify(source);

  // The source is a new object at every render; what it says counts.
  const latest = useRef(source);
  latest.current = source;
  useEffect(() => {
    const { current } = latest;
    if (caseId === null || current === null) {
      setHeld(nothing);
      return;
    }
    const controller = new AbortController();
    setHeld((before) => ({ ...before, isOpening: true }));
    call('sets.open', { case: caseId, source: current }, { signal: controller.signal }).then(
      (answer) => {
        if (!controller.signal.aborted) setHeld({ set: { ...answer, case: caseId, source: current }, error: null, isOpening: false });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setHeld((before) => ({ ...before, error: error instanceof Error ? error : new Error(String(error)), isOpening: false }));
      },
    );
    return () => controller.abort(new DOMException('A newer set was asked for.', 'AbortError'));
  }, [caseId, key, nonce]);

  const open = held.set;
  useEffect(() => {
    if (open === null) return;
    // A set that is gone already (the engine stopped) needs no closing.
    return () => { call('sets.close', { case: open.case, set: open.set }).catch(() => undefined); };
  }, [open]);

  const reopen = useCallback(() => setNonce((before) => before + 1), []);
  const isOurs = open !== null && open.case === caseId;
  return { set: isOurs ? open : null, error: held.error, isOpening: held.isOpening, reopen };
}

/** The next position that is not coded after `index`, wrapping round; null when there is none besides it. */
export async function nextUncodedAfter(set: OpenSet, index: number): Promise<number | null> {
  const next = (await call('sets.next-uncoded', { case: set.case, set: set.set, from: (index + 1) % set.total })).index;
  return next === index ? null : next;
}

/** The document at a position; null when the set ends before it. */
export async function documentAt(set: OpenSet, index: number): Promise<DocumentId | null> {
  const input = { case: set.case, set: set.set, offset: index, limit: 1 };
  const { rows } = await queryClient.fetchQuery({ queryKey: keyOf('sets.rows', input), queryFn: ({ signal }) => call('sets.rows', input, { signal }) });
  return rows[0]?.document ?? null;
}
