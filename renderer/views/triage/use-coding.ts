/** Deciding: a code is saved before the next document shows, keys pressed meanwhile decide on the documents after it, a failure stays with its document. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { CaseId, DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { listCommands } from '../../lib/commands.ts';
import { createDecisions, type Decisions, droppedWords, type Standing } from '../../lib/decisions.ts';
import { verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { count, counted } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { nextUncodedAfter, type OpenSet } from '../../lib/open-set.ts';
import { toasts } from '../../lib/toasts.ts';
import { showVerdict } from './cached-verdict.ts';
import { takeTogether } from './together.ts';
import type { Queue } from './use-queue.ts';

/** A decision that was not saved. */
export interface CodingFault {
  readonly document: DocumentId;
  readonly said: string;
  readonly message: string;
  readonly retry: () => void;
}

/** What keys and buttons do: to the document that is shown, or, while a decision is being saved, to what comes after it. */
export interface Coding {
  readonly code: (verdict: Verdict | null, options: { readonly isStaying: boolean }) => void;
  /** Codes the shown document with its whole thread, and stays. */
  readonly codeThread: (verdict: Verdict) => void;
  readonly move: (by: 1 | -1) => void;
  readonly moveTo: (index: number) => void;
  readonly skip: () => void;
  readonly fault: CodingFault | null;
  /** How many were coded when a decision left none of the queue to decide on; null before that. */
  readonly throughAt: number | null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Undo belongs to the whole window; the toast offers it by the same command as its key. */
function undoInWindow(): void {
  listCommands().find((command) => command.id === 'shell.undo')?.run();
}

/** The commands of coding over a queue. */
export function useCoding(caseId: CaseId, queue: Queue): Coding {
  const [fault, setFault] = useState<CodingFault | null>(null);
  const [throughAt, setThroughAt] = useState<number | null>(null);
  const latest = useRef({ caseId, queue });
  latest.current = { caseId, queue };

  /** The next position to decide on after `index`, wrapping round; null when there is none besides it. */
  const nextUncoded = useCallback(async (index: number | null): Promise<number | null> => {
    const { set } = latest.current.queue;
    return set === null || index === null || set.total === 0 ? null : nextUncodedAfter(set, index);
  }, []);

  // A turn may come before the window has drawn what the turn before it showed.
  const shown = useRef<(Standing & { readonly set: OpenSet | null }) | null>(null);
  const group = useRef<Promise<void>>(Promise.resolve());
  const others = useRef<{ readonly document: DocumentId; readonly coded: number } | null>(null);
  const decisions = useMemo((): Decisions => {
    const made: Decisions = createDecisions({
      standing: () => {
        const document = useNavigation.getState().place?.document;
        if (document === undefined) return null;
        const { set, index } = latest.current.queue;
        return { document, index: shown.current?.document === document && shown.current.set === set ? shown.current.index : index };
      },
      save: (document, verdict) => {
        const together = takeTogether(document);
        const saved = call('coding.set', { case: latest.current.caseId, document, verdict, together: [...together] });
        // The next one that is not coded is known only when the whole group is.
        if (together.length > 0) group.current = saved.then(() => undefined, () => undefined);
        return saved.then(({ counts, coded }) => {
          others.current = { document, coded: coded - 1 };
          return counts;
        });
      },
      nextUncoded: async (index) => {
        await group.current;
        return nextUncoded(index);
      },
      show: async (index) => {
        const { set, show } = latest.current.queue;
        if (!await show(index)) return false;
        const document = useNavigation.getState().place?.document;
        shown.current = document === undefined ? null : { document, index, set };
        return true;
      },
      onDecided: ({ at, verdict, isStaying, counts, next }) => {
        setFault(null);
        showVerdict(latest.current.caseId, at.document, verdict, counts);
        const more = others.current?.document === at.document ? others.current.coded : 0;
        const words = `${verdict === null ? 'Code taken back' : `Coded ${verdictName(verdict)}`}${more > 0 ? `, with ${counted(more, 'other document')}` : ''}`;
        toasts.show({ text: words, spoken: `${count(Math.max(0, counts.total - counts.coded))} left.`, icon: verdictGlyph(verdict), action: { text: 'Undo', keys: ['Z'], run: undoInWindow } });
        setThroughAt(!isStaying && next === null && at.index !== null ? counts.coded : null);
      },
      onFailed: (decision, error, dropped) => setFault({
        document: decision.at.document,
        said: decision.verdict === null ? 'The code was not taken back.' : `${verdictName(decision.verdict)} was not saved.`,
        message: [
          isEngineError(error, 'case.archived') ? 'The case is archived: it can be read, not coded.' : messageOf(error),
          ...(dropped > 0 ? [droppedWords(dropped)] : []),
        ].join(' '),
        retry: () => made.decideOn(decision),
      }),
      onDropped: (dropped, why) => {
        toasts.show({ text: droppedWords(dropped, why) });
      },
    });
    return made;
  }, [nextUncoded]);

  return useMemo((): Coding => ({
    code: (verdict, { isStaying }) => decisions.decide(verdict, isStaying),
    codeThread: (verdict) => {
      const document = useNavigation.getState().place?.document;
      if (document === undefined) return;
      const retry = (): void => {
        setFault(null);
        call('coding.set', { case: latest.current.caseId, document, verdict, together: ['thread'] }).then(({ counts, coded }) => {
          showVerdict(latest.current.caseId, document, verdict, counts);
          toasts.show({ text: `Coded ${verdictName(verdict)}, a thread of ${counted(coded, 'message')}`, icon: verdictGlyph(verdict), action: { text: 'Undo', keys: ['Z'], run: undoInWindow } });
        }, (error: unknown) => setFault({ document, said: `${verdictName(verdict)} was not saved.`, message: messageOf(error), retry }));
      };
      retry();
    },
    move: (by) => decisions.move((at) => {
      const total = latest.current.queue.set?.total ?? 0;
      if (at === null || at.index === null) return total > 0 ? 0 : null;
      return Math.max(0, Math.min(total - 1, at.index + by));
    }),
    moveTo: (index) => decisions.move(() => index),
    skip: () => decisions.move((at) => nextUncoded(at?.index ?? null)),
    fault,
    throughAt,
  }), [decisions, nextUncoded, fault, throughAt]);
}
