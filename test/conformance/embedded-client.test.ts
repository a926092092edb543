/** The port's suite on the embedded client, whose model is scripted in a process of its own, on plain Node and under a shell; and what only such a client can do. */
import { appendFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelEvent } from '../../main/models/index.ts';
import { nodeProcessHost, shellProcessHost, type ProcessHost } from '../../main/work/index.ts';
import { embeddedBench, type EmbeddedBench } from '../support/embedded-models.ts';
import { fakeShell } from '../support/fake-shell.ts';
import { clearedCount, clearedRequest, clearedTexts, promptCanary, readAll, shown } from '../support/model-servers/asking.ts';
import { testChild } from '../support/test-children.ts';
import { tempFolder } from '../support/vaults.ts';
import { modelClientSuite, type Implementation } from './model-client-suite.ts';

interface Hosted {
  readonly host: ProcessHost;
  readonly close: () => Promise<void>;
}

const hosts: Readonly<Record<string, () => Hosted>> = {
  'plain Node': () => ({ host: nodeProcessHost({ entryFile: testChild('scripted-model') }), close: async () => undefined }),
  'a shell': () => {
    const shell = fakeShell(testChild('scripted-model')().file);
    return { host: shellProcessHost(shell.link), close: shell.close };
  },
};

function embedded({ host, close }: Hosted): Implementation {
  const bench = embeddedBench(tempFolder(), host);
  return {
    name: 'embedded', makesVectors: false, countsTokens: true, listsModels: false,
    subject: async (plan, { onAsked } = {}) => {
      bench.onTold = (message) => {
        if (message.t === 'answer') queueMicrotask(() => onAsked?.());
      };
      const client = await bench.scripted(plan);
      return { client, begun: () => bench.children.length, received: () => JSON.stringify(bench.told), released: () => bench.idle() };
    },
    close: async () => {
      await bench.runtime.close();
      await close();
    },
  };
}

for (const [name, make] of Object.entries(hosts)) modelClientSuite(`embedded, on ${name}`, () => embedded(make()));

describe.each(Object.entries(hosts))('a model in its own process on %s', (_name, make) => {
  let hosted: Hosted;
  let bench: EmbeddedBench;
  beforeEach(() => {
    hosted = make();
    bench = embeddedBench(tempFolder(), hosted.host);
  });
  afterEach(async () => {
    await bench.runtime.close();
    await hosted.close();
  });
  const open = new AbortController().signal;

  test('that does not take its file is named as that, and starts anew with the next question', async () => {
    const client = await bench.scripted({ does: 'refuse' });
    for (let time = 1; time <= 2; time += 1) {
      expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'model.unsupported' } }]);
      expect(bench.children).toHaveLength(time);
    }
  });

  test('makes no more than was taken: a reader who pauses stops it', async () => {
    const client = await bench.scripted({ does: 'babble' });
    const pieces: string[] = [];
    let more = 0;
    for await (const event of client.answer(clearedRequest(), open)) {
      if (event.kind === 'text') pieces.push(event.text);
      more = bench.told.filter(({ t }) => t === 'more').length;
      if (pieces.length === 10) {
        await new Promise((resolve) => { setTimeout(resolve, 100); });
        expect(more).toBe(0); // it may be 64 ahead, and was told of no more
      }
      if (pieces.length === 200) break;
    }
    expect(pieces).toEqual(Array.from({ length: 200 }, (_, n) => `${n} `));
    expect(more).toBe(6); // one for every 32 that were taken
  });

  test('that is another than the last one takes its place: one process at a time', async () => {
    const first = await bench.scripted({ does: 'answer', text: 'One.' });
    const second = await bench.scripted({ does: 'answer', text: 'Two.' });
    for (const [client, text] of [[first, 'One.'], [first, 'One.'], [second, 'Two.'], [first, 'One.']] as const) expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ text }, { state: 'complete' }]);
    expect(bench.children).toHaveLength(3);
    const [one, two] = bench.children;
    await Promise.all([one?.exited, two?.exited]);
  });

  test('counts for whoever asks while it is the one at work; while another is, nobody can say, and once it is done the other is loaded', async () => {
    const first = await bench.scripted({ does: 'pause', text: 'It ' });
    const second = await bench.scripted({ does: 'answer', text: 'Two.' });
    for await (const event of first.answer(clearedRequest(), open)) {
      expect(event.kind).toBe('text');
      expect(await first.count(clearedCount(['at noon']), open)).toEqual([2]);
      expect(await second.count(clearedCount(['at noon']), open)).toBe(null);
      break;
    }
    expect(bench.children).toHaveLength(1);
    expect(await second.count(clearedCount(['at noon']), open)).toEqual([2]);
    expect(bench.children).toHaveLength(2);
  });

  test('whose file was changed counts nothing', async () => {
    const client = await bench.scripted({ does: 'answer', text: 'One.' });
    const folder = bench.files.path('x').slice(0, -'x.gguf'.length);
    for (const name of readdirSync(folder)) appendFileSync(`${folder}${name}`, ' ');
    expect(await client.count(clearedCount(['at noon']), open)).toBe(null);
    expect(bench.children).toHaveLength(0);
  });

  test('whose file was changed is not started', async () => {
    const client = await bench.scripted({ does: 'answer', text: 'One.' });
    const folder = bench.files.path('x').slice(0, -'x.gguf'.length);
    for (const name of readdirSync(folder)) appendFileSync(`${folder}${name}`, ' ');
    expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'model.damaged' } }]);
    expect(bench.children).toHaveLength(0);
  });

  test('is ended when the vault is locked, in the middle of an answer, and starts no more', async () => {
    const client = await bench.scripted({ does: 'pause', text: 'It ' });
    const events: ModelEvent[] = [];
    for await (const event of client.answer(clearedRequest(), open)) {
      events.push(event);
      if (event.kind === 'text') void bench.runtime.close();
    }
    expect(events).toMatchObject([{ kind: 'text' }, { kind: 'end', state: 'error', fault: { code: 'vault.locked' } }]);
    await bench.children[0]?.exited;
    expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ state: 'error', fault: { code: 'vault.locked' } }]);
    expect(bench.children).toHaveLength(1);
  });

  test('that fails says nothing of what it was asked', async () => {
    const client = await bench.scripted({ does: 'fail' });
    expect(shown(await readAll(client.answer(clearedRequest(), open)))).not.toContain(promptCanary);
  });

  test('that answers makes no vectors, and a name that the vault does not have is a bad profile', async () => {
    const client = await bench.scripted({ does: 'answer', text: 'One.' });
    await expect(client.embed(clearedTexts(['noon']), open)).rejects.toMatchObject({ code: 'endpoint.rejected' });
    const lost = await bench.scripted({ does: 'answer', text: 'One.' }, { model: 'Egret' });
    expect(await readAll(lost.answer(clearedRequest(), open))).toMatchObject([{ state: 'error', fault: { code: 'endpoint.bad-profile' } }]);
    expect(bench.children).toHaveLength(0);
  });
});

