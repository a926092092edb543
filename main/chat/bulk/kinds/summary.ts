import * as z from 'zod';
import { summaryParameters, type BulkEntry } from '../../../../preload/contract/domains/bulk.ts';
import { findWords, readClaim } from '../../check/index.ts';
import { citeAnswer } from '../../model-answer.ts';
import { defineKind } from '../kind.ts';

const system = [
  'You summarise a text for an analyst in plain sentences. Use only the text, and keep numbers, dates and names as it has them.',
  'Give each sentence apart; the most telling first. Say nothing about the text itself.',
].join('\n');

const output = z.strictObject({ sentences: z.array(z.string()) });
const tokensPerSentence = 90;
/** Fewer telling words than this stand in many a text that does not say it: they have to stand there as they are. */
const fewestWords = 3;

/** A summary of each document, every sentence checked against its text as answers in chat are. */
export const summary = defineKind({
  kind: 'summary', version: 1, title: 'Summary', parameters: summaryParameters, output,
  toRequest: ({ title, text }, { focus, sentences }) => ({
    system, user: `At most ${sentences} ${sentences === 1 ? 'sentence' : 'sentences'}.${focus === '' ? '' : ` Of interest above all: ${focus}`}\n\nText, named ${title}:\n${text}`, maxTokens: 60 + sentences * tokensPerSentence,
  }),
  judge: async (answered, chunk, parameters, { rarity }) => {
    const text = answered.sentences.slice(0, parameters.sentences * 2).map((sentence) => `${sentence.replaceAll(/\s*\[\d+\]|\n+/g, ' ').trim()} [1]`).join('\n');
    const { sentences, quotes } = await citeAnswer(text, [{ number: 1, start: chunk.start, text: chunk.text, title: chunk.title }], rarity);
    const isThin = (said: string, quote: string): boolean => {
      const { words, dates, quantities } = readClaim(said, rarity);
      return new Set(words.map(({ key }) => key)).size < fewestWords && dates.length === 0 && quantities.length === 0 && findWords(quote, said)?.score !== 1;
    };
    const entries = sentences.map((sentence): BulkEntry => {
      const found = quotes[(sentence.citations[0] ?? sentence.nearest ?? 0) - 1];
      const isNear = found !== undefined && found.nearness !== null && found.nearness < 1;
      return {
        name: 'Sentence', text: sentence.text, support: sentence.isClaim === false ? null : sentence.support === 'supported' && isThin(sentence.text, found?.quote ?? '') ? 'partly' : sentence.support,
        quote: found === undefined ? null : { start: found.start, end: found.end, quote: found.quote, page: null, check: isNear ? 'fuzzy' : 'verbatim', score: isNear ? found.nearness : null },
      };
    });
    const supported = entries.filter(({ support }) => support === 'supported').length;
    return { headline: `${entries.length} ${entries.length === 1 ? 'sentence' : 'sentences'}, ${supported} supported`, proposal: null, entries, value: answered };
  },
});
