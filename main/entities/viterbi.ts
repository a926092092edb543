import { featureCount } from './features.ts';
import { mayFollow, tagCount } from './tags.ts';

/** Weights of a tagger: a row of `tagCount` for each feature row, and one for each tag before (row) and after (column). */
export interface Weights {
  readonly rows: Float32Array | Int8Array;
  readonly transitions: Float32Array | Int8Array;
}

/** Which tags may stand before each. */
const predecessors = Array.from({ length: tagCount }, (_, next) => Array.from({ length: tagCount }, (__, previous) => previous).filter((previous) => mayFollow(previous, next)));

/** The best row of tags (first-order Viterbi), for tokens whose features are in `rows`. `fixed` tokens are outside every span. Linear in the tokens. */
export function bestTags(rows: Uint32Array, fixed: Uint8Array, { rows: weights, transitions }: Weights): Uint8Array {
  // Read once: what a module gives is looked up at each use by some loaders.
  const [width, features] = [tagCount, featureCount];
  const count = fixed.length;
  const back = new Uint8Array(count * width);
  let before = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  before[0] = 0;
  let after = new Float64Array(width);
  const own = new Float64Array(width);
  for (let index = 0; index < count; index += 1) {
    own.fill(0);
    for (let feature = 0; feature < features; feature += 1) {
      const base = (rows[index * features + feature] ?? 0) * width;
      for (let tag = 0; tag < width; tag += 1) own[tag] = (own[tag] ?? 0) + (weights[base + tag] ?? 0);
    }
    for (let tag = 0; tag < width; tag += 1) {
      let best = Number.NEGATIVE_INFINITY;
      let from = 0;
      for (const previous of predecessors[tag] ?? []) {
        const score = (before[previous] ?? 0) + (transitions[previous * width + tag] ?? 0);
        if (score > best) { best = score; from = previous; }
      }
      after[tag] = fixed[index] === 1 && tag !== 0 ? Number.NEGATIVE_INFINITY : best + (own[tag] ?? 0);
      back[index * width + tag] = from;
    }
    [before, after] = [after, before];
  }
  const tags = new Uint8Array(count);
  let tag = before.indexOf(Math.max(...before));
  for (let index = count - 1; index >= 0; index -= 1) {
    tags[index] = tag;
    tag = back[index * width + tag] ?? 0;
  }
  return tags;
}
