/** llama.cpp's own HTTP server, out of the Python package xllamacpp: a real peer that is not of our making. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join, resolve } from 'node:path';

const python = join(resolve(import.meta.dirname, '../..'), '.cache', 'llama-server', 'bin', 'python');

/** Serves until its standard input ends, which is when the test is gone, however that went. */
const program = `
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx = int(sys.argv[2])
params.cpuparams.n_threads = int(sys.argv[3])
params.n_parallel = 1
server = xllamacpp.Server(params)
print("listening " + server.listening_address, flush=True)
sys.stdin.read()
`;

/** A server on loopback. */
export interface LlamaServer {
  /** With /v1. */
  readonly baseUrl: string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** False, with a line that says what is missing and how to get it, where the server cannot be started. */
export function hasLlamaServer(): boolean {
  if (existsSync(python)) return true;
  console.warn('xllamacpp is not here (python3 -m venv .cache/llama-server && .cache/llama-server/bin/pip install xllamacpp): the tests on llama.cpp’s own server are skipped');
  return false;
}

/** Starts it on a model file and waits until it listens. Throws when it ends before. The caller closes it. */
export async function startLlamaServer(model: string, { contextTokens = 4096, threads = 1 }: { readonly contextTokens?: number; readonly threads?: number } = {}): Promise<LlamaServer> {
  const child = spawn(python, ['-c', program, model, String(contextTokens), String(threads)], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = new Promise<void>((done) => { child.once('close', () => done()); });
  const address = await Promise.race([
    (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        const found = /^listening (\S+)$/.exec(line);
        if (found?.[1] !== undefined) return found[1];
      }
      throw new Error('llama.cpp’s server ended before it listened');
    })(),
    exited.then((): never => { throw new Error('llama.cpp’s server ended before it listened'); }),
  ]);
  if (child.pid === undefined) throw new Error('llama.cpp’s server has no process');
  return {
    baseUrl: `${address.startsWith('http') ? address : `http://${address}`}/v1`,
    pid: child.pid,
    close: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(timer);
    },
  };
}
