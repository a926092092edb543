/** A conversation is a tree: a question goes on from another, and several may go on from the same one. Shown is one path through it. */
import type { TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Turn } from '../../../preload/contract/domains/chat.ts';

/** A turn of the path, with all that go on from the same turn as it does, oldest first. */
export interface PathTurn {
  readonly turn: Turn;
  readonly branches: readonly TurnId[];
}

/** Which of its branches is shown behind a turn; `start` stands for the beginning. */
export type ChosenBranches = ReadonlyMap<TurnId | 'start', TurnId>;

/** The path that is shown: at each fork the chosen branch, or else the newest. `turns` oldest first. */
export function pathOf(turns: readonly Turn[], chosen: ChosenBranches): readonly PathTurn[] {
  const known = new Set(turns.map(({ turn }) => turn));
  const byParent = new Map<TurnId | 'start', Turn[]>();
  for (const turn of turns) {
    // A turn whose parent is not here (yet) begins a branch of its own.
    const parent = turn.after === null || !known.has(turn.after) ? 'start' : turn.after;
    byParent.set(parent, [...byParent.get(parent) ?? [], turn]);
  }
  const path: PathTurn[] = [];
  let parent: TurnId | 'start' = 'start';
  for (let siblings = byParent.get(parent); siblings !== undefined && path.length <= turns.length; siblings = byParent.get(parent)) {
    const wanted = chosen.get(parent);
    const turn: Turn | undefined = siblings.find((candidate) => candidate.turn === wanted) ?? siblings.at(-1);
    if (turn === undefined) break;
    path.push({ turn, branches: siblings.map((sibling) => sibling.turn) });
    parent = turn.turn;
  }
  return path;
}
