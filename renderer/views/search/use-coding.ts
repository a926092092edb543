/** Deciding from the results: a code is saved before the next result shows, keys pressed meanwhile decide on those after it. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { createDecisions, type Decisions, droppedWords } from '../../lib/decisions.ts';
import { verdictName } from '../../lib/document-words.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { documentAt, nextUncodedAfter, type OpenSet } from '../../lib/open-set.ts';
import type { SetRows } from '../../lib/set-rows.ts';
import { toasts } from '../../lib/toasts.ts';
import { useSearchState } from './search-state.ts';

/** What the last coding came to. */
export interface Coding {
  readonly decisions: Decisions;
  /** For a screen reader: "Coded Relevant". */
  readonly said: string;
  /** Why the last coding was not kept; null when it was. */
  readonly failure: string | null;
  readonly clearFailure: () => void;
}

/** The decisions on the results of a set. */
export function useCoding(caseId: CaseId, set: OpenSet | null, rowAt: SetRows['rowAt']): Coding {
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const latest = useRef({ set, rowAt });
  latest.current = { set, rowAt };
  const decisions = useMemo(() => createDecisions({
    standing: () => {
      const { shown, selectedIndex } = useSearchState.getState();
      return shown === null ? null : { document: shown, index: selectedIndex };
    },
    save: async (document, verdict) => (await call('coding.set', { case: caseId, document, verdict })).counts,
    nextUncoded: async (index) => {
      const { set: open } = latest.current;
      return open === null || open.total === 0 ? null : nextUncodedAfter(open, index ?? -1);
    },
    show: async (index) => {
      const { set: open, rowAt: known } = latest.current;
      if (open === null) return false;
      try {
        const document = known(index)?.document ?? await documentAt(open, index);
        if (document === null || latest.current.set !== open) return false;
        useSearchState.setState({ selectedIndex: index, shown: document });
        useNavigation.getState().openDocument({ document, span: null });
        setFailure(null);
        return true;
      } catch {
        return false; // the list shows why its rows cannot be read
      }
    },
    onDecided: ({ verdict }) => {
      setFailure(null);
      setSaid(verdict === null ? 'Code taken back' : `Coded ${verdictName(verdict)}`);
    },
    onFailed: (_decision, error, dropped) => {
      setSaid('');
      const why = error instanceof Error ? error.message : String(error);
      setFailure(dropped === 0 ? why : `${why} ${droppedWords(dropped)}`);
    },
    onDropped: (dropped, why) => {
      toasts.show({ text: droppedWords(dropped, why) });
    },
  }), [caseId]);
  const clearFailure = useCallback(() => setFailure(null), []);
  return { decisions, said, failure, clearFailure };
}
