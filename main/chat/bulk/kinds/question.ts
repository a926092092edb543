import * as z from 'zod';
import { defineKind } from '../kind.ts';
import { placeQuote, supportOf } from '../quotes.ts';

const system = [
  'An analyst asks one question of many texts, one text at a time. You say whether this text holds something that belongs to its answer. You never count over texts: that is done for you.',
  'Answer "yes" when it does, "no" when it holds nothing of it, "unclear" when you cannot tell.',
  'With "yes", give each thing that belongs to the answer once: in a few words of your own, and as quote the words of the text that it stands in, copied exactly as they stand there.',
].join('\n');

const output = z.strictObject({ holds: z.enum(['yes', 'no', 'unclear']), items: z.array(z.strictObject({ text: z.string(), quote: z.string() })) });
/** Things of one chunk that are kept: a model that repeats itself fills no case. */
const mostItems = 60;
const headlines = { yes: 'Holds it', no: 'Does not hold it', unclear: 'Unclear' } as const;

export const questionParameters = z.strictObject({ question: z.string().trim().min(1).max(4000) });

/** Whether each document holds something that belongs to the answer of a question, with quotes. The reduction over documents is ours (chat/exhaustive). */
export const question = defineKind({
  kind: 'question', version: 1, title: 'Question over all documents', parameters: questionParameters, output,
  toRequest: ({ title, text }, { question: asked }) => ({ system, user: `Question:\n${asked}\n\nText, named ${title}:\n${text}`, maxTokens: 900 }),
  judge: (said, chunk) => {
    const entries = said.holds !== 'yes' ? [] : said.items.slice(0, mostItems).map(({ text, quote: words }) => {
      const quote = placeQuote(words, chunk);
      return { name: 'Found', text, support: supportOf(quote), quote };
    });
    return { headline: headlines[said.holds], proposal: null, entries, value: said };
  },
});
