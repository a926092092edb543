import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { firstPassSays, startBulkServer } from '../../support/bulk-server.ts';
import { ranCli, type Ran } from '../../support/cli.ts';
import { tempFolder } from '../../support/vaults.ts';

const lines = (text: string): Record<string, unknown>[] => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test('a script orders a first pass, reads its results, and takes one out and in by batch file', async () => {
  const server = await startBulkServer({ words: /zzz/, reply: (user) => firstPassSays(user.includes('bearing') ? 'relevant' : 'not-relevant', user.includes('bearing') ? 'a bearing ran hot' : '') });
  onTestFinished(() => server.close());
  const folder = tempFolder();
  const redoubt = (...args: string[]): Promise<Ran> => ranCli([...args, '--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'], { PW: 'six grey herons wait at noon' });
  const drop = tempFolder();
  writeFileSync(join(drop, 'log.txt'), 'Pump 4B tripped because a bearing ran hot.\n');
  writeFileSync(join(drop, 'other.txt'), 'The weir was painted green in June.\n');
  const file = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  await redoubt('vault', 'create');
  await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED');
  await redoubt('ingest', drop, '--case', 'Pumps');
  for (const [name, ceiling] of [['Harbour', 'UNCLASSIFIED'], ['Low', 'UNCLASSIFIED']]) await redoubt('endpoint', 'add', file(`${name}.json`, { name, dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'm', ceiling }));
  const order = ['bulk', 'start', 'first-pass', '--parameters', file('order.json', { instruction: 'pumps that failed' }), '--endpoint', 'harbour', '--case', 'Pumps'];
  const started = await redoubt(...order);
  expect(started.code).toBe(0);
  expect(lines(started.out)).toMatchObject([{ state: 'done', done: 2, failed: 0, held: 0, requests: 2, endpoint: 'Harbour' }]);
  const run = String(lines(started.out)[0]?.['run']);
  const results = await redoubt('bulk', 'results', run.slice(0, 8), '--case', 'Pumps');
  expect(lines(results.out).map(({ path, proposal }) => [String(path).split('/').at(-1), proposal])).toEqual([['log.txt', 'relevant'], ['other.txt', 'not-relevant']]);
  const sent = lines((await redoubt('bulk', 'sent', run.slice(0, 8), '--case', 'Pumps')).out);
  expect(sent.map(({ sending }) => sending)).toEqual(lines(results.out).map(({ sending }) => sending));
  expect(JSON.stringify(sent[0]?.['messages'])).toContain('because a bearing ran hot');
  expect(lines((await redoubt('bulk', 'sent', String(sent[1]?.['sending']), '--case', 'Pumps')).out)).toEqual([sent[1]]);
  expect((await redoubt('bulk', 'sent', 'f'.repeat(32), '--case', 'Pumps')).code).toBe(1);
  expect(lines((await redoubt('bulk', 'list', '--case', 'Pumps')).out)).toMatchObject([{ run, state: 'done' }]);
  const other = [...order.slice(0, 4), file('other.json', { instruction: 'anything green' }), ...order.slice(5)];
  const budgeted = await redoubt(...other, '--max-requests', '1');
  expect([budgeted.code, lines(budgeted.out)[0]?.['state']]).toEqual([4, 'paused']);
  const held = await redoubt(...order, '--parameters-marking', 'SECRET//NOFORN', '--query', 'weir');
  expect(held.code).toBe(0); // the same is known already: nothing is sent
  const refused = await redoubt(...other, '--parameters-marking', 'SECRET//NOFORN', '--query', 'bearing OR weir', '--max-requests', '9');
  expect([3, 4]).toContain(refused.code);
  const prepared = await redoubt('bulk', 'start', 'summary', '--parameters', file('summary.json', {}), '--endpoint', 'Harbour', '--case', 'Pumps', '--for-batch');
  expect(prepared.code).toBe(0);
  const batch = String(lines(prepared.out)[0]?.['run']);
  const out = tempFolder();
  const written = await redoubt('bulk', 'export', batch, out, '--case', 'Pumps');
  expect(written.code).toBe(0);
  expect(readdirSync(out)).toHaveLength(1);
  expect((await redoubt('bulk', 'import', batch, join(out, readdirSync(out)[0] ?? ''), '--case', 'Pumps')).code).not.toBe(2);
  expect((await redoubt('bulk', 'export', batch, out, '--format', 'carrier-pigeon', '--case', 'Pumps')).code).toBe(2);
  expect((await redoubt('bulk', 'results', 'ffff', '--case', 'Pumps')).code).toBe(1);
});
