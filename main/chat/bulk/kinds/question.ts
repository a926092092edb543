import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import type { Span } from '../../../../preload/contract/domains/basics.ts';
import type { BulkEntry, BulkQuote } from '../../../../preload/contract/domains/bulk.ts';
import { isOrder, judge, readClaim, saysTooLittle, shortFormsIn, type Evidence, type Rarity } from '../../check/index.ts';
import { splitSentences } from '../../reader/sentences.ts';
import { defineKind, type BulkChunk } from '../kind.ts';
import { placeQuote } from '../quotes.ts';

const system = [
  'An analyst asks one question of many texts, one text at a time. You say whether this text holds something that belongs to its answer. You never count over texts: that is done for you.',
  'Answer "yes" when it does, "no" when it holds nothing of it, "unclear" when you cannot tell.',
  'With "yes", give each thing that belongs to the answer once: in a few words of the text, and as quote the whole sentence that it stands in, copied exactly as it stands there.',
].join('\n');

const output = z.strictObject({ holds: z.enum(['yes', 'no', 'unclear']), items: z.array(z.strictObject({ text: z.string(), quote: z.string() })) });
/** Things of one chunk that are kept: a model that repeats itself fills no case. */
const mostItems = 60;
const headlines = { no: 'Does not hold it', unclear: 'Unclear' } as const;
/** Text before a quote that is looked at for an order to say it. */
const beforeChars = 80;

const questionParameters = z.strictObject({ question: z.string().trim().min(1).max(4000) });

/** True when a quote is an order to whoever reads, or stands in a sentence that is one: it has the words and does not say them. */
function isOrdered({ start, end }: Pick<BulkQuote, 'start' | 'end'>, chunk: BulkChunk, sentences: readonly Span[]): boolean {
  const [from, to] = [start - chunk.start, end - chunk.start];
  const met = sentences.filter((sentence) => sentence.start < to && from < sentence.end);
  const whole = { start: Math.min(from, ...met.map((sentence) => sentence.start)), end: Math.max(to, ...met.map((sentence) => sentence.end)) };
  const before = (at: number): string => chunk.text.slice(Math.max(0, at - beforeChars), at);
  return isOrder(chunk.text.slice(from, to), before(from)) || isOrder(chunk.text.slice(whole.start, whole.end), before(whole.start));
}

/** What entries of one chunk are judged by. */
interface Judging {
  readonly chunk: BulkChunk;
  readonly sentences: readonly Span[];
  /** What stands around every quote. */
  readonly scene: Pick<Evidence, 'around' | 'shortForms'>;
  readonly rarity: Rarity;
}

/** How well a quote bears what the model says that it found. An order and a quote of a word or less bear nothing. */
function supportOf(text: string, quote: BulkQuote | null, { chunk, sentences, scene, rarity }: Judging): BulkEntry['support'] {
  if (quote === null) return 'uncited';
  if (quote.check === 'not-found' || saysTooLittle(readClaim(quote.quote, rarity)) || isOrdered(quote, chunk, sentences)) return 'unsupported';
  return judge(readClaim(text, rarity), { quote: quote.quote, ...scene }).support;
}

/**
 * Whether each document holds something that belongs to the answer of a question, with quotes. Only an entry whose quote bears it is called
 * supported or partly so, and only those count. The reduction over documents is ours (chat/exhaustive).
 */
export const question = defineKind({
  kind: 'question', version: 2, title: 'Question over all documents', parameters: questionParameters, output,
  toRequest: ({ title, text }, { question: asked }) => ({ system, user: `Question:\n${asked}\n\nText, named ${title}:\n${text}`, maxTokens: 900 }),
  judge: async (said, chunk, _parameters, { rarity }) => {
    if (said.holds !== 'yes') return { headline: headlines[said.holds], proposal: null, entries: [], value: said };
    const entries: BulkEntry[] = [];
    const around = `${chunk.title}\n${chunk.text}`;
    const judging: Judging = { chunk, sentences: splitSentences(chunk.text), scene: { around, shortForms: shortFormsIn(around) }, rarity };
    for (const { text, quote: words } of said.items.slice(0, mostItems)) {
      const quote = placeQuote(words, chunk);
      entries.push({ name: 'Found', text, support: supportOf(text, quote, judging), quote });
      await setImmediate();
    }
    const isBorne = entries.some(({ support }) => support === 'supported' || support === 'partly');
    return { headline: isBorne ? 'Holds it' : 'Unclear: no quote bears it', proposal: null, entries, value: said };
  },
});
