import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createExtractPool } from '../../../main/ingest/extract-pool.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import type { ProcessHost } from '../../../main/work/index.ts';
import { testChild } from '../../support/test-children.ts';

const clean: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of clean.splice(0).reverse()) await close();
});

async function ask(host: ProcessHost, name: string): Promise<string> {
  const pool = createExtractPool({ host, workers: 1 });
  clean.push(pool.close);
  const result = await pool.extract({ name, bytes: new Uint8Array([0x20]) });
  return result.kind === 'extracted' ? result.extracted.text : result.reason.code;
}

test('a child cannot read a file outside the program, even with all its modules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-'));
  clean.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'vault.json');
  await writeFile(file, 'not for parsers');
  expect(await ask(nodeProcessHost({ entryFile: testChild('unblocked-child') }), `read|${file}`)).toBe('refused ERR_ACCESS_DENIED');
});

test('a child cannot start a program, even with all its modules', async () => {
  expect(await ask(nodeProcessHost({ entryFile: testChild('unblocked-child') }), 'spawn')).toBe('refused ERR_ACCESS_DENIED');
});

test('a child sees no variable of our environment', async () => {
  expect(await ask(nodeProcessHost({ entryFile: testChild('misbehaving-child') }), 'environment')).toBe('none');
});

const namespaced = nodeProcessHost({ entryFile: testChild('unblocked-child') });

test.skipIf(namespaced.isolation().network !== 'namespace')('where namespaces work, the kernel refuses the network to a child that kept its modules', async () => {
  let callers = 0;
  const server = createServer((socket) => {
    callers += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clean.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  expect(await ask(namespaced, `connect|${port}`)).toMatch(/^refused (?:ENETUNREACH|ECONNREFUSED)/);
  expect(callers).toBe(0);
  // The same child outside a namespace gets through: what refused above was the namespace.
  expect(await ask(nodeProcessHost({ entryFile: testChild('unblocked-child'), useNamespace: false }), `connect|${port}`)).toBe('allowed');
});

test('a host says which of its walls stand', () => {
  expect(nodeProcessHost({ useNamespace: false }).isolation()).toMatchObject({ network: 'blocked-in-process', files: 'permission-model' });
});
