import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { createExtractPool } from '../../../main/ingest/extract-pool.ts';
import { kernelLimits } from '../../../main/work/jail.ts';
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

const jailed = nodeProcessHost({ entryFile: testChild('unblocked-child'), usePermissions: false });
const bare = nodeProcessHost({ entryFile: testChild('unblocked-child'), usePermissions: false, useJail: false });

describe.skipIf(jailed.isolation().files !== 'own-root')('where the system gives a child a root of its own, a child that broke every wall inside itself', () => {
  test('finds no vault, no password file and no socket on its disk, only the program, which it cannot change', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'redoubt-'));
    clean.push(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'vault.json'), 'not for parsers');
    expect(await ask(bare, `read|${join(folder, 'vault.json')}`)).toBe('allowed'); // what refuses below is the root of its own
    for (const path of [join(folder, 'vault.json'), '/etc/shadow', '/etc/passwd', '/proc/1/environ', '/run', '/var/run/docker.sock']) expect(await ask(jailed, `read|${path}`)).toMatch(/^refused (?:ENOENT|EACCES)/);
    expect((await ask(jailed, 'list|/')).split(',').filter((name) => ['root', 'home', 'var', 'run', 'proc', 'sys'].includes(name))).toEqual([]);
    const ownFile = join(dirname(fileURLToPath(import.meta.url)), 'written-by-a-child');
    expect(await ask(jailed, `write|${ownFile}`)).toMatch(/^refused (?:EROFS|ENOENT)/);
    expect(await ask(jailed, 'write|/x')).toMatch(/^refused EROFS/);
  });

  test('is refused memory beyond its limit by the kernel, whoever watches', async () => {
    const megabytesOf = (heapMb: number): number => kernelLimits(heapMb).memoryBytes / 2 ** 20;
    const pool = createExtractPool({ host: { ...jailed, fork: (entry) => jailed.fork(entry, { heapMb: 64 }) }, workers: 1, limits: { timeMs: 60_000, memoryMb: 100_000 } });
    clean.push(pool.close);
    const allocated = async (megabytes: number): Promise<string> => {
      const result = await pool.extract({ name: `allocate|${megabytes}`, bytes: new Uint8Array([0x20]) });
      return result.kind === 'extracted' ? result.extracted.text : result.reason.code;
    };
    expect(await allocated(64)).toBe('allowed');
    expect(await allocated(megabytesOf(64))).toMatch(/^refused/);
  });
});

test('a child may signal itself and no other process', async () => {
  expect(await ask(nodeProcessHost({ entryFile: testChild('misbehaving-child') }), `signal|${process.pid}`)).toBe('refused ERR_ACCESS_DENIED');
});

test('a host says which of its walls stand', () => {
  expect(nodeProcessHost({ useJail: false }).isolation()).toMatchObject({ files: 'permission-model', limits: 'watched' });
  expect(nodeProcessHost({ useNamespace: false }).isolation()).toMatchObject({ network: 'blocked-in-process', files: 'permission-model' });
});
