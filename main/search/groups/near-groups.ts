import { bandsOf, bandTable, type BandTable } from './bands.ts';
import { recent } from './recent.ts';
import { leastShingles, shinglesOf, similarityOf } from './shingles.ts';

/** Texts that share this much are near-duplicates. */
export const nearSimilarity = 0.8;
/** Candidates whose texts are compared. */
const mostCompared = 16;
/** Sets of shingles that are kept at hand. */
const keptSets = 128;

/** Where a text stands: under the first of its group, with the similarity to that one; its own first (1) while nothing is like it. */
export interface NearPlace {
  readonly pivot: number;
  readonly similarity: number;
  /** Set for what others may come to stand under. */
  readonly bands: Uint32Array | null;
}

/** Groups of texts that are alike, grown one text at a time. */
export interface NearGroups {
  /** Takes up a first of a group that is kept already. */
  readonly know: (content: number, bands: Uint32Array) => void;
  /** Finds the place of a text and takes it up. */
  readonly place: (content: number, body: string) => NearPlace;
}

/**
 * Empty groups. A text joins the first of a group that it is most like, by its whole set of shingles; the bands only say with which ones it
 * is worth comparing. No place that was given changes with what comes later, and texts that come in the same order get the same places.
 */
export function nearGroups(readBody: (content: number) => string, table: BandTable = bandTable()): NearGroups {
  const setOf = recent(keptSets, (content) => shinglesOf(readBody(content)));
  return {
    know: table.add,
    place: (content, body) => {
      const shingles = shinglesOf(body);
      if (shingles.length < leastShingles) return { pivot: content, similarity: 1, bands: null };
      const bands = bandsOf(shingles);
      let best = { pivot: content, similarity: 0 };
      for (const pivot of table.candidates(bands, mostCompared)) {
        const similarity = pivot === content ? 0 : similarityOf(shingles, setOf(pivot));
        if (similarity > best.similarity || (similarity === best.similarity && pivot < best.pivot)) best = { pivot, similarity };
      }
      if (best.similarity >= nearSimilarity) return { ...best, bands: null };
      table.add(content, bands);
      return { pivot: content, similarity: 1, bands };
    },
  };
}
