/**
 * MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4): 126 least hash values in 21 bands of
 * six. Two texts that share eight of ten shingles meet in a band 99.8 times of 100, two that share half, 28 times of 100.
 */

const bandCount = 21;
const bandRows = 6;

/** Multipliers and offsets of the 126 hash functions, the same for ever: what is kept is compared with what comes. */
const functions = Array.from({ length: bandCount * bandRows }, (_, index) => {
  const multiplier = Math.imul(index + 1, 0x9e3779b1) | 1;
  const offset = Math.imul(index + 7, 0x85ebca6b);
  return { multiplier, offset };
});

/** One number for each band of a text; texts that agree on one are candidates. `shingles` is not empty. */
export function bandsOf(shingles: Uint32Array): Uint32Array {
  const bands = new Uint32Array(bandCount);
  for (let band = 0; band < bandCount; band += 1) {
    let hash = band + 1;
    for (let row = 0; row < bandRows; row += 1) {
      const { multiplier = 1, offset = 0 } = functions[band * bandRows + row] ?? {};
      let least = 0xffffffff;
      for (let at = 0; at < shingles.length; at += 1) {
        let value = Math.imul((shingles[at] ?? 0) ^ offset, multiplier);
        value = (value ^ (value >>> 15)) >>> 0;
        if (value < least) least = value;
      }
      hash = Math.imul(hash ^ least, 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    bands[band] = hash;
  }
  return bands;
}

/** Texts by the bands that they have. */
export interface BandTable {
  readonly add: (content: number, bands: Uint32Array) => void;
  /** Texts that share bands with these, those that share most first, then by number; at most `limit`. */
  readonly candidates: (bands: Uint32Array, limit: number) => number[];
}

/** How many texts of one band are looked at: a band that thousands share says nothing. */
const mostOfBand = 256;

/** An empty table: chains over typed arrays, 12 bytes for each band of a text and 4 for each slot. */
export function bandTable(): BandTable {
  let heads = new Int32Array(1 << 12).fill(-1);
  let keys = new Uint32Array(1 << 12);
  let values = new Int32Array(1 << 12);
  let next = new Int32Array(1 << 12);
  let size = 0;
  const slotOf = (key: number): number => (Math.imul(key, 0x9e3779b1) >>> 0) & (heads.length - 1);
  const chain = (entry: number): void => {
    const slot = slotOf(keys[entry] ?? 0);
    next[entry] = heads[slot] ?? -1;
    heads[slot] = entry;
  };
  const grow = (): void => {
    const grown = keys.length * 2;
    const copied = <T extends Uint32Array | Int32Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    keys = copied(new Uint32Array(grown), keys);
    values = copied(new Int32Array(grown), values);
    next = new Int32Array(grown);
    heads = new Int32Array(grown).fill(-1);
    for (let entry = 0; entry < size; entry += 1) chain(entry);
  };
  return {
    add: (content, bands) => {
      for (const key of bands) {
        if (size === keys.length) grow();
        keys[size] = key;
        values[size] = content;
        chain(size);
        size += 1;
      }
    },
    candidates: (bands, limit) => {
      const shared = new Map<number, number>();
      for (const key of bands) {
        let looked = 0;
        for (let entry = heads[slotOf(key)] ?? -1; entry >= 0 && looked < mostOfBand; entry = next[entry] ?? -1) {
          if (keys[entry] !== key) continue;
          looked += 1;
          const content = values[entry] ?? 0;
          shared.set(content, (shared.get(content) ?? 0) + 1);
        }
      }
      return [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit).map(([content]) => content);
    },
  };
}
