import type { DocumentSet } from '../search/index.ts';

/** A set that a window holds a handle on. Scores are fetched when somebody asks for them. */
export interface HeldSet {
  readonly set: DocumentSet;
  scores: ReadonlyMap<number, number> | null;
}
