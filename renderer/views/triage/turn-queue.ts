/**
 * One thing after another: what a key asks for while a decision is being saved waits for it and is then done. A failure drops
 * the waiting moves, so that the document in question stays, and keeps the waiting decisions. Pure but for promises.
 */

/** Something to do. A `move` only changes what is shown. */
export interface Turn {
  readonly kind: 'code' | 'move';
  /** Answers false when it failed and said so itself. It never rejects. */
  readonly run: () => Promise<boolean>;
}

export interface TurnQueue {
  readonly add: (turn: Turn) => void;
  readonly size: () => number;
}

/** Makes an empty queue. A turn added to an idle queue begins before `add` returns. */
export function createTurnQueue(): TurnQueue {
  let waiting: Turn[] = [];
  let isBusy = false;
  const proceed = (): void => {
    const turn = waiting.shift();
    if (turn === undefined) {
      isBusy = false;
      return;
    }
    isBusy = true;
    void turn.run().then((isDone) => {
      if (!isDone) waiting = waiting.filter((one) => one.kind === 'code');
      proceed();
    });
  };
  return {
    add: (turn) => {
      waiting.push(turn);
      if (!isBusy) proceed();
    },
    size: () => waiting.length + (isBusy ? 1 : 0),
  };
}
