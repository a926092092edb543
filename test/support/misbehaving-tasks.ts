import { connect } from 'node:net';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { toExtracted } from '../../main/ingest/extracted.ts';
import type { ExtractResult } from '../../main/ingest/extracted.ts';
import type { ServedExtract } from '../../main/ingest/serve-extract.ts';

let served = 0;

/** An extractor that does what the name of its file says, so that a test can make a child misbehave. Anything else is answered with its bytes as text. */
export const misbehave: ServedExtract = async (file, name, onLabel, outlet) => {
  const isFirst = served === 0;
  served += 1;
  const [order = '', argument = ''] = name.split('|');
  if (order === 'crash') {
    onLabel('PDF');
    await settle();
    process.kill(process.pid, 'SIGKILL');
  }
  if (order === 'crash-unless-first' && !isFirst) process.kill(process.pid, 'SIGKILL');
  if (order === 'crash-silently') process.kill(process.pid, 'SIGKILL');
  if (order === 'exit') process.exit(Number(argument));
  if (order === 'hang') for (;;);
  if (order === 'give-on') while (await outlet.take({ name: 'x', bytes: new Uint8Array(1) })) for (let spent = 0; spent < 1e6; spent += 1);
  if (order === 'eat-buffers') {
    const held: Buffer[] = [];
    for (;;) {
      held.push(Buffer.alloc(8 * 2 ** 20, 1));
      await settle();
    }
  }
  if (order === 'eat-heap') {
    const held: object[] = [];
    for (;;) held.push({ at: held.length, more: [held.length] });
  }
  if (order === 'connect') return answer(await attempt(() => connectTo(Number(argument))));
  if (order === 'fetch') return answer(await attempt(() => fetch(`http://127.0.0.1:${argument}/`)));
  if (order === 'spawn') return answer(await attempt(async () => execFileSync(process.execPath, ['--version'])));
  if (order === 'read') return answer(await attempt(async () => readFileSync(argument)));
  if (order === 'list') return answer(readdirSync(argument).sort().join(','));
  if (order === 'write') return answer(await attempt(async () => writeFileSync(argument, 'x')));
  if (order === 'signal') return answer(await attempt(async () => process.kill(Number(argument), 0)));
  if (order === 'allocate') {
    const held: Buffer[] = [];
    return answer(await attempt(async () => { for (let mb = 0; mb < Number(argument); mb += 16) held.push(Buffer.alloc(16 * 2 ** 20, 1)); }));
  }
  if (order === 'environment') return answer(Object.keys(process.env).join(',') || 'none');
  return answer(file instanceof Uint8Array ? Buffer.from(file).toString('utf8') : '');
};

function answer(text: string): ExtractResult {
  return { kind: 'extracted', extracted: toExtracted({ type: 'text', mediaType: 'text/plain', extractor: 'test', text }) };
}

async function attempt(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'allowed';
  } catch (error) {
    return `refused ${(error as { readonly code?: string }).code ?? String(error)}`;
  }
}

function connectTo(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2000 }, () => resolve());
    socket.once('error', reject);
  });
}

/** Lets messages leave before what comes next. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
