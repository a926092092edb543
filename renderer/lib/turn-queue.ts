/** One thing after another: what a key asks for while a decision is being saved waits for it. A failure drops what waits. */

/** Something to do. Answers false when it failed and said so itself. It never rejects. */
export type Turn = () => Promise<boolean>;

export interface TurnQueue {
  readonly add: (turn: Turn) => void;
  /** Those that wait and the one that runs. */
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
    void turn().then((isDone) => {
      if (!isDone) waiting = [];
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
