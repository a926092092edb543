import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createEmbedded } from '../../main/models/embedded/index.ts';
import { createModelRuntime, createNetwork, modelFacts, readGgufFile, type ModelClient } from '../../main/models/index.ts';
import { endpointProfile, modelFiles, type ModelRow } from '../../main/store/index.ts';
import { nodeProcessHost, residentMbOf } from '../../main/work/index.ts';
import type { ModelId } from '../../preload/contract/domains/basics.ts';
import { hasLlamaServer, startLlamaServer } from '../support/llama-server.ts';
import { clearedRequest, endpointAt, endpointName } from '../support/model-servers/asking.ts';
import { compared, measured, median, type Figure, type PerfScript } from './figures.ts';

const file = resolve(import.meta.dirname, '../../models/SmolLM2-135M-Instruct.Q4_1.gguf');
const contextTokens = 4096;
/** As the program starts it: one core is left to everything else. */
const threads = Math.max(1, availableParallelism() - 1);

interface Asked {
  readonly firstMs: number;
  readonly tokensPerSecond: number;
}

/** Asks once; `nth` makes each question another, so that no server answers out of what it remembers. */
async function ask(client: ModelClient, nth: number, promptWords: number, maxTokens: number): Promise<Asked> {
  const passage = Array.from({ length: promptWords }, (_, n) => `entry ${n * 7 + nth}`).join(' ');
  const request = clearedRequest({ system: `Log ${nth}.`, messages: [{ role: 'user', text: `${passage}\nTell a long story about a heron.` }], maxTokens, temperature: 0 });
  const began = performance.now();
  let firstMs = 0;
  let pieces = 0;
  let completionTokens: number | null = null;
  for await (const event of client.answer(request, new AbortController().signal)) {
    if (event.kind === 'text') {
      if (pieces === 0) firstMs = performance.now() - began;
      pieces += 1;
    } else if (event.kind === 'end') {
      if (event.fault !== null) throw new Error(`${event.fault.code}: ${event.fault.message}`);
      completionTokens = event.usage?.completionTokens ?? null;
    }
  }
  return { firstMs, tokensPerSecond: ((completionTokens ?? pieces) - 1) / ((performance.now() - began - firstMs) / 1000) };
}

/** The embedded runtime beside llama.cpp's own server, with the same file and threads, asked in turn so that both meet the same load. */
export const model: PerfScript = async ({ small, log }) => {
  if (!existsSync(file)) return { title: 'model on this laptop', figures: [], notes: ['models/SmolLM2-135M-Instruct.Q4_1.gguf is not here: npm run models'] };
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-perf-'));
  const files = modelFiles(folder);
  const runtime = createModelRuntime({ host: nodeProcessHost(), files });
  const network = createNetwork({ clock: { nowMs: () => Date.now() } });
  const server = hasLlamaServer() ? await startLlamaServer(file, { contextTokens, threads }) : null;
  try {
    const copy = await files.copyIn(file, new AbortController().signal, () => undefined);
    await copy.keep();
    const row: ModelRow = { id: '3a'.repeat(16) as ModelId, name: 'small', sha256: copy.sha256, sizeBytes: copy.sizeBytes, ...modelFacts(await readGgufFile(file)), addedAt: 0 };
    const profile = endpointProfile.parse({ dialect: 'embedded', baseUrl: '', model: 'small', ceiling: 'UNCLASSIFIED', contextTokens });
    const embedded = createEmbedded({ endpoint: { name: endpointName, profile }, find: () => row, runtime });
    const peer = server === null ? null : network.clientFor(endpointAt(server.baseUrl, { secrets: { auth: { kind: 'none' }, clientCertificate: null } }));
    const beganLoad = performance.now();
    await runtime.load({ model: row, wantedTokens: contextTokens }, new AbortController().signal);
    const loadMs = performance.now() - beganLoad;
    const [rounds, words, tokens] = small ? [2, 60, 24] : [7, 200, 100];
    const ours: Asked[] = [];
    const theirs: Asked[] = [];
    for (let nth = 0; nth <= rounds; nth += 1) {
      log(`round ${nth} of ${rounds}`);
      const own = await ask(embedded, nth, words, tokens);
      const other = peer === null ? null : await ask(peer, nth, words, tokens);
      if (nth === 0) continue; // both warm up
      ours.push(own);
      if (other !== null) theirs.push(other);
    }
    const pid = await runtime.pid();
    const residentMb = pid === null ? null : await residentMbOf(pid);
    const peerMb = server === null ? null : await residentMbOf(server.pid);
    const beside = (what: string, unit: string, of: (asked: Asked) => number): Figure => (theirs.length === 0 ? measured(what, median(ours.map(of)), unit) : compared(what, median(ours.map(of)), unit, 'llama.cpp server', median(theirs.map(of))));
    return {
      title: `model on this laptop: ${rounds} answers of ${tokens} tokens, ${threads} thread${threads === 1 ? '' : 's'}`,
      figures: [
        measured('verify and load, in a fresh process', loadMs, 'ms'),
        beside('first token, median', 'ms', ({ firstMs }) => firstMs),
        beside('tokens a second, median', '/s', ({ tokensPerSecond }) => tokensPerSecond),
        ...(residentMb === null ? [] : [peerMb === null ? measured('memory of the process', residentMb, 'MB') : compared('memory of the process', residentMb, 'MB', 'llama.cpp server', peerMb)]),
      ],
      notes: theirs.length === 0 ? ['xllamacpp is not here: nothing to compare with'] : ['our process gives way to others of ordinary priority; the server does not'],
    };
  } finally {
    await Promise.all([runtime.close(), network.close(), server?.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
};
