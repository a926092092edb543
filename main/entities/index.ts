/**
 * Personal data in text, found and kept back: what form and check digits prove (cards, IBANs, telephones, addresses of people and machines), what a
 * small tagger tells by context (names, places, addresses, firms), and stand-ins that are stable in one conversation and can be undone in its answers.
 * All of it is pure: it opens nothing but a thread to compute on, keeps nothing beyond the objects it hands out, and never decides what may leave
 * (main/policy does). Whoever shares a thread with people's calls asks through createPersonalData.
 *
 * Decisions. Types carry the names of the field's test sets. A weekday or a time alone is no personal data. Telephones are read by a grammar of our own:
 * libphonenumber needs the reader's country and refuses numbers that no range assigns. The tagger is a linear model over hashed features, trained on made
 * texts (resources/personal-data); its lists and weights are lexicon.json and weights.json. It reads words between blanks, so names in Chinese, Japanese
 * or Thai text are found only where they stand apart. Sources: ISO/IEC 7812, ISO 13616, E.164, RFC 3966, RFC 4291, RFC 5321; M. Collins, 2002.
 */
export { findPersonalData } from './find-personal-data.ts';
export { hidePersonalData, type Hidden } from './hide.ts';
export { createPersonalData, type PersonalData } from './personal-data.ts';
export { createPseudonyms, originalRange, restoreStandIns, type Originals, type Pseudonyms, type Replaced, type Segment } from './pseudonyms.ts';
export { createRestorer, type Restorer } from './restorer.ts';
export type { PersonalDataType, Span } from './span.ts';
