import type { PersonalDataType } from './span.ts';

/** What a stand-in calls a value's type: a word that a model takes for a name and repeats. */
export const labelByType: { readonly [T in PersonalDataType]: string } = {
  PERSON: 'PERSON', STREET_ADDRESS: 'ADDRESS', GPE: 'PLACE', ORGANIZATION: 'ORG', TITLE: 'TITLE', NRP: 'GROUP', DATE_TIME: 'DATE', AGE: 'AGE', ZIP_CODE: 'ZIP', PHONE_NUMBER: 'PHONE',
  CREDIT_CARD: 'CARD', IBAN_CODE: 'IBAN', EMAIL_ADDRESS: 'EMAIL', IP_ADDRESS: 'IP', DOMAIN_NAME: 'DOMAIN', US_SSN: 'SSN', US_DRIVER_LICENSE: 'LICENCE',
};

/** A stand-in taken apart: `[PERSON-3.2]` is PERSON, 3, 2. The variant tells another way of writing the same value; the first has none. */
export interface StandIn {
  readonly label: string;
  readonly number: number;
  readonly variant: number;
}

export function standInText({ label, number, variant }: StandIn): string {
  return `[${label}-${number}${variant === 1 ? '' : `.${variant}`}]`;
}

/** A stand-in as a key, whatever brackets, blanks, dashes or case a model gave it. */
export function standInKey({ label, number, variant }: StandIn): string {
  return `${label}-${number}.${variant}`;
}

/** What stands for text that is no personal data but looks like a stand-in. */
export const literalLabel = 'TEXT';

const labels = [...Object.values(labelByType), literalLabel].join('|');
const dash = '[-_\\u2010-\\u2015\\u2212]';

/**
 * Finds stand-ins in a model's words: in brackets in any case, with blanks or another dash between; without brackets only in capitals and with a
 * dash, so that "page 3" and "group-2" stay what they are. Groups: label, number, variant (in brackets); label, number, variant (without).
 */
export const standInPattern = new RegExp(
  `\\[ ?((?i:${labels}))(?: ?${dash} ?| |)(\\d{1,7})(?:\\.(\\d{1,7}))? ?\\]|(?<![\\p{L}\\p{N}_])(${labels})${dash}(\\d{1,7})(?:\\.(\\d{1,7})(?!\\d))?(?![\\p{L}\\p{N}_])`, 'gu',
);

/** Matches text that further signs could make a stand-in, or a longer one. */
export const standInStart = new RegExp(`^(?:\\[ ?[A-Za-z]{0,7}(?: ?${dash}? ?)(?:\\d{1,7}(?:\\.\\d{0,7})?)? ?|[A-Z]{1,7}(?:${dash}(?:\\d{1,7}(?:\\.\\d{0,7})?)?)?)$`, 'u');

/** No stand-in, however a model wrote it, is longer. */
export const longestStandIn = 32;

/** The stand-in of a match of standInPattern. */
export function readStandIn(match: readonly (string | undefined)[]): StandIn {
  const [label = '', number = '', variant] = match[1] === undefined ? match.slice(4, 7) : match.slice(1, 4);
  return { label: label.toUpperCase(), number: Number(number), variant: Number(variant ?? 1) };
}
