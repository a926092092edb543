/** The keys of triage. */
import { type RefObject, useMemo, useRef } from 'react';
import { type Command, useCommands } from '../../lib/commands.ts';
import { orderOver } from '../../lib/bulk-runs.ts';
import { requestFocus } from '../../lib/focus-request.ts';
import type { Place } from '../../lib/navigation.ts';
import type { VirtualListHandle } from '../../ui/index.ts';
import { clearMarked, markRange, toggleMarked } from '../../lib/marked-documents.ts';
import { sourceOf, useTriage } from './triage-state.ts';
import type { Coding } from './use-coding.ts';
import type { Queue } from './use-queue.ts';

/** What useTriageCommands acts on. */
export interface TriageCommandsOptions {
  readonly coding: Coding;
  readonly queue: Pick<Queue, 'index' | 'rowAt'>;
  readonly place: Place | null;
  readonly listRef: RefObject<VirtualListHandle | null>;
  readonly historyRef: RefObject<HTMLDivElement | null>;
}

/** Registers them while the view is mounted. */
export function useTriageCommands({ coding, queue, place, listRef, historyRef }: TriageCommandsOptions): void {
  const latest = useRef(queue);
  latest.current = queue;
  useCommands(useMemo((): readonly Command[] => {
    const enabled = place !== null;
    const decide = (key: string, name: string, verdict: 'relevant' | 'not-relevant' | 'deferred'): readonly Command[] => [
      { id: `coding.${verdict}`, name: `${name} and go on`, group: 'Coding', keys: [key], enabled, run: () => coding.code(verdict, { isStaying: false }) },
      { id: `coding.${verdict}.stay`, name: `${name} and stay`, group: 'Coding', keys: [`Shift+${key}`], enabled, run: () => coding.code(verdict, { isStaying: true }) },
    ];
    return [
      { id: 'triage.next', name: 'Next document', group: 'List', keys: ['J'], run: () => coding.move(1) },
      { id: 'triage.previous', name: 'Previous document', group: 'List', keys: ['K'], run: () => coding.move(-1) },
      ...([['J', 1, 'next'], ['K', -1, 'previous']] as const).map(([key, by, name]): Command => ({ id: `triage.mark-${name}`, name: `Mark this document and the ${name} to ask about`, group: 'List', keys: [`Shift+${key}`], enabled, run: () => { const { index, rowAt } = latest.current; if (index !== null) markRange(rowAt, index, index + by); coding.move(by); } })),
      { id: 'triage.mark', name: 'Mark this document to ask about, or let it go', group: 'List', keys: ['X'], enabled, run: () => { if (place !== null) toggleMarked(place.document); } },
      { id: 'triage.clear-marked', name: 'Let the marked documents go', group: 'List', keys: [], run: clearMarked },
      { id: 'triage.next-uncoded', name: 'Next document not coded', group: 'Coding', keys: ['U'], enabled, run: coding.skip },
      ...decide('R', 'Code Relevant', 'relevant'),
      ...decide('N', 'Code Not relevant', 'not-relevant'),
      ...decide('D', 'Defer', 'deferred'),
      { id: 'coding.take-back', name: 'Take the code back', group: 'Coding', keys: [], enabled, run: () => coding.code(null, { isStaying: true }) },
      { id: 'coding.note', name: 'Write a note', group: 'Coding', keys: ['C'], enabled, run: () => requestFocus('note') },
      { id: 'coding.history', name: 'Go to the history', group: 'Coding', keys: ['H'], enabled, run: () => historyRef.current?.focus() },
      { id: 'triage.first-pass', name: 'First pass over this list', group: 'Bulk', keys: [], run: () => orderOver({ scope: { kind: 'list', source: sourceOf(useTriage.getState()) }, label: 'the queue of triage' }) },
      { id: 'triage.list', name: 'Back to the list', group: 'List', keys: ['Escape'], run: () => listRef.current?.focus() },
    ];
  }, [coding, place, listRef, historyRef]));
}
