import { brotliDecompressSync } from 'node:zlib';
import packed from './lexicon.json' with { type: 'json' };

/** What a word is listed as. One word may be several of these. */
export const listings = { given: 1, family: 2, city: 4, country: 8, nationality: 16, street: 32, job: 64, company: 128, common: 256, honorific: 512, companyForm: 1024 } as const;

/** A word as the lists have it: without accents, in lower case, so that `Szöllősy` and `SZOLLOSY` are one. */
export function folded(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
}

/**
 * The lists as a map from a folded word to its listings. The file has one line for each set of listings: the number, then the words
 * in order, each as a letter for the number of signs that it shares with the one before (a = 0), and the rest.
 */
export function unpackLexicon(text: string): Map<string, number> {
  const flagsByWord = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [flags = '0', ...words] = line.split(' ');
    let previous = '';
    for (const word of words) {
      previous = previous.slice(0, word.charCodeAt(0) - 97) + word.slice(1);
      flagsByWord.set(previous, Number(flags));
    }
  }
  return flagsByWord;
}

/** The inverse of unpackLexicon. */
export function packLexicon(flagsByWord: ReadonlyMap<string, number>): string {
  const wordsByFlags = Map.groupBy(flagsByWord.keys(), (word) => flagsByWord.get(word) ?? 0);
  return [...wordsByFlags].toSorted(([a], [b]) => a - b).map(([flags, words]) => {
    let previous = '';
    const parts = words.toSorted().map((word) => {
      let shared = 0;
      while (shared < 25 && shared < previous.length && previous[shared] === word[shared]) shared += 1;
      previous = word;
      return String.fromCharCode(97 + shared) + word.slice(shared);
    });
    return [flags, ...parts].join(' ');
  }).join('\n');
}

let loaded: ReadonlyMap<string, number> | null = null;

/** The listings of a folded word, as bits; 0 for a word that no list has. The lists are unpacked at the first question. */
export function listingsOf(word: string): number {
  loaded ??= unpackLexicon(brotliDecompressSync(Buffer.from(packed.words, 'base64')).toString('utf8'));
  return loaded.get(word) ?? 0;
}
