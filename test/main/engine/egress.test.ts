import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { canary } from '../../support/canaries.ts';
import type { FullRunOrder } from '../../support/full-run-messages.ts';
import { writeGeneratedFolder } from '../../support/generated-folder.ts';
import { finishFrame, frames, startModelServer, streams, textFrame } from '../../support/model-servers/model-server.ts';
import { startFullRun } from '../../support/start-full-run.ts';

const hook = new URL('../../support/socket-hook.ts', import.meta.url);

function orderFor(endpoint: FullRunOrder['endpoint']): FullRunOrder {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-egress-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const dump = join(place, 'dump');
  writeGeneratedFolder(dump, 30, 11);
  return {
    vaultFolder: join(place, 'vault'), dump, exportFolder: join(place, 'export'), passphrase: 'six grey herons wait at noon', caseName: 'Harbour', question: 'harbour: which cargo did the survey of the quay note?', note: 'seen', annotation: 'marked',
    endpoint, sortRows: 0,
  };
}

/** A program that does nothing but try to reach a network, in its own thread and in another: what the hook must see. */
const thread = `data:text/javascript,${encodeURIComponent("import net from 'node:net'; net.connect(59997, '127.0.0.1').on('error', () => {});")}`;
const reaching = `import net from 'node:net'; import { lookup } from 'node:dns'; import { Worker } from 'node:worker_threads';
net.connect(59999, '127.0.0.1').on('error', () => {}); lookup('localhost', () => {}); await fetch('http://127.0.0.1:59998/').catch(() => {});
await new Promise((resolve) => new Worker(new URL(${JSON.stringify(thread)}), { env: {}, execArgv: [] }).on('exit', resolve));
await new Promise((resolve) => setTimeout(resolve, 100));
const { attempts } = await import(${JSON.stringify(hook.href)}); console.log(JSON.stringify(attempts()));`;

test('the hook sees connections and look-ups of a process and of its threads', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', hook.href, '--input-type=module', '-e', reaching]);
  const seen = JSON.parse(stdout) as string[];
  expect(seen).toEqual(expect.arrayContaining(['tcp 127.0.0.1:59999', 'dns lookup localhost', 'tcp 127.0.0.1:59998', 'tcp 127.0.0.1:59997']));
});

test('without an endpoint the whole run looks up no name and opens no connection', async () => {
  const run = startFullRun(orderFor(null), { preload: hook });
  const { documents, citations } = await run.open();
  expect(documents).toBeGreaterThan(30);
  expect(citations).toBeGreaterThan(0);
  expect((await run.closed()).attempts).toEqual([]);
});

test('with an endpoint only its host and port are reached, and nothing at all from a case above its ceiling', async () => {
  const secret = canary('above');
  const server = await startModelServer(streams(frames(textFrame('The survey was noted [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  onTestFinished(() => server.close());
  const run = startFullRun(orderFor({ baseUrl: server.baseUrl, questionAbove: `Which cargo is ${secret}?` }), { preload: hook });
  const { modelAnswer, refusedWith } = await run.open();
  expect(modelAnswer).toContain('The survey was noted');
  expect(refusedWith).toBe('policy.refused');
  const { attempts } = await run.closed();
  expect(new Set(attempts)).toEqual(new Set([`tcp 127.0.0.1:${new URL(server.baseUrl).port}`]));
  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify(server.requests)).not.toContain(secret);
});
