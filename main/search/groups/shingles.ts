/** What a text is made of, for comparing it with others: every run of four words, as a set of 32-bit hashes (Broder 1997). */

/** Words in a run. */
const runWords = 4;
/** Of a longer text its beginning is compared. */
const mostChars = 1_000_000;
/** Texts of fewer runs are alike by accident, and are compared with nothing. */
export const leastShingles = 12;

const word = /[\p{L}\p{N}]+/gu;

/** Mixes the bits of a 32-bit number (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 code units. */
function wordHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** The shingles of a text, each once, rising. Case, punctuation and line breaks make no difference. */
export function shinglesOf(text: string): Uint32Array {
  const hashes: number[] = [];
  for (const [found] of text.slice(0, mostChars).toLowerCase().matchAll(word)) hashes.push(wordHash(found));
  const runs = new Uint32Array(Math.max(0, hashes.length - runWords + 1));
  for (let at = 0; at < runs.length; at += 1) {
    let hash = 0;
    for (let next = at; next < at + runWords; next += 1) hash = Math.imul(hash, 0x9e3779b1) + (hashes[next] ?? 0);
    runs[at] = mixed(hash);
  }
  runs.sort();
  let kept = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const value = runs[at] ?? 0;
    if (at === 0 || value !== runs[at - 1]) {
      runs[kept] = value;
      kept += 1;
    }
  }
  return runs.slice(0, kept);
}

/** How alike two sets are: what they share of what both hold together (Jaccard), 0 to 1. Both rise. */
export function similarityOf(left: Uint32Array, right: Uint32Array): number {
  let shared = 0;
  for (let a = 0, b = 0; a < left.length && b < right.length; ) {
    const [one, other] = [left[a] ?? 0, right[b] ?? 0];
    if (one === other) shared += 1;
    if (one <= other) a += 1;
    if (other <= one) b += 1;
  }
  const all = left.length + right.length - shared;
  return all === 0 ? 0 : shared / all;
}
