/** What the keys do in annotate. */
import { useMemo, useRef } from 'react';
import { type Command, useCommands } from '../../lib/commands.ts';
import { askAboutSelection } from '../../lib/ask-selection.ts';

/** What the keys act on. */
export interface AnnotateKeys {
  readonly labelCount: number;
  readonly hasSelection: boolean;
  readonly hasAnnotation: boolean;
  readonly placedCount: number;
  readonly documentCount: number;
  readonly onDigit: (digit: number) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onDocument: (by: 1 | -1) => void;
  readonly onNote: () => void;
  readonly onRemove: () => void;
  readonly onEscape: () => void;
}

const digits = [1, 2, 3, 4, 5, 6] as const;

/** Registers them while annotate is shown. */
export function useAnnotateCommands(keys: AnnotateKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  const { labelCount, hasSelection, hasAnnotation, placedCount, documentCount } = keys;
  const commands = useMemo((): readonly Command[] => [
    ...digits.map((digit): Command => ({ id: `annotate.label-${digit}`, name: `Label ${digit}`, group: 'Annotate', keys: [String(digit)], enabled: digit <= labelCount, run: () => latest.current.onDigit(digit) })),
    { id: 'annotate.next', name: 'Next annotation', group: 'Document', keys: ['T'], enabled: placedCount > 0, run: () => latest.current.onStep(1) },
    { id: 'annotate.previous', name: 'Previous annotation', group: 'Document', keys: ['Shift+T'], enabled: placedCount > 0, run: () => latest.current.onStep(-1) },
    { id: 'annotate.next-document', name: 'Next document', group: 'List', keys: ['J'], enabled: documentCount > 0, run: () => latest.current.onDocument(1) },
    { id: 'annotate.previous-document', name: 'Previous document', group: 'List', keys: ['K'], enabled: documentCount > 0, run: () => latest.current.onDocument(-1) },
    { id: 'annotate.note', name: 'Write a note', group: 'Annotate', keys: ['C'], enabled: hasSelection || hasAnnotation, run: () => latest.current.onNote() },
    { id: 'annotate.remove', name: 'Take the annotation out', group: 'Annotate', keys: ['X'], enabled: hasAnnotation && !hasSelection, run: () => latest.current.onRemove() },
    { id: 'annotate.ask', name: 'Ask about what is selected', group: 'Everywhere', keys: ['Q'], run: () => askAboutSelection() },
    { id: 'annotate.escape', name: 'Give up the selection', group: 'Annotate', keys: ['Escape'], enabled: hasSelection || hasAnnotation, run: () => latest.current.onEscape() },
  ], [labelCount, hasSelection, hasAnnotation, placedCount, documentCount]);
  useCommands(commands);
}
