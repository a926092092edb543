/**
 * What words alone do not prove. A document that tells its reader to say something has the words of it and does not say it; a sentence about
 * its writer is borne by nobody else's text; a sentence of one word says too little to be borne by it. Pure.
 */
import type { Claim } from './claim.ts';

const saying = '(?:say|claim|tell|pretend|insist|assert|answer|reply|respond|recommend|repeat|mention|state|confirm|write|report|conclude|explain|suggest|quote|cite|copy|output)';
/** What follows a verb of saying where it is an order: what to say, or to whom. */
const said = '(?:that\\b|:|["“«]|the (?:reader|analyst|user|person)\\b|(?:him|her|them|us|me|everyone)\\b|in (?:your|the) (?:answer|response|summary)\\b|(?:yes|no|true|unclear)\\b|(?:this|the (?:following|above|next|whole)) (?:line|sentence|text|words?|paragraph|passage|document)\\b)';
const clause = '(?:^|[.:;!?,\\n(“"«—–-]\\s*|\\b(?:please|must|should|always|now|then|and)\\s+)';
const order = new RegExp(`${clause}${saying}\\s+${said}`, 'iu');
/** The same just before a quote that begins in the middle of it. */
const orderBefore = new RegExp(`(?:^|[^\\p{L}])${saying}\\s+(?:that\\s+)?["“«:]?\\s*$`, 'iu');
/** Speech to a machine that reads. */
const toMachine = /\b(?:language model|chat ?bot|ai assistant|(?:to|for|dear|attention) (?:any|every|each|the|all) (?:\w+ )?(?:assistants?|ai|models?|llms?)(?:\s*[:,]|\s+(?:that|who|which) (?:reads?|answers?)\b)|assistant that reads|(?:previous|prior|above|all) instructions|system prompt|your (?:answer|response|output|reply))\b/iu;

/** True for a quote that gives an order to say something, or speaks to whoever answers. `before` is the text that it stands behind. */
export function isOrder(quote: string, before: string): boolean {
  return order.test(quote) || orderBefore.test(before) || toMachine.test(quote);
}

const firstPerson = /(?<![\p{L}’'])(?:I|I’m|I'm|I’ve|I've|my|mine|myself)(?![\p{L}])/u;

/** True for a sentence whose writer speaks of itself, quoted words aside: nobody else's text says it but word for word. */
export function speaksOfItself({ text }: Pick<Claim, 'text'>): boolean {
  return firstPerson.test(text.replace(/“[^”]*”|"[^"]*"|«[^»]*»/g, ''));
}

/** True for a sentence that has a single telling word and no figure: whatever holds the word would bear it. */
export function saysTooLittle({ words, dates, quantities }: Pick<Claim, 'words' | 'dates' | 'quantities'>): boolean {
  return new Set(words.map(({ key }) => key)).size < 2 && dates.length === 0 && quantities.length === 0;
}