describe('on plain Node', () => {
  const open = new AbortController().signal;

  test('a process that dies costs the answer it wrote, whose words are kept, and the next question has another', async () => {
    const bench = embeddedBench(tempFolder(), nodeProcessHost({ entryFile: testChild('scripted-model') }));
    const client = await bench.scripted({ does: 'die', text: 'It is ' });
    for (let time = 1; time <= 2; time += 1) {
      expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ kind: 'text', text: 'It ' }, { kind: 'text', text: 'is ' }, { kind: 'end', state: 'error', fault: { code: 'endpoint.server-failed', data: { why: 'ended' } } }]);
      expect(bench.children).toHaveLength(time);
    }
    await bench.runtime.close();
  });

  test('a file that is changed while it is loaded answers nothing, then or later', async () => {
    const bench = embeddedBench(tempFolder(), nodeProcessHost({ entryFile: testChild('scripted-model') }));
    const client = await bench.scripted({ does: 'answer', text: 'One.' });
    // Behind the braces, so that the process reads it all the same.
    bench.onTold = (message) => { if (message.t === 'load') appendFileSync(message.file, ' '); };
    for (let time = 1; time <= 2; time += 1) expect(await readAll(client.answer(clearedRequest(), open))).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'model.damaged' } }]);
    await bench.children[0]?.exited;
    expect(bench.children).toHaveLength(1);
    await bench.runtime.close();
  });

  test('a model that nobody asks any more is ended', async () => {
    const bench = embeddedBench(tempFolder(), nodeProcessHost({ entryFile: testChild('scripted-model') }), { idleMs: 20 });
    const client = await bench.scripted({ does: 'answer', text: 'One.' });
    await readAll(client.answer(clearedRequest(), open));
    await bench.children[0]?.exited;
    expect(await bench.runtime.pid()).toBe(null);
    await readAll(client.answer(clearedRequest(), open));
    expect(bench.children).toHaveLength(2);
    await bench.runtime.close();
  });

  test('says which walls stand: native code is the one that the model’s process has and an extractor has not', () => {
    const host = nodeProcessHost();
    expect([host.isolation('model').files, host.isolation('extract').files]).toEqual(['permission-model-but-native', 'permission-model']);
    expect(host.isolation('model').network).toBe(host.isolation('extract').network);
  });
});
