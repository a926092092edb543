/** Names of people, places, streets and firms of many countries, from @faker-js/faker (MIT) and from lists of our own. */
import { allFakers, allLocales } from '@faker-js/faker';
import type { Chance } from './chance.ts';

export type Locale = keyof typeof allFakers;

/** Every text in a tree of lists. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const plainName = /^[\p{L}\p{M}'’ -]{2,40}$/u;
const names = (value: unknown): string[] => [...new Set(textsIn(value).filter((text) => plainName.test(text)))];

// BGN/PCGN, simplified: how names in Cyrillic and Greek letters stand in papers in Latin ones.
const cyrillic: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh',
  щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi', є: 'ye', ґ: 'g', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', ђ: 'dj', џ: 'dz', ѓ: 'gj', ќ: 'kj', ѕ: 'dz',
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
};

/** A name in Latin letters, with a capital where it had one. */
export function inLatin(name: string): string {
  return [...name].map((sign) => {
    const base = sign.normalize('NFD')[0]?.toLowerCase() ?? '';
    const latin = cyrillic[sign.toLowerCase()] ?? cyrillic[base];
    if (latin === undefined) return sign;
    return sign === sign.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
  }).join('');
}

/** Names of one country's people. */
export interface NamePool {
  readonly locale: Locale;
  readonly given: readonly string[];
  readonly family: readonly string[];
}

// Written without blanks between words, which our tokens need: left out.
const unspaced = new Set<string>(['zh_CN', 'zh_TW', 'ja', 'th', 'dv', 'ko']);
const jokes = new Set<string>(['en_BORK', 'en_AU_ocker', 'base', 'eo']);
const locales: Locale[] = (Object.keys(allFakers) as Locale[]).filter((locale) => !unspaced.has(locale) && !jokes.has(locale)); // oxlint-disable-line typescript/no-unsafe-type-assertion -- keys of that object

function poolsOf(locale: Locale): NamePool[] {
  const { person } = allLocales[locale];
  const pool = { locale, given: names(person?.first_name), family: names(person?.last_name) };
  if (pool.given.length < 20 || pool.family.length < 20) return [];
  const isLatin = /^\p{Script=Latin}/u.test(pool.given[0] ?? '');
  if (isLatin) return [pool];
  const latin = { locale, given: pool.given.map(inLatin), family: pool.family.map(inLatin) };
  return /^\p{Script=Latin}/u.test(latin.given[0] ?? '') ? [pool, latin, latin] : [pool];
}

export const namePools: readonly NamePool[] = locales.flatMap(poolsOf);
export const placePools: readonly { readonly locale: Locale; readonly cities: readonly string[] }[] =
  locales.map((locale) => ({ locale, cities: names(allLocales[locale].location?.city_name) })).filter(({ cities }) => cities.length > 20);
export const countries: readonly string[] = names(locales.filter((locale) => /^(?:en|de|fr|es|it|nl|sv|da|nb_NO|pl|pt_PT)/u.test(locale)).map((locale) => allLocales[locale].location?.country));
export const englishCountries: readonly string[] = names(allLocales.en.location?.country);
export const statesAndCounties: readonly string[] = names([allLocales.en_US.location?.state, allLocales.en.location?.state, allLocales.en_GB.location?.county, allLocales.de.location?.state]);
export const streetNames: readonly string[] = names(locales.map((locale) => allLocales[locale].location?.street_name));
export const englishWords: readonly string[] = names([allLocales.en.word, allLocales.en.hacker, allLocales.en.commerce, allLocales.en.food?.adjective, allLocales.en.food?.ingredient, allLocales.en.color, allLocales.en.music?.genre]);
export const fakerJobWords: readonly string[] = names([allLocales.en.person?.job_type, allLocales.en.person?.job_area, allLocales.en.person?.job_descriptor]);

/** The faker of a locale, set to the sequence of chances. */
export function fakerOf(locale: Locale, chance: Chance): (typeof allFakers)[Locale] {
  const faker = allFakers[locale];
  faker.seed(chance.whole(0, 2 ** 31));
  return faker;
}

function isWhole(locale: Locale): boolean {
  const faker = allFakers[locale];
  try {
    return [faker.location.street(), faker.location.zipCode(), faker.location.city(), faker.phone.number(), faker.company.name()].every((made) => made.length > 0);
  } catch {
    return false; // faker throws for what a locale does not apply: another is taken
  }
}

/** The locales that have streets, postal codes, cities, telephones and firms. */
export const wholeLocales: readonly Locale[] = locales.filter(isWhole);
