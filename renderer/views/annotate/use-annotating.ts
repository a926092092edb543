/** Making, changing and taking out annotations. Each is said to be done only once the engine has answered. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { AnnotationId, CaseId, DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { Annotation } from '../../../preload/contract/domains/annotations.ts';
import { call } from '../../lib/client.ts';
import { listCommands } from '../../lib/commands.ts';
import { queryClient } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';

/** What was not done, and why. */
export interface AnnotatingFault {
  readonly said: string;
  readonly why: string;
}

export interface Annotating {
  readonly isBusy: boolean;
  readonly fault: AnnotatingFault | null;
  readonly clearFault: () => void;
  /** For a screen reader: what has just been done. */
  readonly said: string;
  /** Each answers what is kept now, or null when nothing was: `fault` says why then. */
  readonly add: (document: DocumentId, span: Span, label: string, note: string) => Promise<Annotation | null>;
  readonly change: (annotation: AnnotationId, to: { label?: string; note?: string }) => Promise<Annotation | null>;
  readonly remove: (annotation: AnnotationId) => Promise<boolean>;
}

/** Annotates in a case, one change at a time. */
export function useAnnotating(caseId: CaseId): Annotating {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<AnnotatingFault | null>(null);
  const [said, setSaid] = useState('');

  // A key may repeat before the window has drawn that something runs.
  const runs = useRef(false);
  const run = useCallback(async <T>(done: string, notDone: string, work: () => Promise<T>): Promise<T | null> => {
    if (runs.current) return null;
    runs.current = true;
    setBusy(true);
    try {
      const result = await work();
      // The list is read again before anything is shown as kept; the engine's event would do it a moment later.
      await queryClient.invalidateQueries({ queryKey: ['annotations.list'] });
      setFault(null);
      setSaid(done);
      return result;
    } catch (error) {
      setSaid('');
      setFault({ said: notDone, why: error instanceof Error ? error.message : String(error) });
      return null;
    } finally {
      runs.current = false;
      setBusy(false);
    }
  }, []);

  return useMemo((): Annotating => ({
    isBusy, fault, said,
    clearFault: () => setFault(null),
    add: (document, span, label, note) => run('Annotation saved', 'The annotation was not saved.', () => call('annotations.add', { case: caseId, document, start: span.start, end: span.end, label, note })),
    change: (annotation, to) => run(to.note === undefined ? 'Label changed' : 'Note saved', to.note === undefined ? 'The label was not changed.' : 'The note was not saved.', () => call('annotations.change', { case: caseId, annotation, ...to })),
    remove: async (annotation) => {
      const result = await run('Annotation taken out', 'The annotation was not taken out.', () => call('annotations.remove', { case: caseId, annotation }));
      if (result === null) return false;
      toasts.show({ text: 'Annotation taken out', action: { text: 'Undo', keys: ['Z'], run: () => listCommands().find((command) => command.id === 'shell.undo')?.run() } });
      return true;
    },
  }), [caseId, run, isBusy, fault, said]);
}
