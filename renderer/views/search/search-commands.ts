/** What the keys do in search. */
import { useMemo } from 'react';
import type { CaseId, DocumentId, SetId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { selectedQuote } from '../../lib/selected-quote.ts';
import { useSearchState } from './search-state.ts';

/** What the keys act on. */
export interface SearchCommands {
  readonly total: number;
  readonly selectedIndex: number | null;
  readonly shown: DocumentId | null;
  readonly caseId: CaseId;
  readonly setId: SetId | undefined;
  readonly select: (index: number) => void;
  readonly toList: () => void;
  readonly code: (document: DocumentId, verdict: Verdict) => Promise<boolean>;
}

/** Registers them while search is shown. */
export function useSearchCommands({ total, selectedIndex, shown, caseId, setId, select, toList, code }: SearchCommands): void {
  const commands = useMemo((): readonly Command[] => {
    const hasRows = total > 0;
    const move = (by: 1 | -1): void => select(Math.max(0, Math.min(total - 1, selectedIndex === null ? 0 : selectedIndex + by)));
    const codeNow = (verdict: Verdict, stays: boolean): void => {
      if (shown === null) return;
      void code(shown, verdict).then((isKept) => {
        const { selectedIndex: at } = useSearchState.getState();
        if (isKept && !stays && at !== null && at < total - 1) select(at + 1);
      });
    };
    const nextUncoded = (): void => {
      if (setId === undefined) return;
      void call('sets.next-uncoded', { case: caseId, set: setId, from: (selectedIndex ?? -1) + 1 }).then(
        ({ index }) => { if (index !== null) select(index); },
        (fault: unknown) => { console.error('The next result that is not coded was not found.', fault); },
      );
    };
    const verdicts = [['R', 'Relevant', 'relevant'], ['N', 'Not relevant', 'not-relevant'], ['D', 'Deferred', 'deferred']] as const;
    return [
      { id: 'search.next', name: 'Next result', group: 'List', keys: ['J'], enabled: hasRows, run: () => move(1) },
      { id: 'search.previous', name: 'Previous result', group: 'List', keys: ['K'], enabled: hasRows, run: () => move(-1) },
      { id: 'search.next-uncoded', name: 'Next result not coded', group: 'List', keys: ['U'], enabled: hasRows, run: nextUncoded },
      ...verdicts.flatMap(([key, name, verdict]): Command[] => [
        { id: `search.code-${verdict}`, name: `Code ${name} and go on`, group: 'Coding', keys: [key], enabled: shown !== null, run: () => codeNow(verdict, false) },
        { id: `search.code-${verdict}-stay`, name: `Code ${name} and stay`, group: 'Coding', keys: [`Shift+${key}`], enabled: shown !== null, run: () => codeNow(verdict, true) },
      ]),
      { id: 'search.mark-up', name: 'Mark up this document', group: 'Document', keys: ['M'], enabled: shown !== null, run: () => { if (shown !== null) useNavigation.getState().openDocument({ document: shown, span: null }, 'annotate'); } },
      { id: 'search.ask', name: 'Ask about what is selected', group: 'Everywhere', keys: ['Q'], run: () => useNavigation.getState().ask(selectedQuote()) },
      { id: 'search.to-list', name: 'Back to the results', group: 'List', keys: ['Escape'], enabled: hasRows, run: toList },
    ];
  }, [total, selectedIndex, shown, caseId, setId, select, toList, code]);
  useCommands(commands);
}
