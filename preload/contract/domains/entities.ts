/** What stands in texts: personal data so far. */
import * as z from 'zod';
import { offset } from './basics.ts';
import { route } from '../define.ts';

/** The most UTF-16 units that one call's texts may have together. */
export const mostPersonalDataChars = 2_000_000;

/** Types by the names of the field's test sets. Sure by form or check digits are those from PHONE_NUMBER on, phones in part; the others are told by context. */
export const personalDataType = z.enum([
  'PERSON', 'STREET_ADDRESS', 'GPE', 'ORGANIZATION', 'TITLE', 'NRP', 'DATE_TIME', 'AGE', 'ZIP_CODE', 'PHONE_NUMBER',
  'CREDIT_CARD', 'IBAN_CODE', 'EMAIL_ADDRESS', 'IP_ADDRESS', 'DOMAIN_NAME', 'US_SSN', 'US_DRIVER_LICENSE',
]);
export type PersonalDataType = z.infer<typeof personalDataType>;

/** Personal data in a text: end exclusive; `text` is what stands there, `value` its normal form (digits of cards, E.164 where a phone's country is known). */
export const personalDataSpan = z.object({ start: offset, end: offset, type: personalDataType, text: z.string(), value: z.string() });
export type PersonalDataSpan = z.infer<typeof personalDataSpan>;

const texts = z.array(z.strictObject({ id: z.string().max(1000), text: z.string() })).min(1).max(1000)
  .refine((list) => list.reduce((sum, { text }) => sum + text.length, 0) <= mostPersonalDataChars, { error: 'too much text for one call' });

export const entityRoutes = {
  /** Personal data in each text, in the order given; sorted, without overlaps. Answers while locked; needs no vault and keeps nothing. */
  'entities.personal-data': route({
    input: z.strictObject({ texts }),
    output: z.array(z.object({ id: z.string(), spans: z.array(personalDataSpan).readonly() })),
    errors: [],
    whileLocked: true,
  }),
};
