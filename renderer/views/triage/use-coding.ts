/** Deciding: a code is saved before the next document shows, keys pressed meanwhile wait, a failure stays with its document. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { CaseId, DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import { call, isEngineError } from '../../lib/client.ts';
import { listCommands } from '../../lib/commands.ts';
import { verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { count } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { toasts } from '../../lib/toasts.ts';
import { showVerdict } from './cached-verdict.ts';
import { createTurnQueue } from './turn-queue.ts';
import type { Queue } from './use-queue.ts';

/** A decision that was not saved. */
export interface CodingFault {
  readonly document: DocumentId;
  readonly said: string;
  readonly message: string;
  readonly retry: () => void;
}

/** What keys and buttons do. All of it concerns the document that is shown when it is called. */
export interface Coding {
  readonly code: (verdict: Verdict | null, options: { readonly isStaying: boolean }) => void;
  readonly move: (by: 1 | -1) => void;
  readonly moveTo: (index: number) => void;
  readonly skip: () => void;
  readonly fault: CodingFault | null;
  /** Read out when it changes: "Coded Relevant. 412 left." */
  readonly said: string;
  /** How many were coded when a decision left none of the queue to decide on; null before that. */
  readonly throughAt: number | null;
}

interface Standing {
  readonly document: DocumentId;
  readonly index: number | null;
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
  const [said, setSaid] = useState('');
  const [throughAt, setThroughAt] = useState<number | null>(null);
  const turns = useMemo(() => createTurnQueue(), []);
  const latest = useRef({ caseId, queue });
  latest.current = { caseId, queue };

  const standing = (): Standing | null => {
    const document = useNavigation.getState().place?.document;
    return document === undefined ? null : { document, index: latest.current.queue.index };
  };

  /** The next position to decide on after `index`, wrapping round; null when there is none besides it. */
  const nextUncoded = useCallback(async (index: number | null): Promise<number | null> => {
    const { set } = latest.current.queue;
    if (set === null || index === null || set.total === 0) return null;
    const from = (index + 1) % set.total;
    const next = (await call('sets.next-uncoded', { case: set.case, set: set.set, from })).index;
    return next === index ? null : next;
  }, []);

  const latestCode = useRef<(at: Standing, verdict: Verdict | null, isStaying: boolean) => void>(() => undefined);
  const codeAt = useCallback((at: Standing, verdict: Verdict | null, isStaying: boolean) => {
    const { caseId: id } = latest.current;
    turns.add({
      kind: 'code',
      run: async () => {
        let counts: CodingCounts;
        let next: number | null = null;
        try {
          const saved = call('coding.set', { case: id, document: at.document, verdict });
          const found = isStaying ? Promise.resolve(null) : nextUncoded(at.index).catch(() => null);
          [{ counts }, next] = await Promise.all([saved, found]);
        } catch (error) {
          setFault({
            document: at.document,
            said: verdict === null ? 'The code was not taken back.' : `${verdictName(verdict)} was not saved.`,
            message: isEngineError(error, 'case.archived') ? 'The case is archived: it can be read, not coded.' : messageOf(error),
            retry: () => latestCode.current(at, verdict, isStaying),
          });
          return false;
        }
        setFault(null);
        showVerdict(id, at.document, verdict, counts);
        const words = verdict === null ? 'Code taken back' : `Coded ${verdictName(verdict)}`;
        toasts.show({ text: words, icon: verdictGlyph(verdict), action: { text: 'Undo', keys: ['Z'], run: undoInWindow } });
        setSaid(`${words}. ${count(Math.max(0, counts.total - counts.coded))} left.`);
        setThroughAt(!isStaying && next === null && at.index !== null ? counts.coded : null);
        // Whoever moved on in the meantime is not called back.
        if (next !== null && useNavigation.getState().place?.document === at.document) await latest.current.queue.show(next);
        return true;
      },
    });
  }, [turns, nextUncoded]);
  latestCode.current = codeAt;

  return useMemo((): Coding => {
    const moveFrom = (target: (at: Standing | null) => Promise<number | null> | number | null): void => {
      const at = standing();
      turns.add({
        kind: 'move',
        run: async () => {
          try {
            const index = await target(at);
            return index === null || await latest.current.queue.show(index);
          } catch {
            return false; // the engine is gone; the window says so
          }
        },
      });
    };
    return {
      code: (verdict, { isStaying }) => {
        const at = standing();
        if (at !== null) codeAt(at, verdict, isStaying);
      },
      move: (by) => moveFrom((at) => {
        const total = latest.current.queue.set?.total ?? 0;
        if (at === null || at.index === null) return total > 0 ? 0 : null;
        return Math.max(0, Math.min(total - 1, at.index + by));
      }),
      moveTo: (index) => moveFrom(() => index),
      skip: () => moveFrom((at) => nextUncoded(at?.index ?? null)),
      fault,
      said,
      throughAt,
    };
  }, [turns, codeAt, nextUncoded, fault, said, throughAt]);
}
