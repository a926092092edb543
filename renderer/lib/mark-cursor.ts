/** Walking through the marks of a document: T goes to the next, Shift T to the one before, round and round. */
import { useCallback, useEffect, useMemo, useState } from 'react';

/** Where the walk is. `position` counts from 0 and is null while it is on none. */
export interface MarkCursor {
  readonly current: string | null;
  readonly position: number | null;
  readonly total: number;
  readonly step: (by: 1 | -1) => void;
  readonly moveTo: (id: string | null) => void;
}

/** The position after a step, or null when there is nothing to step to. From none, forwards begins at the first. */
export function stepped(position: number | null, by: 1 | -1, total: number): number | null {
  if (total === 0) return null;
  if (position === null) return by === 1 ? 0 : total - 1;
  return (position + by + total) % total;
}

/**
 * Walks through marks by their ids. When `scope` changes (another document, another query) the walk starts again: on the first
 * mark if `startsAtFirst`, else on none.
 */
export function useMarkCursor(ids: readonly string[], scope: string, startsAtFirst: boolean): MarkCursor {
  const [at, setAt] = useState<{ scope: string; id: string | null } | null>(null);
  const isHere = at !== null && at.scope === scope;
  const wanted = isHere ? at.id : startsAtFirst ? ids[0] ?? null : null;
  const found = wanted === null ? -1 : ids.indexOf(wanted);
  const position = found < 0 ? null : found;
  const current = position === null ? null : wanted;
  useEffect(() => { setAt((before) => (before?.scope === scope ? before : null)); }, [scope]);
  const moveTo = useCallback((id: string | null) => setAt({ scope, id }), [scope]);
  const step = useCallback((by: 1 | -1) => {
    const next = stepped(position, by, ids.length);
    if (next !== null) setAt({ scope, id: ids[next] ?? null });
  }, [position, ids, scope]);
  return useMemo(() => ({ current, position, total: ids.length, step, moveTo }), [current, position, ids.length, step, moveTo]);
}
