import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { systemClock } from '../../main/base/clock.ts';
import { createNetwork, type ModelClient } from '../../main/models/index.ts';
import { clearedRequest, endpointAt } from '../support/model-servers/asking.ts';
import { scripts, type Script } from '../support/model-servers/scripts.ts';
import { compared, measured, median, percentile, type PerfScript } from './figures.ts';
import { manyQuestion, manyWords } from './relay-words.ts';

/** One for each kind of stream. */
const kinds = scripts.filter(({ name }) => ['openai-chat', 'openai-responses', 'bedrock, Converse', 'anthropic-messages', 'ollama'].includes(name));
const never = new AbortController().signal;

/** Milliseconds until the first word, and until the end, of our client. */
async function ours(client: ModelClient, question: string): Promise<{ readonly firstMs: number; readonly allMs: number; readonly words: number }> {
  const began = performance.now();
  let firstMs = 0;
  let words = 0;
  for await (const event of client.answer(clearedRequest({ system: '', messages: [{ role: 'user', text: question }] }), never)) {
    if (event.kind !== 'text') continue;
    words += 1;
    if (words === 1) firstMs = performance.now() - began;
  }
  return { firstMs, allMs: performance.now() - began, words };
}

/** The same of a bare request whose bytes are only counted: nothing is taken apart, checked or classified. */
async function direct(agent: Agent, origin: string, path: string, question: string): Promise<{ readonly firstMs: number; readonly allMs: number }> {
  const began = performance.now();
  let firstMs = 0;
  const { body } = await agent.request({ origin, path, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ messages: [{ role: 'user', content: question }] }) });
  for await (const bytes of body) if (firstMs === 0 && (bytes as Uint8Array).length > 0) firstMs = performance.now() - began;
  return { firstMs, allMs: performance.now() - began };
}

/** What our client adds to the first word, and how fast it hands on the rest, against a bare request to the same server in turns. */
export const relay: PerfScript = async ({ small, log }) => {
  const server = fork(fileURLToPath(new URL('relay-server.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const network = createNetwork({ clock: systemClock });
  const agent = new Agent();
  try {
    const [port] = (await once(server, 'message')) as [number];
    const origin = `http://127.0.0.1:${port}`;
    const figures = [];
    for (const script of kinds) {
      const client = network.clientFor(endpointAt(`${origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
      figures.push(...(await figuresOf(script, client, agent, origin, small)));
      log(`${script.name} done`);
    }
    return { title: 'relay: first word and words a second, through the client and bare', figures, notes: ['the bare request counts bytes and understands none of them'] };
  } finally {
    await Promise.all([network.close(), agent.close()]);
    server.disconnect();
  }
};

async function figuresOf({ name, askedPath }: Script, client: ModelClient, agent: Agent, origin: string, small: boolean) {
  const added: number[] = [];
  const [oursMs, directMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < (small ? 60 : 400); round += 1) {
    const bare = await direct(agent, origin, askedPath, 'Say one word.');
    const through = await ours(client, 'Say one word.');
    if (round < 20) continue; // both are compiled by then
    oursMs.push(through.firstMs);
    directMs.push(bare.firstMs);
    added.push(through.firstMs - bare.firstMs);
  }
  const [oursRate, directRate]: [number[], number[]] = [[], []];
  for (let round = 0; round < (small ? 3 : 9); round += 1) {
    const bare = await direct(agent, origin, askedPath, manyQuestion);
    const through = await ours(client, manyQuestion);
    if (through.words !== manyWords) throw new Error(`${name}: ${through.words} words came of ${manyWords}`);
    if (round === 0) continue;
    oursRate.push((manyWords * 1000) / through.allMs);
    directRate.push((manyWords * 1000) / bare.allMs);
  }
  return [
    compared(`${name}: first word, median`, median(oursMs), 'ms', 'bare', median(directMs)),
    measured(`${name}: added to the first word, p95`, percentile(added, 0.95), 'ms', { text: '<= 20 ms', holds: (value) => value <= 20 }),
    compared(`${name}: words a second`, median(oursRate), '/s', 'bare', median(directRate)),
  ];
}
