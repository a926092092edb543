import * as z from 'zod';
import { extractionParameters } from '../../../../preload/contract/domains/bulk.ts';
import { defineKind } from '../kind.ts';
import { shortFormsIn } from '../../check/index.ts';
import { placeQuote, supportOfValue } from '../quotes.ts';

const system = [
  'You fill in fields from a text for an analyst. Use only the text.',
  'For each value give the name of its field exactly as it was asked for, the value, and as quote the words of the text that it stands in, copied exactly.',
  'A field that the text does not tell gets no value: leave it out. A field that it tells several times gets one for each.',
].join('\n');

const output = z.strictObject({ values: z.array(z.strictObject({ field: z.string(), value: z.string(), quote: z.string() })) });
/** Values of one chunk that are kept: a model that repeats itself fills no case. */
const mostValues = 200;

/** Named fields of each document, each with the quote that it stands in and its place. A value that its quote does not bear is not supported, however true the quote. */
export const extraction = defineKind({
  kind: 'extraction', version: 1, title: 'Extraction', parameters: extractionParameters, output,
  toRequest: ({ title, text }, { fields }) => ({
    system, user: `Fields:\n${fields.map(({ name, what }) => (what === '' ? `- ${name}` : `- ${name}: ${what}`)).join('\n')}\n\nText, named ${title}:\n${text}`, maxTokens: 1200,
  }),
  judge: (said, chunk, { fields }, { rarity }) => {
    const around = `${chunk.title}\n${chunk.text}`;
    const scene = { around, shortForms: shortFormsIn(around) };
    const asked = new Map(fields.map(({ name }) => [name.toLowerCase(), name]));
    const entries = said.values.slice(0, mostValues).flatMap(({ field, value, quote: words }) => {
      const name = asked.get(field.trim().toLowerCase());
      if (name === undefined || value.trim() === '') return [];
      const quote = placeQuote(words, chunk);
      return [{ name, text: value, support: supportOfValue(value, quote, scene, rarity), quote }];
    });
    const found = fields.filter(({ name }) => entries.some((entry) => entry.name === name)).length;
    return { headline: `${found} of ${fields.length} fields`, proposal: null, entries, value: said };
  },
});
