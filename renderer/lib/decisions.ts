/**
 * Decisions by keys that may come faster than they are saved. A key pressed while nothing is in flight decides on the
 * document in front of the reader. One pressed meanwhile waits, and decides on what stands there when its turn comes: the
 * next document that is not coded. No key of a burst overwrites the decision of an earlier one.
 */
import type { DocumentId, Verdict } from '../../preload/contract/domains/basics.ts';
import type { CodingCounts } from '../../preload/contract/domains/coding.ts';
import { count } from './format.ts';
import { createTurnQueue } from './turn-queue.ts';

/** Keys that follow each other within this time are one burst. */
const pauseMs = 400;

/** A document and its position; the position is null when the list does not hold it. */
export interface Standing {
  readonly document: DocumentId;
  readonly index: number | null;
}

/** One decision. A null verdict takes the code back. */
export interface Decision {
  readonly at: Standing;
  readonly verdict: Verdict | null;
  readonly isStaying: boolean;
}

/** What a decision came to. `next` is null when it stays or nothing is left to decide on. */
export interface Decided extends Decision {
  readonly counts: CodingCounts;
  readonly next: number | null;
}

/** What deciding needs of the view. */
export interface DecisionPorts {
  /** What is in front of the reader now. */
  readonly standing: () => Standing | null;
  /** Durable when it answers; rejects when it was not saved. */
  readonly save: (document: DocumentId, verdict: Verdict | null) => Promise<CodingCounts>;
  /** The next position to decide on after `index`, null when there is none besides it. */
  readonly nextUncoded: (index: number | null) => Promise<number | null>;
  /** Brings a position in front of the reader; false when it could not be read. */
  readonly show: (index: number) => Promise<boolean>;
  readonly onDecided: (decided: Decided) => void;
  /** `dropped` is the number of keys that waited and are not carried out. */
  readonly onFailed: (decision: Decision, error: unknown, dropped: number) => void;
  /** Keys that had no document to decide on: none is left, or the reader opened another document meanwhile. */
  readonly onDropped: (dropped: number, why: 'through' | 'elsewhere') => void;
}

export interface Decisions {
  readonly decide: (verdict: Verdict | null, isStaying: boolean) => void;
  /** Decides on that document, whatever is shown: to try again. */
  readonly decideOn: (decision: Decision) => void;
  /** Goes where `target` says from what stands there when its turn comes; null stays. */
  readonly move: (target: (at: Standing | null) => Promise<number | null> | number | null) => void;
}

const reasonWords = { through: ' Nothing is left to decide on.', elsewhere: ' Another document was opened.' } as const;

/** "3 keys pressed meanwhile were not used. Another document was opened." */
export function droppedWords(dropped: number, why?: 'through' | 'elsewhere'): string {
  const words = dropped === 1 ? 'One key pressed meanwhile was not used.' : `${count(dropped)} keys pressed meanwhile were not used.`;
  return why === undefined ? words : words + reasonWords[why];
}

/** Makes the decisions of one view. */
export function createDecisions(ports: DecisionPorts, nowMs = (): number => performance.now()): Decisions {
  const turns = createTurnQueue();
  const decided = new Set<DocumentId>();
  let left: DocumentId | null = null;
  let end: { readonly document: DocumentId; readonly atMs: number } | null = null;

  const run = async ({ at, verdict, isStaying }: Decision): Promise<boolean> => {
    let counts: CodingCounts;
    let next: number | null;
    try {
      const saved = ports.save(at.document, verdict);
      const found = isStaying ? Promise.resolve(null) : ports.nextUncoded(at.index).catch(() => null);
      [counts, next] = await Promise.all([saved, found]);
    } catch (error) {
      ports.onFailed({ at, verdict, isStaying }, error, turns.size() - 1);
      return false;
    }
    decided.add(at.document);
    ports.onDecided({ at, verdict, isStaying, counts, next });
    left = null;
    end = !isStaying && verdict !== null && next === null ? { document: at.document, atMs: nowMs() } : null;
    // Whoever moved on in the meantime is not called back.
    if (ports.standing()?.document !== at.document) return true;
    if (next !== null) await ports.show(next);
    left = ports.standing()?.document ?? null;
    return true;
  };

  /** What a key that waited decides on; the reason when there is nothing. */
  const resolve = async (): Promise<Standing | 'through' | 'elsewhere'> => {
    const here = ports.standing();
    if (here === null || here.document !== left) return 'elsewhere';
    if (!decided.has(here.document)) return here;
    const next = await ports.nextUncoded(here.index).catch(() => null);
    if (next === null || !await ports.show(next)) return 'through';
    const there = ports.standing();
    return there === null || decided.has(there.document) ? 'through' : there;
  };

  const begin = (): boolean => {
    if (turns.size() > 0) return false;
    decided.clear();
    return true;
  };
  const decideOn = (decision: Decision): void => {
    begin();
    turns.add(() => run(decision));
  };
  return {
    decideOn,
    decide: (verdict, isStaying) => {
      const isFirst = begin();
      const pressed = ports.standing();
      if (pressed === null) return;
      // A burst that runs past the last document leaves its decision alone, however fast it was saved.
      if (isFirst && verdict !== null && end?.document === pressed.document && nowMs() - end.atMs < pauseMs) {
        end = { document: pressed.document, atMs: nowMs() };
        ports.onDropped(1, 'through');
        return;
      }
      // To take a code back is about the document that showed it.
      if (isFirst || verdict === null) {
        decideOn({ at: pressed, verdict, isStaying });
        return;
      }
      turns.add(async () => {
        const at = await resolve();
        if (typeof at !== 'string') return run({ at, verdict, isStaying });
        ports.onDropped(turns.size(), at);
        return false;
      });
    },
    move: (target) => {
      begin();
      turns.add(async () => {
        try {
          const index = await target(ports.standing());
          return index === null || await ports.show(index);
        } catch {
          return false; // the engine is gone; the window says so
        } finally {
          left = ports.standing()?.document ?? null;
        }
      });
    },
  };
}
