import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorkerThread, threadEntry, type WorkerThread } from '../../../main/work/index.ts';

describe('a worker thread', () => {
  type Requests = { readonly echo: { readonly input: string; readonly output: string } };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-thread-'));
    writeFileSync(join(folder, 'entry.mjs'), `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, input }) => {
        if (input === 'die') process.exit(7);
        parentPort.postMessage({ id, kind: 'done', output: input });
      });
    `);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const threadOf = (file: string): WorkerThread<Requests> => createWorkerThread<Requests>({ entry: join(folder, file), name: 'test', given: null, sentences: { died: 'It stopped.', closed: 'It was closed.' } });

  test('fails what was in flight when it dies, and starts again for the rest', async () => {
    const thread = threadOf('entry.mjs');
    const answers = await Promise.allSettled([thread.ask('echo', 'one'), thread.ask('echo', 'die'), thread.ask('echo', 'two')]);
    expect(answers).toMatchObject([{ value: 'one' }, { reason: { code: 'bridge.internal', message: 'It stopped.', data: { thread: 'test' } } }, { value: 'two' }]);
    await thread.close();
  });

  test('a program that does not start fails each request instead of trying for ever', async () => {
    const thread = threadOf('absent.mjs');
    for (const text of ['one', 'two']) await expect(thread.ask('echo', text)).rejects.toMatchObject({ code: 'bridge.internal' });
    await thread.close();
  });

  test('its program is the source, or lies beside the bundle', () => {
    expect(threadEntry('file:///app/main/search/searcher.ts', './search.worker.ts')).toBe('/app/main/search/search.worker.ts');
    expect(threadEntry('file:///app/out/main/engine.js', './search.worker.ts')).toBe('/app/out/main/search.worker.js');
    expect(threadEntry('file:///app/out/main/engine.js', './reader/reader.worker.ts')).toBe('/app/out/main/reader.worker.js');
  });
});
