import { featureCount } from './features.ts';
import { mayFollow, tagCount } from './tags.ts';

/** Weights of a tagger: a row of `tagCount` for each feature row, and one for each tag before (row) and after (column). */
export interface Weights {
  readonly rows: Float32Array | Int8Array;
  readonly transitions: Float32Array | Int8Array;
}

const allowed = Uint8Array.from({ length: tagCount * tagCount }, (_, index) => (mayFollow(Math.floor(index / tagCount), index % tagCount) ? 1 : 0));

/** The best row of tags (first-order Viterbi), for tokens whose features are in `rows`. `fixed` tokens are outside every span. Linear in the tokens. */
export function bestTags(rows: Uint32Array, fixed: Uint8Array, { rows: weights, transitions }: Weights): Uint8Array {
  const count = fixed.length;
  const back = new Uint8Array(count * tagCount);
  let before = new Float64Array(tagCount).fill(Number.NEGATIVE_INFINITY);
  before[0] = 0;
  let after = new Float64Array(tagCount);
  const own = new Float64Array(tagCount);
  for (let index = 0; index < count; index += 1) {
    own.fill(0);
    for (let feature = 0; feature < featureCount; feature += 1) {
      const base = (rows[index * featureCount + feature] ?? 0) * tagCount;
      for (let tag = 0; tag < tagCount; tag += 1) own[tag] = (own[tag] ?? 0) + (weights[base + tag] ?? 0);
    }
    for (let tag = 0; tag < tagCount; tag += 1) {
      let best = Number.NEGATIVE_INFINITY;
      let from = 0;
      for (let previous = 0; previous < tagCount; previous += 1) {
        if (allowed[previous * tagCount + tag] === 0) continue;
        const score = (before[previous] ?? 0) + (transitions[previous * tagCount + tag] ?? 0);
        if (score > best) { best = score; from = previous; }
      }
      after[tag] = fixed[index] === 1 && tag !== 0 ? Number.NEGATIVE_INFINITY : best + (own[tag] ?? 0);
      back[index * tagCount + tag] = from;
    }
    [before, after] = [after, before];
  }
  const tags = new Uint8Array(count);
  let tag = before.indexOf(Math.max(...before));
  for (let index = count - 1; index >= 0; index -= 1) {
    tags[index] = tag;
    tag = back[index * tagCount + tag] ?? 0;
  }
  return tags;
}
