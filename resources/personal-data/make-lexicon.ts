import { folded, listings } from '../../main/entities/lexicon.ts';
import { companyForms, companyNouns, everydayWords, honorifics, jobFields, jobHeads, jobs, nationalities, streetWords, worldCities } from './own-words.ts';
import { countries, englishWords, fakerJobWords, namePools, placePools, statesAndCounties } from './sources.ts';

/** The words of every list with what they are listed as. */
export function makeLexicon(): Map<string, number> {
  const flagsByWord = new Map<string, number>();
  const add = (texts: readonly string[], flag: number, shortest: number): void => {
    for (const text of texts) {
      for (const [word] of folded(text).matchAll(/[\p{L}\p{M}]+/gu)) if (word.length >= shortest && word.length <= 25) flagsByWord.set(word, (flagsByWord.get(word) ?? 0) | flag);
    }
  };
  for (const { given, family } of namePools) {
    add(given, listings.given, 2);
    add(family, listings.family, 2);
  }
  for (const { cities } of placePools) add(cities, listings.city, 4);
  add(worldCities, listings.city, 4);
  add(statesAndCounties, listings.city, 4);
  add(countries, listings.country, 4);
  const peoples = nationalities.map((name) => name.split(' ').at(-1) ?? '');
  add([...peoples, ...peoples.map((name) => `${name}s`)], listings.nationality, 3);
  add(streetWords, listings.street, 2);
  add([...jobs, ...jobFields, ...jobHeads, ...fakerJobWords], listings.job, 3);
  add([...companyForms, ...companyNouns], listings.company, 2);
  add(companyForms, listings.companyForm, 2);
  add([...englishWords, ...everydayWords], listings.common, 1);
  add(honorifics, listings.honorific, 1);
  return flagsByWord;
}
