/** The model's process with a model that does as its file says, in the place of llama.cpp; everything around it is the program's own. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { Refusal } from '../../main/models/embedded/served-model.ts';
import { serveModel } from '../../main/models/embedded/serve-model.ts';
import { blockNetwork, connectToParent } from '../../main/work/index.ts';

const script = z.object({ does: z.enum(['answer', 'cut', 'pause', 'fail', 'stay silent', 'refuse', 'babble', 'die']), text: z.string().default(''), diesAt: z.string().optional() });

/** The script is the file, or a value in a model file's header. */
function scriptOf(bytes: Buffer): unknown {
  const at = bytes.indexOf('{"does"');
  const isWrapped = bytes.subarray(0, 4).toString('latin1') === 'GGUF';
  return JSON.parse((isWrapped ? bytes.subarray(at, at + Number(bytes.readBigUInt64LE(at - 8))) : bytes).toString('utf8'));
}

blockNetwork();
const stopped = (signal: AbortSignal): Promise<void> => new Promise((resolve) => { signal.addEventListener('abort', () => resolve(), { once: true }); });

serveModel(await connectToParent(), async ({ file, contextTokens }) => {
  const { does, text, diesAt } = script.parse(scriptOf(readFileSync(file)));
  if (does === 'refuse') throw new Refusal('file');
  return {
    contextTokens, server: 'script 1',
    // A word is a token here.
    count: (texts) => texts.map((words) => words.split(/\s+/).filter((word) => word !== '').length),
    embed: async (texts) => {
      await Promise.resolve();
      return texts.map((_, n) => Float32Array.of(n, 1));
    },
    answer: async ({ messages }, send, signal) => {
      const counted = { promptTokens: 3, completionTokens: 2 };
      if (does === 'fail') throw new Error(`bad prompt ${JSON.stringify(messages)}`);
      if (does === 'die' || (diesAt !== undefined && messages.some((message) => message.text.includes(diesAt)))) {
        for (const piece of (text.match(/\S+\s*/g) ?? []).slice(0, 2)) await send(piece);
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);
        await stopped(signal);
      }
      if (does === 'babble') {
        let pieces = 0;
        for (; !signal.aborted; pieces += 1) await send(`${pieces} `);
        return { state: 'cancelled', promptTokens: 3, completionTokens: pieces };
      }
      if (does !== 'stay silent') for (const piece of does === 'pause' ? [text] : text.match(/\S+\s*/g) ?? []) await send(piece);
      if (does === 'pause' || does === 'stay silent') {
        await stopped(signal);
        return { state: 'cancelled', ...counted };
      }
      return { state: does === 'cut' ? 'cut' : 'complete', ...counted };
    },
  };
});
