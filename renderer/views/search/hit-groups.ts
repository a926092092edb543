/** Which words each highlight colour stands for. */
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';
import { readPieces } from './read-as.ts';

/** A highlight colour and what it marks. */
export interface TermGroup {
  readonly group: 1 | 2 | 3;
  readonly terms: readonly string[];
}

/** The groups that the query has, in order, each with its terms, no term twice. */
export function termsByGroup(parts: readonly ReadPart[]): readonly TermGroup[] {
  const pieces = readPieces(parts);
  return ([1, 2, 3] as const).flatMap((group) => {
    const terms = [...new Set(pieces.flatMap((piece) => (piece.kind === 'chip' && piece.group === group ? [piece.text] : [])))];
    return terms.length === 0 ? [] : [{ group, terms }];
  });
}
