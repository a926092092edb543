import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FromExtractor } from '../../main/ingest/extract-protocol.ts';
import { entryFile, nodeProcessHost, shellProcessHost } from '../../main/work/index.ts';
import type { ChildHandle, ProcessHost } from '../../main/work/index.ts';
import { fakeShell } from '../support/fake-shell.ts';
import { testChild } from '../support/test-children.ts';

const clean: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of clean.splice(0).reverse()) await close();
});

const hosts: readonly { readonly name: string; readonly misbehaving: () => ProcessHost; readonly real: () => ProcessHost }[] = [
  { name: 'plain Node', misbehaving: () => nodeProcessHost({ entryFile: testChild('misbehaving-child') }), real: () => nodeProcessHost() },
  { name: 'plain Node without namespaces', misbehaving: () => nodeProcessHost({ entryFile: testChild('misbehaving-child'), useNamespace: false }), real: () => nodeProcessHost({ useNamespace: false }) },
  { name: 'shell', misbehaving: () => shellHost(testChild('misbehaving-child')().file), real: () => shellHost(entryFile('extract').file) },
];

function shellHost(file: string): ProcessHost {
  const shell = fakeShell(file);
  clean.push(shell.close);
  return shellProcessHost(shell.link);
}

test.skipIf(process.platform !== 'linux')('a child that the shell starts is held by the kernel too, once it runs', async () => {
  const child = shellHost(testChild('misbehaving-child')().file).fork('extract', { heapMb: 256 });
  clean.push(async () => {
    child.kill();
    await child.exited;
  });
  const pid = await child.pid;
  await vi.waitFor(() => {
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    expect(limits).toMatch(/Max core file size +0 +0 /);
    expect(limits).toMatch(/Max data size +2684354560 /);
  }, 10_000);
});

/** A child and a way to ask it one thing. */
function start(host: ProcessHost): { readonly child: ChildHandle; readonly ask: (name: string, text?: string) => Promise<string> } {
  const child = host.fork('extract', { heapMb: 256 });
  clean.push(async () => {
    child.kill();
    await child.exited;
  });
  const answers = new Map<number, (text: string) => void>();
  child.onMessage((message) => {
    const answer = message as FromExtractor;
    if (answer.t === 'done') for (const { id, result } of answer.results) answers.get(id)?.(result.kind === 'extracted' ? result.extracted.text : result.reason.code);
  });
  let id = 0;
  const ask = (name: string, text = ''): Promise<string> => {
    id += 1;
    const own = id;
    return new Promise((resolve) => {
      answers.set(own, resolve);
      child.post([{ t: 'extract', id: own, name, bytes: new TextEncoder().encode(text) }]);
    });
  };
  return { child, ask };
}

describe.each(hosts)('a process host on $name', ({ misbehaving, real }) => {
  test('runs the extractor, which reads bytes that were posted before it listened', async () => {
    const { ask, child } = start(real());
    expect(await ask('note.txt', 'Berth 4 was empty.\r\n')).toBe('Berth 4 was empty.');
    expect(await child.pid).toBeGreaterThan(0);
  });

  test('delivers messages in the order in which they were posted', async () => {
    const { ask } = start(misbehaving());
    const order: string[] = [];
    await Promise.all(['one', 'two', 'three', 'four'].map(async (text) => order.push(await ask('echo', text))));
    expect(order).toEqual(['one', 'two', 'three', 'four']);
  });

  test('ends a child that is caught in a loop', async () => {
    const { child, ask } = start(misbehaving());
    await ask('echo', 'it runs');
    void ask('hang');
    child.kill();
    expect(await child.exited).toHaveProperty('code');
  });

  test('tells the code of a child that ends by itself', async () => {
    const { child, ask } = start(misbehaving());
    void ask('exit|7');
    expect(await child.exited).toMatchObject({ code: 7 });
  });

  test('drops what is posted or killed after the end', async () => {
    const { child, ask } = start(misbehaving());
    void ask('exit|0');
    await child.exited;
    expect(() => {
      child.post([{ t: 'extract' }]);
      child.kill();
    }).not.toThrow();
  });

  test.each(['connect', 'fetch'])('gives its child no network: %s', async (way) => {
    let callers = 0;
    const server = createServer((socket) => {
      callers += 1;
    socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    clean.push(() => new Promise((resolve) => server.close(resolve)));
    const { ask } = start(misbehaving());
    expect(await ask(`${way}|${(server.address() as AddressInfo).port}`)).toMatch(/^refused ERR_ACCESS_DENIED/);
    expect(callers).toBe(0);
  });

  test('gives its child no other program', async () => {
    const { ask } = start(misbehaving());
    expect(await ask('spawn')).toMatch(/^refused ERR_ACCESS_DENIED/);
  });
});
