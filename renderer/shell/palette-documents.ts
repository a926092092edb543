/** Documents for the palette: those that a search for the typed words finds first. */
import { useEffect, useState } from 'react';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import type { SetRow } from '../../preload/contract/domains/sets.ts';
import { call } from '../lib/client.ts';

const waitMs = 150;
const mostShown = 6;

/** The words of what was typed as a query that means just these words, the last one as a beginning; null without any. */
export function wordsQuery(typed: string): string | null {
  const words = typed.match(/[\p{L}\p{N}]+/gu)?.map((word) => word.toLowerCase()) ?? [];
  const last = words.at(-1);
  return last === undefined ? null : [...words.slice(0, -1), `${last}*`].join(' ');
}

async function find(caseId: CaseId, query: string, signal: AbortSignal): Promise<readonly SetRow[]> {
  const opened = await call('sets.open', { case: caseId, source: { kind: 'search', query } }, { signal });
  try {
    if (opened.total === 0) return [];
    const { rows } = await call('sets.rows', { case: caseId, set: opened.set, offset: 0, limit: mostShown }, { signal });
    return rows;
  } finally {
    // The set dies with the case's engine anyway; a close that fails changes nothing for anybody.
    call('sets.close', { case: caseId, set: opened.set }).catch(() => undefined);
  }
}

/** The first documents for what is typed; none without a case, without words, or when the search fails. */
export function usePaletteDocuments(caseId: CaseId | null, typed: string): readonly SetRow[] {
  const [rows, setRows] = useState<readonly SetRow[]>([]);
  const query = wordsQuery(typed);
  useEffect(() => {
    if (caseId === null || query === null) {
      setRows([]);
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      find(caseId, query, controller.signal).then(
        (found) => { if (!controller.signal.aborted) setRows(found); },
        // The search view shows what is wrong with a query; here no documents are offered.
        () => { if (!controller.signal.aborted) setRows([]); },
      );
    }, waitMs);
    return () => {
      clearTimeout(timer);
      controller.abort(new Error('Something else was typed.'));
    };
  }, [caseId, query]);
  return rows;
}
