/** Where a word or phrase stands: the numbers of its first words, rising, and how many words it has. */
export interface Positions {
  readonly ordinals: readonly number[];
  readonly words: number;
}

/**
 * Which places of each side take part in a NEAR, as indexes. The steps are those of FTS5 (fts5ExprNearIsMatch), so that the same
 * places are marked: from one match, the side moves on whose next place comes first.
 */
export function nearPairs(left: Positions, right: Positions, distance: number): { readonly left: number[]; readonly right: number[] } {
  const out: { left: number[]; right: number[] } = { left: [], right: [] };
  const take = (into: number[], index: number): unknown => into.at(-1) === index || into.push(index);
  let a = 0;
  let b = 0;
  for (;;) {
    const [leftAt, rightAt] = [left.ordinals[a], right.ordinals[b]];
    if (leftAt === undefined || rightAt === undefined) return out;
    if (leftAt < rightAt - left.words - distance) a += 1;
    else if (rightAt < leftAt - right.words - distance) b += 1;
    else {
      take(out.left, a);
      take(out.right, b);
      if ((right.ordinals[b + 1] ?? Infinity) < (left.ordinals[a + 1] ?? Infinity)) b += 1;
      else a += 1;
    }
  }
}
