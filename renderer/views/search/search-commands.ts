/** What the keys do in search. */
import { useMemo, useRef } from 'react';
import type { DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { orderOver } from '../../lib/bulk-runs.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import type { Decisions } from '../../lib/decisions.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { clearMarked, markRange, toggleMarked } from '../../lib/marked-documents.ts';
import { nextUncodedAfter, type OpenSet } from '../../lib/open-set.ts';
import type { SetRows } from '../../lib/set-rows.ts';
import { useSearchState } from './search-state.ts';
import { askAboutSelection } from '../../lib/ask-selection.ts';

/** What the keys act on. */
export interface SearchCommands {
  readonly set: OpenSet | null;
  readonly shown: DocumentId | null;
  readonly toList: () => void;
  readonly decisions: Decisions;
  readonly rowAt: SetRows['rowAt'];
}

/** Registers them while search is shown. */
export function useSearchCommands({ set, shown, toList, decisions, rowAt }: SearchCommands): void {
  const latest = useRef(rowAt);
  latest.current = rowAt;
  const total = set?.total ?? 0;
  const commands = useMemo((): readonly Command[] => {
    const hasRows = total > 0;
    const move = (by: 1 | -1): void => decisions.move((at) => Math.max(0, Math.min(total - 1, at === null || at.index === null ? 0 : at.index + by)));
    const codeNow = (verdict: Verdict, stays: boolean): void => decisions.decide(verdict, stays);
    const nextUncoded = (): void => decisions.move(async (at) => (set === null ? null : nextUncodedAfter(set, at?.index ?? -1)));
    const verdicts = [['R', 'Relevant', 'relevant'], ['N', 'Not relevant', 'not-relevant'], ['D', 'Deferred', 'deferred']] as const;
    return [
      { id: 'search.next', name: 'Next result', group: 'List', keys: ['J'], enabled: hasRows, run: () => move(1) },
      { id: 'search.previous', name: 'Previous result', group: 'List', keys: ['K'], enabled: hasRows, run: () => move(-1) },
      { id: 'search.next-uncoded', name: 'Next result not coded', group: 'List', keys: ['U'], enabled: hasRows, run: nextUncoded },
      ...verdicts.flatMap(([key, name, verdict]): Command[] => [
        { id: `search.code-${verdict}`, name: `Code ${name} and go on`, group: 'Coding', keys: [key], enabled: shown !== null, run: () => codeNow(verdict, false) },
        { id: `search.code-${verdict}-stay`, name: `Code ${name} and stay`, group: 'Coding', keys: [`Shift+${key}`], enabled: shown !== null, run: () => codeNow(verdict, true) },
      ]),
      ...([['J', 1, 'next'], ['K', -1, 'previous']] as const).map(([key, by, name]): Command => ({ id: `search.mark-${name}`, name: `Mark this result and the ${name} to ask about`, group: 'List', keys: [`Shift+${key}`], enabled: hasRows, run: () => { const { selectedIndex } = useSearchState.getState(); if (selectedIndex !== null) markRange(latest.current, selectedIndex, selectedIndex + by); move(by); } })),
      { id: 'search.mark', name: 'Mark this document to ask about, or let it go', group: 'List', keys: ['X'], enabled: shown !== null, run: () => { if (shown !== null) toggleMarked(shown); } },
      { id: 'search.clear-marked', name: 'Let the marked documents go', group: 'List', keys: [], run: clearMarked },
      { id: 'search.mark-up', name: 'Mark up this document', group: 'Document', keys: ['M'], enabled: shown !== null, run: () => { if (shown !== null) useNavigation.getState().openDocument({ document: shown, span: null }, 'annotate'); } },
      { id: 'search.ask', name: 'Ask about what is selected', group: 'Everywhere', keys: ['Q'], run: () => askAboutSelection() },
      { id: 'search.first-pass', name: 'First pass over this list', group: 'Bulk', keys: [], enabled: hasRows, run: () => { if (set !== null) orderOver({ scope: { kind: 'list', source: set.source }, label: set.source.kind === 'search' ? `the search ${set.source.query}` : 'the queue' }); } },
      { id: 'search.to-list', name: 'Back to the results', group: 'List', keys: ['Escape'], enabled: hasRows, run: toList },
    ];
  }, [set, total, shown, toList, decisions]);
  useCommands(commands);
}
