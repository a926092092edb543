import * as z from 'zod';
import { firstPassParameters } from '../../../../preload/contract/domains/bulk.ts';
import { defineKind } from '../kind.ts';
import { placeQuote, supportOf } from '../quotes.ts';

const system = [
  'You look through documents for an analyst, one text at a time, and propose which of them are worth reading.',
  'The analyst says what to look for. Answer "relevant" when the text holds something of it, "not-relevant" when it holds nothing of it, "unsure" when you cannot tell.',
  'Give one short reason, and as quote the words of the text that it rests on, copied exactly as they stand there; an empty quote when there are none.',
].join('\n');

const output = z.strictObject({ answer: z.enum(['relevant', 'not-relevant', 'unsure']), reason: z.string(), quote: z.string() });
const proposals = { relevant: 'relevant', 'not-relevant': 'not-relevant', unsure: 'deferred' } as const;
const headlines = { relevant: 'Relevant', 'not-relevant': 'Not relevant', unsure: 'Unsure' } as const;

/** Proposes Relevant or Not relevant for each document, by a person's instruction, with a reason and a quote. A person accepts a proposal; it is never a code. */
export const firstPass = defineKind({
  kind: 'first-pass', version: 1, title: 'First pass', parameters: firstPassParameters, output,
  toRequest: ({ title, text }, { instruction }) => ({ system, user: `What to look for:\n${instruction}\n\nText, named ${title}:\n${text}`, maxTokens: 300 }),
  judge: (said, chunk) => {
    const quote = placeQuote(said.quote, chunk);
    // The reason is the model's own word: a quote that stands does not make it true, and one that does not counts against it.
    const support = quote !== null && quote.check !== 'not-found' ? null : supportOf(quote);
    return { headline: headlines[said.answer], proposal: proposals[said.answer], entries: [{ name: 'Reason', text: said.reason, support, quote }], value: said };
  },
});
