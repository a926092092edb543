import type { PersonalDataType } from '../../main/entities/span.ts';
import type { Chance } from './chance.ts';
import { companyForms, companyNouns, everydayWords, honorifics, jobFields, jobHeads, jobs, knownOrganisations, nationalities, streetEndings, streetWords, worldCities } from './own-words.ts';
import { countries, englishCountries, englishWords, fakerOf, namePools, placePools, statesAndCounties, streetNames, wholeLocales } from './sources.ts';
import { blocks, plain, sentences } from './templates.ts';

/** A made text with the personal data that was put into it. */
export interface MadeText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: PersonalDataType }[];
}

type Piece = { readonly text: string; readonly type: PersonalDataType | null };

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const digits = (chance: Chance, count: number): string => Array.from({ length: count }, (_, index) => String(chance.whole(index === 0 ? 1 : 0, 9))).join('');
const inForm = (chance: Chance, form: string): string => form.replaceAll(/[#?]/gu, (sign) => (sign === '#' ? String(chance.whole(0, 9)) : String.fromCharCode(65 + chance.whole(0, 25))));

/** A name that no list has: the beginning of one and the end of another of the same country. */
function blended(chance: Chance, list: readonly string[]): string {
  const [first, second] = [chance.pick(list), chance.pick(list)];
  const cut = Math.max(2, Math.ceil(first.length * 0.6));
  return first.slice(0, cut) + second.slice(Math.max(1, second.length - Math.max(2, Math.floor(second.length * 0.45))));
}

function nameFrom(chance: Chance, list: readonly string[]): string {
  return chance.happens(0.15) ? blended(chance, list) : chance.pick(list);
}

function person(chance: Chance, part: 'any' | 'given' | 'family'): string {
  const pool = chance.pick(namePools);
  const given = nameFrom(chance, pool.given);
  const family = nameFrom(chance, pool.family);
  if (part === 'given') return given;
  if (part === 'family') return chance.happens(0.1) ? `${family}-${chance.pick(pool.family)}` : family;
  const form = chance.next();
  if (form < 0.5) return `${given} ${family}`;
  if (form < 0.62) return `${given} ${String.fromCharCode(65 + chance.whole(0, 25))}${chance.pick(['', '.'])} ${family}`;
  if (form < 0.68) return `${given} ${nameFrom(chance, pool.given)} ${family}`;
  if (form < 0.71) return `${given} ${family}-${chance.pick(pool.family)}`;
  if (form < 0.74) return `${given.charAt(0)}. ${family}`;
  if (form < 0.77) return `${given} ${chance.pick(['van', 'van der', 'de', 'von', 'bin', 'al', 'da', 'de la', 'Mc', 'O’', 'd’', 'St.'])} ${family}`;
  if (form < 0.79) return `${given} ${family} ${chance.pick(pool.family)}`;
  if (form < 0.8) return `${given} ${family} ${chance.pick(['Jr.', 'III', 'Sr.', 'PhD', 'MD'])}`;
  return form < 0.92 ? given : family;
}

function city(chance: Chance): string {
  if (chance.happens(0.25)) return chance.pick(worldCities.filter((name) => !name.startsWith('the ')));
  const pool = chance.pick(placePools);
  if (chance.happens(0.2)) return blended(chance, pool.cities);
  if (chance.happens(0.1)) return fakerOf(chance.pick(wholeLocales), chance).location.city();
  const name = chance.pick(pool.cities);
  return chance.happens(0.05) ? `${name} ${chance.whole(1, 9)}` : name;
}

function place(chance: Chance): string {
  const form = chance.next();
  if (form < 0.4) return chance.pick(englishCountries);
  if (form < 0.45) return chance.pick(countries);
  if (form < 0.52) return chance.pick(statesAndCounties);
  return form < 0.6 ? chance.pick(worldCities) : city(chance);
}

function road(chance: Chance): string {
  const form = chance.next();
  const name = chance.pick(chance.pick(namePools)[chance.pick(['given', 'family'] as const)]);
  if (form < 0.2) return chance.pick(streetNames);
  if (form < 0.35) return fakerOf(chance.pick(wholeLocales), chance).location.street();
  if (form < 0.5) return `${chance.pick([name, capital(chance.pick(englishWords)), city(chance)])} ${chance.pick(streetWords.slice(0, 40))}`;
  if (form < 0.65) return `${chance.pick(streetWords.slice(48))} ${name}${chance.happens(0.2) ? ` ${chance.pick(chance.pick(namePools).family)}` : ''}`;
  if (form < 0.8) return `${name}${chance.pick(['', 's', 'en', 'er'])}${chance.pick(streetEndings)}`;
  if (form < 0.85) return `${chance.pick(['North', 'South', 'East', 'West', 'Old', 'New', 'Upper', 'Lower'])} ${chance.pick([name, `${chance.whole(1, 99)}th`])} ${chance.pick(streetWords.slice(0, 24))}`;
  if (form < 0.92) return `${name} ${chance.pick(streetWords.slice(48))}`;
  return `${name} ${chance.pick(chance.pick(namePools).family)}`;
}

function unit(chance: Chance): string {
  return `${chance.pick(['Apt.', 'Apt', 'Suite', 'Unit', 'Flat', 'Ste.', 'Floor', 'Room', '#', 'No.'])} ${chance.pick([digits(chance, 3), digits(chance, 2), `${chance.whole(1, 30)}${chance.pick(['A', 'B', 'C'])}`])}`;
}

function streetLine(chance: Chance): string {
  const number = chance.pick([digits(chance, chance.whole(1, 3)), digits(chance, chance.whole(2, 5)), `${chance.whole(1, 200)}${chance.pick(['a', 'B', '/2', '-14', ' bis'])}`, `0${digits(chance, 3)}`]);
  const form = chance.next();
  if (form < 0.07) return `${chance.pick(['P.O. Box', 'PO Box', 'Postboks', 'Postfach', 'Casilla'])} ${digits(chance, chance.whole(2, 5))}`;
  if (form < 0.1) return chance.pick([`PSC ${digits(chance, 4)}, Box ${digits(chance, 4)}`, `Unit ${digits(chance, 4)} Box ${digits(chance, 4)}`, `USS ${person(chance, 'family')}`, `CMR ${digits(chance, 3)}`]);
  if (form < 0.45) return `${number} ${road(chance)}`;
  if (form < 0.75) return `${road(chance)} ${number}`;
  if (form < 0.82) return `${digits(chance, chance.whole(3, 5))} ${road(chance)} ${digits(chance, chance.whole(1, 4))}`;
  if (form < 0.88) return `${digits(chance, chance.whole(3, 5))} ${digits(chance, chance.whole(1, 4))} ${road(chance)}`;
  return chance.happens(0.5) ? `${number} ${road(chance)} ${unit(chance)}` : `${road(chance)} ${number}. ${unit(chance)}`;
}

function postalCode(chance: Chance): string {
  if (chance.happens(0.4)) return fakerOf(chance.pick(wholeLocales), chance).location.zipCode();
  return inForm(chance, chance.pick(['####', '#####', '#####', '##-###', '### ##', '#####-###', '#### ??', '#####-####', '??# #??', '??## #??', '?#?#?#', '?-####', '######', '???-####']));
}

function address(chance: Chance): string {
  const street = streetLine(chance);
  const [gap, inner] = chance.happens(0.3) ? [chance.pick(['\n', '\n ', ', \n', '\n, ']), '\n'] : [chance.pick([', ', ' ', ', ', ', ']), ' '];
  const town = chance.happens(0.15) ? city(chance).toUpperCase() : city(chance);
  const region = chance.pick([chance.pick(statesAndCounties), inForm(chance, '??'), inForm(chance, '??'), inForm(chance, '##')]);
  const land = chance.pick(englishCountries);
  const form = chance.next();
  const withUnit = chance.happens(0.3) ? `${street}${gap}${unit(chance)}` : street;
  if (form < 0.2) return street;
  if (form < 0.35) return `${withUnit}${gap}${town}`;
  if (form < 0.5) return `${withUnit}${gap}${town}, ${region} ${postalCode(chance)}`;
  if (form < 0.62) return `${withUnit}${gap}${postalCode(chance)} ${town}`;
  if (form < 0.74) return `${withUnit}${gap}${town}${gap}${land}`;
  if (form < 0.88) return `${withUnit}${gap}${town}${gap}${region}${inner}${land} ${postalCode(chance)}`;
  return `${withUnit}${gap}${postalCode(chance)} ${town}${gap}${land}`;
}

function organisation(chance: Chance): string {
  const pool = chance.pick(namePools);
  const form = chance.next();
  const word = (): string => capital(chance.pick(englishWords).split(' ')[0] ?? '');
  if (form < 0.08) return chance.pick(knownOrganisations);
  if (form < 0.2) return fakerOf(chance.pick(wholeLocales), chance).company.name();
  if (form < 0.3) return `${chance.pick(pool.family)}${chance.pick(['-', ' & ', ' and ', ', '])}${chance.pick(pool.family)}${chance.happens(0.4) ? ` and ${chance.pick(pool.family)}` : ''}`;
  if (form < 0.4) return `${chance.pick([chance.pick(pool.family), word()])} ${chance.pick(companyForms)}`;
  if (form < 0.58) return `${chance.pick([chance.pick(pool.family), word(), word(), city(chance)])} ${chance.pick(companyNouns)}${chance.happens(0.4) ? ` ${chance.pick(companyForms)}` : ''}`;
  if (form < 0.66) return `${word()}${chance.pick(englishWords).replaceAll(' ', '')}`;
  if (form < 0.78) return `${word().slice(0, chance.whole(3, 6))}${chance.pick(['ly', 'io', 'ify', 'ia', 'ex', 'on', 'ix', 'era', 'ico', 'um', 'ster', 'hub', 'lytics', 'soft', 'tech', 'net', 'gen', 'fig', 'ware', 'point', 'com', 'works', 'bank', 'pay'])}`;
  if (form < 0.84) return `${word()} ${word()}`;
  if (form < 0.88) return inForm(chance, chance.pick(['???', '????', '??', '?&?']));
  if (form < 0.93) return `${chance.pick(['University of', 'Bank of', 'Ministry of', 'Institute of', 'Museum of', 'Department of', 'Association of'])} ${chance.pick([word(), city(chance), chance.pick(englishCountries)])}`;
  return `${chance.pick([city(chance), word()])} ${chance.pick(['United', 'City', 'Rovers', 'Philharmonic', 'Symphony', 'Times', 'Post', 'Herald', 'Police', 'Hotel', 'Cafe', 'Grill', 'Brewery'])}`;
}

function job(chance: Chance): string {
  const form = chance.next();
  if (form < 0.3) return fakerOf('en', chance).person.jobTitle();
  const title = form < 0.6 ? chance.pick(jobs) : form < 0.9 ? `${chance.pick(jobFields)} ${chance.pick(jobHeads)}` : `${chance.pick(jobFields)}, ${chance.pick(jobFields)}, and ${chance.pick(jobFields)} ${chance.pick(jobHeads)}`;
  return chance.happens(0.6) ? capital(title) : title;
}

function phone(chance: Chance): string {
  if (chance.happens(0.35)) return fakerOf(chance.pick(wholeLocales), chance).phone.number({ style: chance.pick(['human', 'human', 'national', 'international']) });
  return inForm(chance, chance.pick([
    '### ####', '###-####', '#### ####', '## ## ## ##', '##-##-##-##', '## ### ###', '### ## ###', '### ### ###', '### ### ####', '0### ## ## ##', '0### ### ## ##', '(##) ####-####', '(##) ###-###', '(0#) #### ####', '0## ### ## ##', '0## #### ####',
    '0###-#######', '0#### ######', '0### #######', '##########', '#######', '(###) ###-####', '(###)###-####', '###.###.####', '###-###-####x###', '+## ### ### ###', '+# ### ### ####', '+## (0)## ### ## ##', '0####-######', '##/###-##-##', '### #####', '#### ###',
    '##### #####', '#### ## ##', '## ## ## ## ##', '0# ## ## ## ##', '#-###-###-####', '00# ### ####', '###-##-##', '### ## ##',
  ]));
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const year = (chance: Chance): string => String(chance.happens(0.85) ? chance.whole(1950, 2035) : chance.whole(1700, 1950));

function date(chance: Chance): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const [y, m, d] = [year(chance), chance.whole(1, 12), chance.whole(1, 28)];
  const month = months[m - 1] ?? '';
  return chance.pick([`${y}-${two(m)}-${two(d)}`, `${y}-${two(m)}-${two(d)} ${two(chance.whole(0, 23))}:${two(chance.whole(0, 59))}:${two(chance.whole(0, 59))}`, `${m}/${d}/${y}`, `${two(d)}.${two(m)}.${y}`, `${d} ${month} ${y}`, `${month} ${d}, ${y}`, `${month} ${y}`, `${month} ${d}`, `the ${d}th of ${month}`, `${weekdays[d % 7] ?? ''}, ${d} ${month}`]);
}

function number(chance: Chance): string {
  return chance.pick([String(chance.whole(2, 20)), String(chance.whole(2, 20)), digits(chance, 2), digits(chance, 3), `${digits(chance, chance.whole(1, 3))},${digits(chance, 3)}`, `${chance.whole(1, 99)}.${chance.whole(0, 9)}`, digits(chance, 4), `${digits(chance, 1)} ${digits(chance, 3)} ${digits(chance, 3)}`, 'two', 'seven', 'twenty']);
}

const reference = (chance: Chance): string => inForm(chance, chance.pick(['##########', '########', '####-####', '??-#####', '#######', '???####', '#### #### ####', '##-####', '######', '?#####-##', '######/##', '###-######']));
const money = (chance: Chance): string => `${chance.pick(['$', '€', '£', 'USD ', 'EUR ', '$ '])}${chance.pick([digits(chance, 2), digits(chance, 3), `${digits(chance, 2)},${digits(chance, 3)}`, `${digits(chance, 2)}.${digits(chance, 2)}`])}`;

/** Some words in a row, in lower case or as a title; the small words of the language stand between them. */
function phrase(chance: Chance, isTitle: boolean): string {
  const small = ['of', 'the', 'and', 'in', 'to', 'for', 'with', 'a', 'on', 'was', 'is', 'that', 'not', 'from', 'by'];
  const words = Array.from({ length: chance.whole(1, 5) }, (_, index) => (index > 0 && chance.happens(0.3) ? chance.pick(small) : chance.pick(chance.happens(0.5) ? everydayWords : englishWords).toLowerCase()));
  return isTitle ? words.map((word) => (small.includes(word) ? word : word.split(' ').map(capital).join(' '))).join(' ') : words.join(' ');
}

function sentence(chance: Chance): string {
  const faker = fakerOf('en', chance);
  return chance.pick([() => faker.hacker.phrase(), () => faker.company.catchPhrase(), () => faker.commerce.productDescription(), () => faker.commerce.productName(), () => faker.food.description(), () => capital(phrase(chance, false)), () => phrase(chance, true)])();
}

const own = (text: string): Piece[] => [{ text, type: null }];
const slots: Readonly<Record<string, (chance: Chance) => Piece[]>> = {
  P: (chance) => [{ text: person(chance, 'any'), type: 'PERSON' }],
  F: (chance) => [{ text: person(chance, 'given'), type: 'PERSON' }],
  L: (chance) => [{ text: person(chance, 'family'), type: 'PERSON' }],
  A: (chance) => [{ text: address(chance), type: 'STREET_ADDRESS' }],
  S: (chance) => [{ text: streetLine(chance), type: 'STREET_ADDRESS' }],
  R: (chance) => [{ text: road(chance), type: 'STREET_ADDRESS' }],
  G: (chance) => [{ text: place(chance), type: 'GPE' }],
  C: (chance) => [{ text: city(chance), type: 'GPE' }],
  K: (chance) => [{ text: chance.pick(chance.happens(0.9) ? englishCountries : countries), type: 'GPE' }],
  O: (chance) => [{ text: organisation(chance), type: 'ORGANIZATION' }],
  J: (chance) => [{ text: job(chance), type: 'TITLE' }],
  H: (chance) => [{ text: chance.pick(honorifics), type: 'TITLE' }],
  N: (chance) => [{ text: chance.pick(nationalities), type: 'NRP' }],
  Y: (chance) => [{ text: year(chance), type: 'DATE_TIME' }],
  D: (chance) => [{ text: date(chance), type: 'DATE_TIME' }],
  W: (chance) => own(chance.pick(weekdays)),
  AGE: (chance) => [{ text: String(chance.whole(1, 99)), type: 'AGE' }],
  Z: (chance) => [{ text: postalCode(chance), type: 'ZIP_CODE' }],
  T: (chance) => [{ text: phone(chance), type: 'PHONE_NUMBER' }],
  MAIL: (chance) => own(fakerOf('en', chance).internet.email()),
  URL: (chance) => own(fakerOf('en', chance).internet.url()),
  CARD: (chance) => own(fakerOf('en', chance).finance.creditCardNumber()),
  IBAN: (chance) => own(fakerOf('en', chance).finance.iban()),
  IP: (chance) => own(fakerOf('en', chance).internet.ip()),
  SSN: (chance) => own(`${chance.whole(100, 599)}-${chance.whole(10, 99)}-${chance.whole(1000, 9999)}`),
  NUM: (chance) => own(number(chance)),
  MONEY: (chance) => own(money(chance)),
  REF: (chance) => own(reference(chance)),
  thing: (chance) => own(fakerOf('en', chance).commerce.product().toLowerCase()),
  word: (chance) => own(chance.pick(chance.happens(0.5) ? everydayWords : englishWords).toLowerCase()),
  words: (chance) => own(phrase(chance, false)),
  Word: (chance) => own(capital(chance.pick(chance.happens(0.4) ? everydayWords : englishWords))),
  Words: (chance) => own(chance.happens(0.5) ? phrase(chance, true) : capital(phrase(chance, false))),
};

/** The template's text with values in its slots. Some values are written in small or capital letters, as people do. */
function filled(template: string, chance: Chance): Piece[] {
  return template.split(/(\{\w+\})/u).flatMap((part) => {
    const slot = /^\{(\w+)\}$/u.exec(part);
    if (slot === null) return own(part);
    const fill = slots[slot[1] ?? ''];
    if (fill === undefined) throw new Error(`There is no slot ${part}.`);
    const pieces = fill(chance);
    const form = chance.next();
    return pieces.map(({ text, type }) => ({ type, text: form < 0.05 ? text.toLowerCase() : form < 0.08 ? text.toUpperCase() : text }));
  });
}

/** A text of one to three templates, at times in small letters throughout. The same chances make the same text. */
export function makeText(chance: Chance): MadeText {
  const pieces: Piece[] = [];
  const count = chance.pick([1, 1, 1, 2, 2, 3]);
  for (let index = 0; index < count; index += 1) {
    const form = chance.next();
    if (index > 0) pieces.push(...own(chance.pick([' ', ' ', '\n', '\n\n'])));
    if (form < 0.62) pieces.push(...filled(chance.pick(sentences), chance));
    else if (form < 0.78) pieces.push(...filled(chance.pick(blocks), chance));
    else if (form < 0.93) pieces.push(...filled(chance.pick(plain), chance));
    else pieces.push(...own(sentence(chance)));
  }
  const isSmall = chance.happens(0.04);
  let text = '';
  const spans: { start: number; end: number; type: PersonalDataType }[] = [];
  for (const piece of pieces) {
    const start = text.length;
    text += isSmall ? piece.text.toLowerCase() : piece.text;
    if (piece.type !== null && text.length > start) spans.push({ start, end: text.length, type: piece.type });
  }
  return { text, spans };
}
