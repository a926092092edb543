import { folded, listings, listingsOf } from './lexicon.ts';
import type { PersonalDataType } from './span.ts';
import type { Token } from './tokens.ts';

/** What at least one word of a span must be listed as, where all of it is in small letters: people write names so, but words are more often just words. */
const proof: { readonly [T in PersonalDataType]?: number } = {
  PERSON: listings.given | listings.family,
  GPE: listings.city | listings.country,
  ORGANIZATION: listings.companyForm,
  NRP: listings.nationality,
};

/** False for what the tagger sees at times and no reader would: a name of one sign, everyday words in small letters, a telephone number of two digits. */
export function isPlausible(type: PersonalDataType, tokens: readonly Token[]): boolean {
  if (type === 'PHONE_NUMBER') return tokens.length === 1 && tokens[0]?.kind === 'perhaps';
  const words = tokens.filter(({ kind }) => kind === 'word');
  const needed = proof[type];
  if (words.length === 0) return needed === undefined || type === 'ORGANIZATION';
  if (type === 'PERSON' && words.every(({ text }) => text.length === 1) && !/\p{Script=Han}/u.test(words[0]?.text ?? '')) return false;
  if (words.some(({ text }) => text !== text.toLowerCase() || text === text.toUpperCase())) return true;
  if (type === 'TITLE') return words.length > 1 || tokens.some(({ text }) => text === '.');
  if (needed === undefined) return true;
  return words.some(({ text }) => {
    const listed = listingsOf(folded(text));
    return (listed & needed) !== 0 && (listed & listings.common) === 0;
  });
}

/** True for a capitalised word that names a people or a nation's own. */
export function isNationality({ kind, text }: Token): boolean {
  return kind === 'word' && /^\p{Lu}/u.test(text) && (listingsOf(folded(text)) & listings.nationality) !== 0;
}
