import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const steering = {
  AWS_ENDPOINT_URL: 'x', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'x', AWS_BEARER_TOKEN_BEDROCK: 'x', AWS_REGION: 'x', AWS_BEDROCK_BASE_URL: 'x', AZURE_OPENAI_API_KEY: 'x',
  OPENAI_BASE_URL: 'x', OPENAI_API_KEY: 'x', OPENAI_ORG_ID: 'x', OPENAI_PROJECT_ID: 'x', OPENAI_LOG: 'x', OPENAI_CUSTOM_HEADERS: 'x', ANTHROPIC_API_KEY: 'x', OLLAMA_HOST: 'x',
  HTTPS_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9', ALL_PROXY: 'x', no_proxy: '*', SSL_CERT_FILE: '/nowhere', NODE_TLS_REJECT_UNAUTHORIZED: '1',
};
/** Runs before the entry; as the process ends, it tells what is left of the steering, and what the platform's own doors say. */
const spy = `
  import { writeSync } from 'node:fs';
  process.parentPort = { on() {}, postMessage() {} };
  process.on('exit', () => {
    const doors = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => { try { globalThis[name]('http://127.0.0.1:9/'); return 'open'; } catch (error) { return error.code; } });
    let isBack = true;
    try { globalThis.fetch = () => 1; isBack = globalThis.fetch.length === 0 && globalThis.fetch() === 1; } catch { isBack = false; }
    writeSync(3, JSON.stringify({ left: Object.keys(process.env).filter((name) => ${JSON.stringify(Object.keys(steering))}.includes(name)), doors, isBack, path: 'PATH' in process.env }));
  });`;

async function told(entry: string, args: readonly string[]): Promise<unknown> {
  const file = fileURLToPath(new URL(`../../../main/${entry}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', '--import', `data:text/javascript,${encodeURIComponent(spy)}`, file, ...args], { env: { PATH: process.env.PATH, ...steering }, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  let text = '';
  child.stdio[3]?.on('data', (piece: Buffer) => { text += piece.toString(); });
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(text) as unknown;
}

describe('a process that may reach the network has one way to do it', () => {
  test.each([['engine/main.ts', []], ['cli/main.ts', ['--help']]] as const)('%s', async (entry, args) => {
    expect(await told(entry, args)).toEqual({ left: [], doors: Array.from({ length: 4 }, () => 'ERR_ACCESS_DENIED'), isBack: false, path: true });
  });
});
